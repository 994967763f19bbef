package acceptance

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/idtest"
)

// TestDevelopmentTokens: a token of the command signs in at a server for development, and at no other.
func TestDevelopmentTokens(t *testing.T) {
	dbtest.Open(t)
	c := build(t, "../..")
	key := filepath.Join(t.TempDir(), "key")
	c.env = append(c.env, "PARTNERGRAPH_DEVELOPMENT_KEY="+key)
	c.fails(nil, []string{"there is no key for development in " + key, "serve --development"}, "token", "--role", "admin")
	c.fails(nil, []string{"loopback only"}, "serve", "--development", "--listen", ":0")

	said, stop := c.starts(t, "--development", "--empty")
	office := strings.TrimSpace(c.must(nil, "token", "--role", "office", "--organization", "uni_a", "--organization", "uni_b", "--for", "5m"))
	status, text := whoAsks(t, said, office)
	if status != 200 || !strings.Contains(text, `"kind":"OFFICE","offices":["uni_a","uni_b"]`) {
		t.Errorf("got %d %s", status, text)
	}
	stop()
	if strings.Contains(said.String(), office) {
		t.Errorf("the log has the token:\n%s", said)
	}
	for _, wrong := range []struct {
		args []string
		want string
	}{
		{[]string{"--role", "office"}, "--organization"},
		{[]string{"--role", "analyst", "--organization", "uni_a"}, "--role office"},
		{[]string{"--role", "reviewer"}, "--reviews"},
		{[]string{"--role", "admin", "--for", "48h"}, "at most 24h"},
		{[]string{"--role", "admin", "--for", "0s"}, "more than 0"},
	} {
		c.fails(nil, []string{wrong.want}, append([]string{"token"}, wrong.args...)...)
	}

	said, stop = c.starts(t, "--empty")
	if status, text := whoAsks(t, said, office); status != 401 || !strings.Contains(text, "UNAUTHENTICATED") {
		t.Errorf("without --development: got %d %s", status, text)
	}
	stop()
}

// TestSignInSettings: one issuer by flags beside several in a file; wrong settings are told before anything starts.
func TestSignInSettings(t *testing.T) {
	dbtest.Open(t)
	c := build(t, "../..")
	flags, file := idtest.Start(t), idtest.Start(t)
	settings := filepath.Join(t.TempDir(), "issuers.yaml")
	if err := os.WriteFile(settings, []byte("issuers:\n  - issuer: "+file.URL+"\n    audience: [a]\n    rolesClaim: groups\n    roles: [admin=partner-admins]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	said, stop := c.starts(t, "--empty", "--issuers", settings, "--issuer", flags.URL, "--audience", "b", "--roles-claim", "realm_access.roles", "--roles", "analyst=researcher")
	for token, want := range map[string]string{
		file.Token(file.Claims("a", map[string]any{"groups": "partner-admins"})):                                        "ADMIN",
		flags.Token(flags.Claims("b", map[string]any{"realm_access": map[string]any{"roles": []string{"researcher"}}})): "ANALYST",
		flags.Token(flags.Claims("a", map[string]any{"realm_access": map[string]any{"roles": []string{"researcher"}}})): "UNAUTHENTICATED",
	} {
		if _, text := whoAsks(t, said, token); !strings.Contains(text, want) {
			t.Errorf("got %s, want %s", text, want)
		}
	}
	stop()

	c.fails(nil, []string{"--audience and --roles are of an issuer"}, "serve", "--audience", "a")
	c.fails(nil, []string{"say which audience"}, "serve", "--issuer", "https://id.example.edu")
	if err := os.WriteFile(settings, []byte("issuers:\n  - isuer: x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.fails(nil, []string{settings + ": line 2: field isuer not found"}, "serve", "--issuers", settings)
}

var servingAt = regexp.MustCompile(`http://localhost:\d+/graphql`)

func whoAsks(t *testing.T, said *safeBuffer, token string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, servingAt.FindString(said.String())+"?query={viewer{kind,offices}}", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}
