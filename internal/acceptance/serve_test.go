// Package acceptance tests the whole product from outside: the example operations on the document dataset, the page
// in a browser, the command line, a new type. It has tests only.
package acceptance

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/examples"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/feed"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/limits"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/office"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/server"
)

// today is the day of every test.
var today = network.NewDay(2026, 11, 21)

// running is a server on the real database.
type running struct {
	*testing.T
	url        string
	m          *graphmap.Map
	limits     limits.Limits
	store      *store.Store
	statements atomic.Int64
	viewer     access.Viewer               // who asks: the public, unless a test says otherwise
	ready      func(context.Context) error // asks the store if absent
	held       int                         // entries of the feed; as many as a server holds if 0
	grace      time.Duration               // of who follows and is behind
}

// serve runs a server on an empty database.
func serve(t *testing.T) *running {
	t.Helper()
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	r := &running{T: t, m: m, limits: limits.Default}
	r.store = dbtest.OpenWith(t, func(string) { r.statements.Add(1) })
	r.listen()
	return r
}

// listen runs the server on its store until the test ends, or it is stopped.
func (r *running) listen() (stop func()) {
	r.Helper()
	if r.ready == nil {
		r.ready = r.store.Ping
	}
	shown, err := examples.All()
	if err != nil {
		r.Fatal(err)
	}
	desk := r.office()
	desk.Feed.Seal, desk.Feed.Held, desk.Feed.Grace = feed.NewSeal("of the test"), r.held, r.grace
	handler := server.Handler(server.Config{
		Reads:    &graph.Reads{Planner: &plan.Planner{Map: r.m, Today: func() network.Day { return today }}, Store: r.store},
		Office:   desk,
		Ready:    r.ready,
		Schema:   partnergraph.Schema,
		Examples: shown,
		Origins:  []string{"https://portal.example.edu"},
		Timeout:  30 * time.Second,
		Limits:   r.limits,
		Log:      slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		viewer := r.viewer
		if as := request.Header.Get("As"); as != "" {
			viewer = viewerCalled(as)
		}
		handler.ServeHTTP(w, request.WithContext(access.With(request.Context(), viewer)))
	}))
	r.Cleanup(s.Close)
	r.url = s.URL
	return func() {
		s.Close()
		http.DefaultClient.CloseIdleConnections()
	}
}

// office changes the network of the running server, on the day that the tests call today.
func (r *running) office() *office.Office {
	w := change.NewWriter(r.m, r.store)
	w.Now = func() time.Time { return today.Add(12 * time.Hour) }
	return office.New(w, r.store)
}

// serveDocuments runs a server on the document dataset.
func serveDocuments(t *testing.T) *running {
	t.Helper()
	r := serve(t)
	n, err := ingest.Read(r.m, partnergraph.Dataset())
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Fill(t, r.store, n)
	r.statements.Store(0)
	return r
}

// costs is what each answer ends with; its numbers, and the bookmark of a change, have tests of their own.
var costs = regexp.MustCompile(`,"extensions":\{("bookmark":"[^"]*",)?"cost":\{"requested":\d+,"limit":\d+\}\}\}$`)

// post sends an operation and gives what came back, as it came but for what it cost.
func (r *running) post(query string, variables json.RawMessage) []byte {
	r.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		r.Fatal(err)
	}
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, r.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		r.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	_, text := r.do(request)
	return costs.ReplaceAll([]byte(text), []byte("}"))
}

// ask sends an operation without variables and reads the data of its answer, which must hold no error.
func (r *running) ask(query string, into any) {
	r.Helper()
	var out struct {
		Data   json.RawMessage
		Errors []any
	}
	text := r.post(query, nil)
	if err := json.Unmarshal(text, &out); err != nil || len(out.Errors) > 0 {
		r.Fatalf("%s\nanswered %s", query, text)
	}
	if err := json.Unmarshal(out.Data, into); err != nil {
		r.Fatal(err)
	}
}
