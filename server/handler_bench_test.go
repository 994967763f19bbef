package server

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// canned answers at once.
type canned struct{ value any }

func (c canned) Read(context.Context, string, map[string]any) (any, error) { return c.value, nil }

// BenchmarkRequest is what a small request costs beside the database.
func BenchmarkRequest(b *testing.B) {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		b.Fatal(err)
	}
	h := Handler(Config{
		Reads:   &graph.Reads{Planner: &plan.Planner{Map: m, Today: network.Today}, Store: canned{[]any{"uni_a", "A"}}},
		Timeout: time.Second, Log: slog.New(slog.NewJSONHandler(io.Discard, nil)),
	})
	const body = `{"query":"query One($id: ID!, $day: Date) { university(id: $id, asOf: $day) { id name } }","variables":{"id":"uni_a","day":"2026-01-01"}}`
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest("POST", "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 || !strings.Contains(w.Body.String(), `"name":"A"`) {
			b.Fatal(w.Body.String())
		}
	}
}
