package oracle

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/limits"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/server"
)

// today is the day of every test.
var today = network.NewDay(2026, 11, 21)

// product is the whole of it, from the request to the database.
type product struct {
	m          *graphmap.Map
	planner    *plan.Planner
	store      *store.Store
	handler    http.Handler
	statements atomic.Int64
	log        lockedLog
}

// lockedLog keeps what the server logs of the last request that went wrong, for the report.
type lockedLog struct {
	mu   sync.Mutex
	last string
}

func (l *lockedLog) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = string(line)
	return len(line), nil
}

// many is more than any random document has of anything.
const many = 1 << 40

func open(t *testing.T) *product {
	t.Helper()
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	p := &product{m: m, planner: &plan.Planner{Map: m, Today: func() network.Day { return today }}}
	p.store = dbtest.OpenWith(t, func(string) { p.statements.Add(1) })
	p.handler = server.Handler(server.Config{
		Reads: &graph.Reads{Planner: p.planner, Store: p.store}, Ready: p.store.Ping, Schema: partnergraph.Schema,
		Limits:  limits.Limits{Tokens: many, Depth: many, Aliases: many, RootFields: many, Directives: many, Cost: many, List: many, Values: many},
		Timeout: time.Minute, Log: slog.New(slog.NewTextHandler(&p.log, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	return p
}

// response is what came back of a request.
type response struct {
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct{ Code network.Code }
	}
}

// admin sees everything.
var admin = access.Viewer{Roles: access.Admin}

// ask sends an operation of a viewer to the product.
func (p *product) ask(viewer access.Viewer, query string, variables map[string]any) response {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err) // what is random is made of values that JSON knows
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, r.WithContext(access.With(r.Context(), viewer)))
	var out response
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		out.Data, _ = json.Marshal(fmt.Sprintf("status %d, %v: %s", w.Code, err, w.Body))
	}
	return out
}

// fill makes a network that of the product, and gives an oracle of it.
func (p *product) fill(t dbtest.TB, n *network.Network) *Oracle {
	t.Helper()
	dbtest.Fill(t, p.store, n)
	// Some things are written twice, so that not all versions are 1.
	var again []network.Thing
	for i, thing := range n.Things {
		if i%3 == 0 {
			again = append(again, thing)
		}
	}
	if err := p.store.Write(context.Background(), again, nil); err != nil {
		t.Fatalf("writing again: %v", err)
	}
	v, err := p.store.Read(context.Background(), "RETURN COLLECT { MATCH (n:Node) RETURN [n.id, n.createdAt, n.updatedAt, n.version] } AS answer", nil)
	if err != nil {
		t.Fatalf("%v", err)
	}
	stamps := map[string]Stamp{}
	for _, row := range v.([]any) {
		row := row.([]any)
		stamps[row[0].(string)] = Stamp{row[1].(time.Time), row[2].(time.Time), row[3].(int64)}
	}
	return New(p.m, Load(p.m, n, stamps), today)
}
