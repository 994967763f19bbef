// Follows the feed with the clients graphql-ws and graphql-sse, and resumes after a cursor.
import assert from "node:assert/strict";
import { createClient as createEvents } from "graphql-sse";
import { createClient as createSocket } from "graphql-ws";
import WebSocket from "ws";

const url = process.argv[2];
const post = async (query) => {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
};
const make = async (name) => (await post(`mutation { universityCreate(input: {name: "${name}"}) { university { id } } }`)).universityCreate.university.id;

/** Entries as they come: `next` waits for one. */
const follow = (client, after) => {
  const came = [], waiting = [];
  const query = "subscription Follow($after: String) { feed(after: $after) { cursor kind type id state node { id } } }";
  const stop = client.subscribe({ query, variables: { after } }, {
    next: (result) => {
      assert.equal(result.errors, undefined, JSON.stringify(result.errors));
      (waiting.shift() ?? ((entry) => came.push(entry)))(result.data.feed);
    },
    error: (error) => { throw new Error(JSON.stringify(error)); },
    complete: () => {},
  });
  return { stop, next: () => came.length ? came.shift() : new Promise((resolve) => waiting.push(resolve)) };
};

const clients = [
  createSocket({ url: url.replace("http", "ws"), webSocketImpl: WebSocket, retryAttempts: 0 }),
  createEvents({ url, retryAttempts: 0 }),
];
for (const [i, client] of clients.entries()) {
  const start = (await post("{ feedEntries { pageInfo { endCursor } } }")).feedEntries.pageInfo.endCursor;
  const first = follow(client, start);
  const id = await make(`First ${i}`);
  const entry = await first.next();
  assert.deepEqual({ ...entry, cursor: "" }, { cursor: "", kind: "CREATED", type: "University", id, state: null, node: { id } });
  first.stop();
  const missed = await make(`Missed ${i}`);
  const again = follow(client, entry.cursor);
  assert.equal((await again.next()).id, missed);
  const last = await make(`Last ${i}`);
  assert.equal((await again.next()).id, last);
  again.stop();
}

// A cursor of nobody's is refused, and the operation ends with an error.
await assert.rejects(new Promise((resolve, reject) => clients[0].subscribe(
  { query: 'subscription { feed(after: "x") { id } }' }, { next: resolve, error: reject, complete: resolve },
)), (errors) => errors[0].extensions.code === "BAD_USER_INPUT");
process.exit(0);
