// Speaks graphql-transport-ws with a server: as the client graphql-ws does, and wrongly, to see the code of each fault.
import assert from "node:assert/strict";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const url = process.argv[2].replace("http", "ws");

/** The client of others. */
const connect = (options = {}) => createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, lazyCloseTimeout: 500, ...options });

/** All results of an operation; an error if the server sends one. */
const results = (client, query, most = Infinity) => new Promise((resolve, reject) => {
  const out = [];
  const stop = client.subscribe({ query }, {
    next: (result) => {
      out.push(result);
      if (out.length === most) stop();
    },
    error: reject,
    complete: () => resolve(out),
  });
});

{
  const client = connect();
  assert.deepEqual((await results(client, "{ hello }")).map((r) => r.data), [{ hello: "hello" }]);
  assert.deepEqual((await results(client, "{ hello }"))[0].extensions, { cost: { requested: 0, limit: 10000 } });
  assert.deepEqual((await results(client, "mutation { change }")).map((r) => r.data), [{ change: "change" }]);
  assert.deepEqual((await results(client, "subscription { count(to: 3) }")).map((r) => r.data.count), [1, 2, 3]);
  // A client that stops an endless one goes on with the same connection.
  assert.ok((await results(client, "subscription { count(to: 0) }", 5)).length >= 5);
  await assert.rejects(results(client, "{ nothing }"), (errors) => errors[0].message.includes("nothing") && errors[0].extensions.code === "BAD_USER_INPUT");
  await assert.rejects(results(client, `{ ${"__typename ".repeat(21)} }`), (errors) => errors[0].extensions.code === "TOO_COMPLEX");
  // What fails tells nothing of itself, and ends alone.
  await assert.rejects(results(client, "{ panics }"), (errors) => errors[0].extensions.code === "INTERNAL" && !JSON.stringify(errors).includes("secret"));
  const began = Date.now();
  await results(client, "{ slow }").then((r) => assert.ok(!JSON.stringify(r).includes("secret")), () => {});
  assert.ok(Date.now() - began < 2000, "a query has its time");
  // Two at a time are answered beside each other.
  const both = await Promise.all([results(client, "subscription { count(to: 0) }", 3), results(client, "{ hello }")]);
  assert.ok(both[0].length >= 3 && both[1].length === 1);
  await client.dispose();
}

{
  const client = connect({ connectionParams: { token: "wrong" } });
  await assert.rejects(results(client, "{ hello }"), (event) => event.code === 4403);
}

/** What a socket gets: messages, and at the end its code. */
function raw(messages, { protocol = "graphql-transport-ws", until } = {}) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocol === null ? undefined : protocol);
    const got = [];
    socket.on("open", () => messages.forEach((m) => socket.send(typeof m === "string" || m instanceof Buffer ? m : JSON.stringify(m))));
    socket.on("message", (text) => {
      got.push(JSON.parse(text));
      if (until?.(got.at(-1))) socket.close(1000);
    });
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason), got }));
    socket.on("error", reject);
  });
}

const init = { type: "connection_init" };
const endless = (id) => ({ id, type: "subscribe", payload: { query: "subscription { count(to: 0) }" } });

for (const [name, code, messages, options] of [
  ["no JSON", 4400, ["{"]],
  ["bytes", 4400, [Buffer.from(JSON.stringify(init))]],
  ["no object", 4400, ["[]"]],
  ["an unknown type", 4400, [init, { type: "start" }]],
  ["no id", 4400, [init, { type: "subscribe", payload: { query: "{ hello }" } }]],
  ["no operation", 4400, [init, { id: "1", type: "subscribe" }]],
  ["a number for a query", 4400, [init, { id: "1", type: "subscribe", payload: { query: 1 } }]],
  ["a payload that is no object", 4400, [{ type: "connection_init", payload: 1 }]],
  ["an operation before the first message", 4401, [endless("1")]],
  ["a client that may not", 4403, [{ type: "connection_init", payload: { token: "wrong" } }]],
  ["another protocol", 4406, [], { protocol: "graphql-ws" }],
  ["no protocol", 4406, [], { protocol: null }],
  ["silence", 4408, []],
  ["pings and nothing else", 4408, [{ type: "ping" }]],
  ["an id twice", 4409, [init, endless("1"), endless("1")]],
  ["two first messages", 4429, [init, init]],
  ["one who is too slow", 4429, [init, { id: "1", type: "subscribe", payload: { query: 'subscription { fails(code: "TOO_SLOW") }' } }]],
  ["a large message", 1009, [init, { type: "ping", payload: { text: "x".repeat(5000) } }]],
  ["a flood", 1008, [init, ...Array(400).fill({ type: "ping" })]],
  ["nothing for a while", 1000, [init]],
]) {
  const closed = await raw(messages, options).catch((error) => ({ code: error.message }));
  if (options?.protocol && String(closed.code).startsWith("Server sent no subprotocol")) continue; // ws gives up first
  assert.equal(closed.code, code, `${name}: ${JSON.stringify(closed).slice(0, 500)}`);
}

{
  // More operations than may be: the one too many is refused, and the others go on.
  const { got } = await raw([init, ...["1", "2", "3", "4"].map(endless)], { until: (m) => m.type === "error" });
  assert.equal(got.find((m) => m.type === "error").id, "4");
  assert.equal(got.find((m) => m.type === "error").payload[0].extensions.code, "UNAVAILABLE");
}
{
  // What can't go on for another reason ends with an error, and the others go on.
  const fails = { id: "1", type: "subscribe", payload: { query: 'subscription { fails(code: "CURSOR_EXPIRED") }' } };
  const { got } = await raw([init, fails, { type: "ping" }], { until: (m) => m.type === "error" });
  const error = got.find((m) => m.type === "error");
  assert.equal(error.id, "1");
  assert.equal(error.payload[0].extensions.code, "CURSOR_EXPIRED");
}
{
  // A ping is answered with what it brings.
  const { got } = await raw([init, { type: "ping", payload: { a: 1 } }], { until: (m) => m.type === "pong" });
  assert.deepEqual(got, [{ type: "connection_ack" }, { type: "pong", payload: { a: 1 } }]);
}
{
  // A page of another origin opens none.
  const refused = await new Promise((resolve) => {
    const socket = new WebSocket(url, "graphql-transport-ws", { headers: { origin: "https://elsewhere.example" } });
    socket.on("error", (error) => resolve(error.message));
    socket.on("open", () => resolve("it opens"));
  });
  assert.match(refused, /403/);
}
process.exit(0);
