// Learns a server's schema as code generators do, by every introspection query that graphql-js can write, and builds it.
import assert from "node:assert/strict";
import { buildClientSchema, getIntrospectionQuery, printSchema } from "graphql";

const ask = async (query) => {
  const response = await fetch(process.argv[2], {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, operationName: "IntrospectionQuery" }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
};

const options = [{}, { descriptions: false }, { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true }];
const printed = [];
for (const option of options) {
  printed.push(printSchema(buildClientSchema(await ask(getIntrospectionQuery(option)))));
}
assert.ok(printed[0].includes("type University implements"));
assert.ok(printed[0].length > 100_000);
// Older clients, Apollo's among them, go seven types deep.
const older = getIntrospectionQuery().replace("ofType {\n                    kind\n                    name\n                    ofType {\n                      kind\n                      name\n                    }\n                  }", "kind");
printed.push(printSchema(buildClientSchema(await ask(older))));
assert.equal(printed[3], printed[0]);
console.log(`${printed[0].length} letters of schema`);
