package server_test

import (
	"os/exec"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/server"
)

// client runs a client of others against a server. `npm ci --prefix server/clients` brings them; make test does so.
func client(t *testing.T, program string, args ...string) {
	t.Helper()
	c := exec.Command("node", append([]string{program}, args...)...)
	c.Dir = "clients"
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	t.Logf("%s", out)
}

// TestGraphQLOverHTTP: every audit of the specification passes, the optional ones as well.
func TestGraphQLOverHTTP(t *testing.T) {
	client(t, "audit.mjs", serving(t, nil).URL+"/graphql")
}

// TestClientsLearnTheSchema: introspection passes the limits that a server has by default.
func TestClientsLearnTheSchema(t *testing.T) {
	client(t, "introspect.mjs", serving(t, func(c *server.Config) { c.Timeout = 5 * time.Second }).URL+"/graphql")
}

// TestCodeIsGenerated: graphql-codegen learns the schema within the limits that a server has by default, and urql asks.
func TestCodeIsGenerated(t *testing.T) {
	client(t, "generate.mjs", serving(t, func(c *server.Config) { c.Timeout = 5 * time.Second }).URL+"/graphql")
}
