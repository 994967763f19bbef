// Holds a server against GraphQL over HTTP, by all audits of graphql-http. Each that isn't passed is a line.
import { serverAudits } from "graphql-http";

let failed = 0;
const audits = serverAudits({ url: process.argv[2] });
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== "ok") {
    failed++;
    console.log(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
  }
}
console.log(`${audits.length - failed} of ${audits.length} audits passed`);
process.exit(failed > 0 ? 1 : 0);
