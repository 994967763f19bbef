package server_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/server"
)

// TestBodiesCostLittle: whatever fits into a request is refused in 50 ms of a processor. The worst documents are in
// internal/limits; here are the worst of what stands around them.
func TestBodiesCostLittle(t *testing.T) {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	h := server.Handler(server.Config{
		Reads:   &graph.Reads{Planner: &plan.Planner{Map: m, Today: network.Today}, Store: empty{}},
		Timeout: time.Second, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	keys := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `"k%d":1,`, i)
		}
		return b.String() + `"k":1`
	}
	const listed = `"query":"query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"`
	for name, body := range map[string]string{
		"nested lists":       `{"query":"{__typename}","variables":{"a":` + strings.Repeat("[", 130_000) + strings.Repeat("]", 130_000) + `}}`,
		"lists in lists":     `{` + listed + `,"variables":{"ids":` + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + `}}`,
		"many empty lists":   `{` + listed + `,"variables":{"ids":[` + strings.Repeat("[],", 80_000) + `[]]}}`,
		"many numbers":       `{` + listed + `,"variables":{"ids":[` + strings.Repeat("1,", 120_000) + `1]}}`,
		"many keys":          `{"query":"{__typename}","variables":{` + keys(20_000) + `}}`,
		"many extensions":    `{"query":"{__typename}","extensions":{` + keys(20_000) + `}, "x": `,
		"a long number":      `{` + listed + `,"variables":{"ids":` + strings.Repeat("9", 250_000) + `}}`,
		"a long text":        `{` + listed + `,"variables":{"ids":["` + strings.Repeat("x", 250_000) + `"]}}`,
		"escapes":            `{"query":"` + strings.Repeat(`\u007b`, 40_000) + `"}`,
		"a long hash":        `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + strings.Repeat("a", 250_000) + `"}}}`,
		"a long operation":   `{"query":"{__typename}","operationName":"` + strings.Repeat("a", 250_000) + `"}`,
		"bytes that are not": strings.Repeat("\xff", 250_000),
	} {
		best := time.Hour
		for range 3 { // the machine does other work as well
			began := processorTime(t)
			r := httptest.NewRequest("POST", "/graphql", strings.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			best = min(best, processorTime(t)-began)
			if !strings.Contains(w.Body.String(), `"errors"`) {
				t.Errorf("%s: %d %.200s", name, w.Code, w.Body)
			}
			if w.Body.Len() > 1000 {
				t.Errorf("%s: the answer has %d bytes: %.300s", name, w.Body.Len(), w.Body)
			}
		}
		t.Logf("%s: %v", name, best)
		if best > 50*time.Millisecond {
			t.Errorf("%s: took %v of the processor", name, best)
		}
	}
}

func processorTime(t *testing.T) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
