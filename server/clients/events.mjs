// Speaks graphql-sse with a server, in the mode of distinct connections, as the client of this name does.
import assert from "node:assert/strict";
import { createClient } from "graphql-sse";

const url = process.argv[2];
const client = createClient({ url, retryAttempts: 0 });

const results = (query, most = Infinity) => new Promise((resolve, reject) => {
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

assert.deepEqual((await results("{ hello }")).map((r) => r.data), [{ hello: "hello" }]);
assert.deepEqual((await results("subscription { count(to: 3) }")).map((r) => r.data.count), [1, 2, 3]);
assert.ok((await results("subscription { count(to: 0) }", 5)).length >= 5);
const [wrong] = await results("{ nothing }");
assert.equal(wrong.errors[0].extensions.code, "BAD_USER_INPUT");
assert.equal("data" in wrong, false);

// What goes over the wire.
const response = await fetch(url, {
  method: "POST",
  headers: { "content-type": "application/json", accept: "text/event-stream" },
  body: JSON.stringify({ query: "{ hello }" }),
});
assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
assert.equal(await response.text(), ':\n\nevent: next\ndata: {"data":{"hello":"hello"},"extensions":{"cost":{"requested":0,"limit":10000}}}\n\nevent: complete\ndata:\n\n');

const none = await fetch(url, { method: "POST", headers: { "content-type": "application/json", accept: "text/event-stream" }, body: "{}" });
assert.equal(none.status, 400);
process.exit(0);
