package server_test

import (
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
	"github.com/partnergraph/partnergraph/internal/limits"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/server"
)

// empty is a database that has nothing, and says so after a while.
type empty struct{ after time.Duration }

func (e empty) Read(ctx context.Context, _ string, _ map[string]any) (any, error) {
	select {
	case <-time.After(e.after):
		return nil, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// serving runs a server on a database that has nothing, with what a test changes of its settings.
func serving(t *testing.T, change func(*server.Config)) *httptest.Server {
	t.Helper()
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	c := server.Config{
		Reads:   &graph.Reads{Planner: &plan.Planner{Map: m, Today: network.Today}, Store: empty{}},
		Timeout: time.Minute, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	if change != nil {
		change(&c)
	}
	s := httptest.NewServer(server.Handler(c))
	t.Cleanup(s.Close)
	return s
}

// send sends a request, with headers as "Name: value".
func send(t *testing.T, method, url, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
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

func query(text string, variables map[string]any) string {
	body, err := json.Marshal(map[string]any{"query": text, "variables": variables})
	if err != nil {
		panic(err)
	}
	return string(body)
}

// TestTheCostIsTold: in an answer and in the refusal, and with the values of this request.
func TestTheCostIsTold(t *testing.T) {
	s := serving(t, nil)
	const text = `query ($n: Int) { university(id: 1) { alliances(first: $n) { nodes { members(first: $n) { nodes { id } } } } } }`
	for _, c := range []struct {
		n    any
		want string
	}{
		{2, `{"data":{"university":null},"extensions":{"cost":{"requested":7,"limit":10000}}}`},
		{nil, `{"data":{"university":null},"extensions":{"cost":{"requested":421,"limit":10000}}}`},
		{150, `{"errors":[{"message":"the operation requests 22651 things and rows, more than 10000, most of them by university.alliances.nodes.members (first: 150): first: 65 would do there","extensions":{"code":"TOO_COMPLEX"}}],"extensions":{"cost":{"requested":22651,"limit":10000}}}`},
	} {
		if _, got := send(t, "POST", s.URL+"/graphql", query(text, map[string]any{"n": c.n})); got != c.want {
			t.Errorf("with %v\n%s\nnot\n%s", c.n, got, c.want)
		}
	}
}

// TestAPageHasAsManyRowsAsIsSet: the plan refuses more, and the cost counts no more.
func TestAPageHasAsManyRowsAsIsSet(t *testing.T) {
	s := serving(t, func(c *server.Config) {
		c.Reads.Planner.Most = 60
		c.Limits = limits.Default
		c.Limits.Page = 60
	})
	_, got := send(t, "POST", s.URL+"/graphql", query("{ universities(first: 61) { nodes { id } } }", nil))
	if !strings.Contains(got, "first: must be from 0 to 60, not 61") || !strings.Contains(got, `"requested":60,`) {
		t.Error(got)
	}
}
