package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/idtest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/internal/signin"
	"github.com/partnergraph/partnergraph/server"
)

// counts is a database that nobody should reach with a bad token.
type counts struct{ reads int }

func (c *counts) Read(context.Context, string, map[string]any) (any, error) {
	c.reads++
	return nil, nil
}

// guarded is a server with an issuer, and what it logged.
type guarded struct {
	*httptest.Server
	issuer *idtest.Issuer
	log    *bytes.Buffer
	reads  *counts
}

func serveGuarded(t *testing.T) *guarded {
	t.Helper()
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	g := &guarded{issuer: idtest.Start(t), log: &bytes.Buffer{}, reads: &counts{}}
	log := slog.New(slog.NewTextHandler(g.log, nil))
	s, err := signin.New([]signin.Settings{{Issuer: g.issuer.URL, Audience: []string{"partnergraph"}}}, nil, log)
	if err != nil {
		t.Fatal(err)
	}
	g.Server = httptest.NewServer(server.Handler(server.Config{
		Reads:   &graph.Reads{Planner: &plan.Planner{Map: m, Today: network.Today}, Store: g.reads},
		Origins: []string{"https://portal.example.edu"},
		Timeout: time.Minute, SignIn: s, Log: log,
	}))
	t.Cleanup(g.Close)
	return g
}

// free ends an answer for which the database does nothing.
const free = `,"extensions":{"cost":{"requested":0,"limit":10000}}}`

const whoAsks = `{ viewer { kind roles offices reviews until } }`

// ask sends an operation, with headers in pairs.
func (g *guarded) ask(t *testing.T, path, query string, headers ...string) (*http.Response, string) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, g.URL+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(text)
}

func TestWhoAsks(t *testing.T) {
	g := serveGuarded(t)
	response, text := g.ask(t, "/graphql", whoAsks)
	if response.StatusCode != 200 || text != `{"data":{"viewer":{"kind":"PUBLIC","roles":["PUBLIC"],"offices":[],"reviews":[],"until":null}}`+free {
		t.Errorf("without a token: %d %s", response.StatusCode, text)
	}
	end := time.Now().Add(10 * time.Minute)
	g.issuer.Grant(g.issuer.Claims("partnergraph", map[string]any{
		"exp": end.Unix(), "roles": []string{"office", "reviewer"}, "partnergraph_offices": []string{"uni_a"}, "partnergraph_reviews": []string{"all_b"},
	}))
	token := g.issuer.SignIn(t)
	want := `{"data":{"viewer":{"kind":"REVIEWER","roles":["PUBLIC","OFFICE","REVIEWER"],"offices":["uni_a"],"reviews":["all_b"],"until":"` + end.UTC().Format(time.RFC3339) + `"}}` + free
	for _, scheme := range []string{"Bearer ", "bearer ", "BEARER  "} {
		response, text = g.ask(t, "/graphql", whoAsks, "Authorization", scheme+token)
		if response.StatusCode != 200 || text != want || response.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("signed in by %s: %d %s", scheme, response.StatusCode, text)
		}
	}
	if _, text = g.ask(t, "/graphql", `{ a: viewer { ...of } ... on Query { b: viewer { kind } } __typename } fragment of on Viewer { until @skip(if: true) kind }`, "Authorization", "Bearer "+token); text != `{"data":{"a":{"kind":"REVIEWER"},"b":{"kind":"REVIEWER"},"__typename":"Query"}`+free {
		t.Errorf("with an alias, a fragment and a directive: %s", text)
	}
	g.Close() // the log is written to until then
	logged := g.log.String()
	if strings.Count(logged, "viewer=reviewer") != 4 || strings.Count(logged, "viewer=public") != 1 || strings.Contains(logged, token[:20]) || strings.Contains(logged, "alice") {
		t.Errorf("the log has %s", logged)
	}
}

