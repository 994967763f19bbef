package server_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/limits"
	"github.com/partnergraph/partnergraph/server"
)

func persistedQuery(text, hash string) string {
	body := map[string]any{"extensions": map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}}
	if text != "" {
		body["query"] = text
	}
	out, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return string(out)
}

func sum(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

// TestAutomaticPersistedQueries: a client names a document by its hash, is told that it isn't known, sends it, and names it
// from then on.
func TestAutomaticPersistedQueries(t *testing.T) {
	s := serving(t, nil)
	const text = "query Ask { __typename }"
	byGet := "/graphql?extensions=" + url.QueryEscape(`{"persistedQuery":{"version":1,"sha256Hash":"`+sum(text)+`"}}`)
	const unknown = `{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}`
	const answer = `{"data":{"__typename":"Query"},"extensions":{"cost":{"requested":0,"limit":10000}}}`
	for _, step := range []struct{ name, method, path, body, want string }{
		{"by hash", "POST", "/graphql", persistedQuery("", sum(text)), unknown},
		{"by hash, by GET", "GET", byGet, "", unknown},
		{"with another's hash", "POST", "/graphql", persistedQuery(text, sum("another")), "is not the SHA-256"},
		{"wrong by the schema", "POST", "/graphql", persistedQuery("{ nothing }", sum("{ nothing }")), "Cannot query field"},
		{"wrong by the schema, by hash", "POST", "/graphql", persistedQuery("", sum("{ nothing }")), unknown},
		{"with the document", "POST", "/graphql", persistedQuery(text, sum(text)), answer},
		{"by hash again", "POST", "/graphql", persistedQuery("", sum(text)), answer},
		{"by hash again, by GET", "GET", byGet, "", answer},
		{"in capitals", "POST", "/graphql", persistedQuery("", strings.ToUpper(sum(text))), answer},
		{"no hash", "POST", "/graphql", `{"extensions":{"persistedQuery":{"version":2}}}`, "give {"},
	} {
		if _, got := send(t, step.method, s.URL+step.path, step.body); !strings.Contains(got, strings.ReplaceAll(step.want, "give {", `give {\"version\": 1`)) {
			t.Errorf("%s: %s", step.name, got)
		}
	}
}

// TestRegisteredOperationsOnly: with a list, nothing else is served, whichever way it is asked.
func TestRegisteredOperationsOnly(t *testing.T) {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	const inFile, inManifest = "query InFile { __typename }", "query InManifest { a: __typename }"
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("one.graphql", inFile+"\n")
	write("manifest.json", `{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"mine","name":"InManifest","type":"query","body":"`+inManifest+`"}]}`)
	operations, err := server.ReadOperations(dir, m.Schema, limits.Default)
	if err != nil {
		t.Fatal(err)
	}
	s := serving(t, func(c *server.Config) { c.Operations = operations })
	const one, two = `{"data":{"__typename":"Query"}`, `{"data":{"a":"Query"}`
	const unregistered = `"code":"OPERATION_NOT_REGISTERED"`
	for _, c := range []struct{ name, body, want string }{
		{"the file's text", query(inFile, nil), one},
		{"the file's text as it is", query(inFile+"\n", nil), one},
		{"the file's hash", persistedQuery("", sum(inFile)), one},
		{"the manifest's id", persistedQuery("", "mine"), two},
		{"the manifest's hash", persistedQuery("", sum(inManifest)), two},
		{"the manifest's text", query(inManifest, nil), two},
		{"another text", query("{ __typename }", nil), unregistered},
		{"another text under a registered name", persistedQuery("{ __typename }", "mine"), unregistered},
		{"another hash", persistedQuery("", sum("{ __typename }")), `"code":"PERSISTED_QUERY_NOT_FOUND"`},
	} {
		if _, got := send(t, "POST", s.URL+"/graphql", c.body); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
	for name, text := range map[string]string{
		"wrong.graphql": "{ nothing }", "costly.graphql": "{" + strings.Repeat(" __typename", 21) + "}", "other.json": `{"a": 1}`,
	} {
		write(name, text)
		if _, err := server.ReadOperations(filepath.Join(dir, name), m.Schema, limits.Default); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := server.ReadOperations(t.TempDir(), m.Schema, limits.Default); err == nil {
		t.Error("a folder without operations passes")
	}
}
