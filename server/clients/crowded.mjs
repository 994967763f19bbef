// Takes all connections that one client may have, and comes once more with graphql-ws, which gets in when one is closed.
import assert from "node:assert/strict";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const url = process.argv[2].replace("http", "ws");
const open = () => new Promise((resolve, reject) => {
  const socket = new WebSocket(url, "graphql-transport-ws");
  socket.on("open", () => resolve(socket));
  socket.on("error", reject);
});

const taken = [];
for (let i = 0; i < Number(process.argv[3]); i++) taken.push(await open());
await assert.rejects(open(), /429/);

let refused = 0;
const client = createClient({ url, webSocketImpl: WebSocket, shouldRetry: () => true, retryAttempts: 50, retryWait: async () => {
  if (++refused === 2) taken[0].close();
  await new Promise((resolve) => setTimeout(resolve, 50));
} });
const answer = await new Promise((resolve, reject) => client.subscribe({ query: "{ hello }" }, { next: resolve, error: reject, complete() {} }));
assert.equal(answer.data.hello, "hello");
assert.ok(refused >= 2);
process.exit(0);
