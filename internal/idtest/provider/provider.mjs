// Runs oidc-provider on a free port of loopback, prints its issuer in one line, and ends with its input.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const server = createServer();
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const key = (type, options, more) => ({ ...generateKeyPairSync(type, options).privateKey.export({ format: "jwk" }), use: "sig", ...more });
const provider = new Provider(issuer, {
  clients: [{ client_id: "portal", client_secret: "portals-secret", grant_types: ["client_credentials"], redirect_uris: [], response_types: [] }],
  jwks: { keys: [key("rsa", { modulusLength: 2048 }, { kid: "rsa" }), key("ec", { namedCurve: "P-256" }, { kid: "ec" })] },
  cookies: { keys: ["not used"] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      // The resource that a token is asked for says how it is signed.
      getResourceServerInfo: (_, resource) => ({
        scope: "", audience: "partnergraph", accessTokenTTL: 600, accessTokenFormat: "jwt", jwt: { sign: { alg: new URL(resource).hostname.toUpperCase() } },
      }),
    },
  },
  extraTokenClaims: () => ({ realm_access: { roles: ["partner-office"] }, partnergraph_offices: ["uni_a", "uni_b"] }),
});
server.on("request", provider.callback());
console.log(issuer);
process.stdin.resume().on("end", () => process.exit());