// TestABadTokenIsNotThePublic: it is told what is wrong, by status, header and body, and nothing is answered.
func TestABadTokenIsNotThePublic(t *testing.T) {
	g := serveGuarded(t)
	good := g.issuer.Token(g.issuer.Claims("partnergraph", nil))
	expired := g.issuer.Token(g.issuer.Claims("partnergraph", map[string]any{"exp": time.Now().Add(-time.Hour).Unix()}))
	const query = `{ universities { nodes { id } } }`
	for _, c := range []struct {
		name, path string
		headers    []string
		word, want string
	}{
		{"expired", "/graphql", []string{"Authorization", "Bearer " + expired}, "invalid_token", "has expired"},
		{"garbage", "/graphql", []string{"Authorization", "Bearer garbage"}, "invalid_token", "not a JWT"},
		{"more behind it", "/graphql", []string{"Authorization", "Bearer " + good + " " + good}, "invalid_token", "not a JWT"},
		{"a comma", "/graphql", []string{"Authorization", "Bearer " + good + ", Bearer " + good}, "invalid_token", "not a JWT"},
		{"too large", "/graphql", []string{"Authorization", "Bearer " + strings.Repeat("x", 20_000)}, "invalid_token", "more than 16384 bytes"},
		{"another scheme", "/graphql", []string{"Authorization", "Basic YTpi"}, "invalid_request", "no bearer token"},
		{"no scheme", "/graphql", []string{"Authorization", good}, "invalid_request", "no bearer token"},
		{"an empty token", "/graphql", []string{"Authorization", "Bearer "}, "invalid_request", "no bearer token"},
		{"an empty header", "/graphql", []string{"Authorization", ""}, "invalid_request", "no bearer token"},
		{"two headers", "/graphql", []string{"Authorization", "Bearer " + good, "Authorization", "Bearer " + good}, "invalid_request", "more than one header"},
		{"two headers, one empty", "/graphql", []string{"Authorization", "", "Authorization", "Bearer " + good}, "invalid_request", "more than one header"},
		{"in the address", "/graphql?access_token=" + good, nil, "invalid_request", "ends up in logs"},
		{"in both", "/graphql?access_token=" + good, []string{"Authorization", "Bearer " + good}, "invalid_request", "ends up in logs"},
	} {
		t.Run(c.name, func(t *testing.T) {
			response, text := g.ask(t, c.path, query, c.headers...)
			if got := response.Header.Get("WWW-Authenticate"); response.StatusCode != 401 || got != `Bearer error="`+c.word+`"` {
				t.Errorf("got %d, %s", response.StatusCode, got)
			}
			var body struct {
				Data   any
				Errors []struct {
					Message    string
					Extensions map[string]any
				}
			}
			if err := json.Unmarshal([]byte(text), &body); err != nil || body.Data != nil || len(body.Errors) != 1 ||
				!strings.Contains(body.Errors[0].Message, c.want) || body.Errors[0].Extensions["code"] != "UNAUTHENTICATED" {
				t.Errorf("got %s", text)
			}
		})
	}
	if g.reads.reads != 0 {
		t.Errorf("the database was asked %d times", g.reads.reads)
	}
	g.Close()
	if logged := g.log.String(); strings.Contains(logged, good[:20]) || strings.Contains(logged, "viewer=public") || !strings.Contains(logged, "viewer=refused") {
		t.Errorf("the log has %s", logged)
	}
}

// TestAnIssuerThatIsAway: neither refused nor the public; and those who send no token notice nothing.
func TestAnIssuerThatIsAway(t *testing.T) {
	g := serveGuarded(t)
	g.issuer.Away(true)
	response, text := g.ask(t, "/graphql", whoAsks, "Authorization", "Bearer "+g.issuer.Token(g.issuer.Claims("partnergraph", nil)))
	if response.StatusCode != 503 || !strings.Contains(text, `"code":"UNAVAILABLE"`) || strings.Contains(text, g.issuer.URL) {
		t.Errorf("got %d %s", response.StatusCode, text)
	}
	if response, text = g.ask(t, "/graphql", whoAsks); response.StatusCode != 200 {
		t.Errorf("without a token: %d %s", response.StatusCode, text)
	}
	g.Close()
	if logged := g.log.String(); !strings.Contains(logged, "can't be asked for its keys") {
		t.Errorf("the operator isn't told: %s", logged)
	}
}

// TestPagesElsewhereMaySignIn: a browser asks before it sends the header.
func TestPagesElsewhereMaySignIn(t *testing.T) {
	g := serveGuarded(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, g.URL+"/graphql", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://portal.example.edu")
	r.Header.Set("Access-Control-Request-Method", "POST")
	r.Header.Set("Access-Control-Request-Headers", "authorization,content-type")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if got := response.Header.Get("Access-Control-Allow-Headers"); !strings.Contains(got, "authorization") {
		t.Errorf("allowed are %q", got)
	}
	response, _ = g.ask(t, "/graphql", whoAsks, "Origin", "https://portal.example.edu", "Authorization", "Bearer garbage")
	if response.StatusCode != 401 || response.Header.Get("Access-Control-Allow-Origin") == "" {
		t.Errorf("a page can't read why it is refused: %v", response.Header)
	}
}

// TestWithoutSignIn: a server without it refuses every token.
func TestWithoutSignIn(t *testing.T) {
	w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/graphql?query={__typename}", nil)
	r.Header.Set("Authorization", "Bearer x")
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	server.Handler(server.Config{
		Reads: &graph.Reads{Planner: &plan.Planner{Map: m}}, Timeout: time.Minute, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}).ServeHTTP(w, r)
	if w.Code != 401 || !strings.Contains(w.Body.String(), "takes no tokens") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}
