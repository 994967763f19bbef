package signin

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
)

// TestATokenOfACertifiedProvider: oidc-provider under Node publishes its keys and signs by itself.
func TestATokenOfACertifiedProvider(t *testing.T) {
	issuer := startProvider(t)
	s := open(t, &clock{}, Settings{Issuer: issuer, Audience: []string{"partnergraph"}, RolesClaim: "realm_access.roles", Roles: []string{"office=partner-office"}})
	for _, alg := range []string{"rs256", "es256", "ps256"} {
		token := tokenFor(t, issuer, "https://"+alg)
		v, err := s.Viewer(context.Background(), token)
		want := access.Viewer{Subject: issuer + " portal", Until: v.Until, Roles: access.Office, Offices: []string{"uni_a", "uni_b"}}
		if err != nil || !reflect.DeepEqual(v, want) {
			t.Errorf("%s: got %+v, %v", alg, v, err)
		}
		changed := strings.Split(token, ".")
		changed[1] = strings.Split(tokenFor(t, issuer, "https://"+alg), ".")[1]
		wants(t, s, strings.Join(changed, "."), network.Unauthenticated, "was changed")
	}
}

// startProvider runs the provider until the test ends.
func startProvider(t *testing.T) string {
	t.Helper()
	run := exec.Command("node", "provider.mjs")
	var said bytes.Buffer
	run.Dir, run.Stderr = "../idtest/provider", &said
	in, err := run.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatalf("%v: this test needs Node 20", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = run.Wait()
		t.Fatalf("%v: run npm ci --prefix internal/idtest/provider first, as make test does\n%s", err, &said)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = run.Wait()
	})
	return strings.TrimSpace(line)
}

// tokenFor fetches a token as a client does that signs in by itself.
func tokenFor(t *testing.T, issuer, resource string) string {
	t.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "resource": {resource}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, issuer+"/token", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth("portal", "portals-secret")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var granted map[string]any
	if err := json.NewDecoder(response.Body).Decode(&granted); err != nil {
		t.Fatal(err)
	}
	token, ok := granted["access_token"].(string)
	if !ok {
		t.Fatalf("no token: %v", granted)
	}
	return token
}
