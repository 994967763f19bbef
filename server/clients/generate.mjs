// Generates TypeScript from a server's introspection, as graphql-codegen does, and asks with the client urql.
import assert from "node:assert/strict";
import { generate } from "@graphql-codegen/cli";
import { Client, cacheExchange, fetchExchange, gql } from "@urql/core";

const url = process.argv[2];
const [{ content }] = await generate({
  schema: url,
  generates: { "unwritten.ts": { plugins: ["typescript"] } },
  silent: true,
}, false);
assert.match(content, /export type University = /);
assert.match(content, /export type StudentWhere = /);
assert.ok(content.length > 100_000);

for (const preferGetMethod of [false, "force"]) {
  const client = new Client({ url, exchanges: [cacheExchange, fetchExchange], preferGetMethod });
  const { data, error } = await client.query(gql`
    query One($id: ID!) {
      university(id: $id) { id name alliances(first: 3) { nodes { id } } }
      viewer { kind }
    }`, { id: "uni_none" });
  assert.equal(error?.message, undefined);
  assert.equal(data.university, null);
  assert.equal(data.viewer.kind, "PUBLIC");
}
console.log(`${content.length} letters of TypeScript`);
process.exit(0);
