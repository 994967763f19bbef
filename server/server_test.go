package server_test

import (
	"context"
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
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/server"
)

// panics is a database whose driver has a fault.
type panics struct{}

func (panics) Read(context.Context, string, map[string]any) (any, error) {
	panic("secret of the driver")
}

// TestAPanicEndsOneFieldOnly: neither the server nor the other fields, and the client learns an id and no more.
func TestAPanicEndsOneFieldOnly(t *testing.T) {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	var logged strings.Builder
	s := httptest.NewServer(server.Handler(server.Config{
		Reads:   &graph.Reads{Planner: &plan.Planner{Map: m, Today: network.Today}, Store: panics{}},
		Timeout: time.Minute,
		Log:     slog.New(slog.NewTextHandler(&logged, nil)),
	}))
	defer s.Close()
	body := `{"query": "{ a: stats { nodes { count } } b: stats { nodes { count } } __typename }"}`
	response, err := http.Post(s.URL+"/graphql", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	if !strings.Contains(got, `"data":{"a":null,"b":null,"__typename":"Query"}`) || strings.Count(got, `"code":"INTERNAL"`) != 2 {
		t.Errorf("got %s", got)
	}
	s.Close() // the log is written to until then
	if strings.Contains(got, "secret") || !strings.Contains(logged.String(), "secret of the driver") {
		t.Errorf("the client learns %s\nand the log %s", got, logged.String())
	}
}
