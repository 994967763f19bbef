package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"time"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/bench/byhand"
	"github.com/partnergraph/partnergraph/bench/workload"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/server"
)

// counter is the product inside this process: it counts statements, and what each makes the database touch.
type counter struct {
	store   *store.Store
	planner *plan.Planner
	handler http.Handler
	heard   atomic.Int64
}

func newCounter(ctx context.Context, db *database) (*counter, error) {
	c := &counter{}
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		return nil, err
	}
	c.store, err = store.Open(ctx, store.Config{
		URI: db.server.URI(), Username: "neo4j", Password: db.server.Password(),
		OnStatement: func(string) { c.heard.Add(1) },
	})
	if err != nil {
		return nil, err
	}
	c.planner = &plan.Planner{Map: m, Today: network.Today}
	c.handler = server.Handler(server.Config{
		Reads:   &graph.Reads{Planner: c.planner, Store: c.store},
		Ready:   c.store.Ping,
		Timeout: time.Minute,
		Log:     slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	return c, nil
}

func (c *counter) close() { _ = c.store.Close(context.Background()) }

// statements counts those of one request. Every operation has one root field.
func (c *counter) statements(op *workload.Operation, v workload.Variables) (int, error) {
	body, err := json.Marshal(map[string]any{"query": op.Query, "variables": v})
	if err != nil {
		return 0, err
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	before := c.heard.Load()
	c.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return 0, fmt.Errorf("%s: %s", op.Name, w.Body)
	}
	return int(c.heard.Load() - before), nil
}

// hits are what the database touches for some requests, by the product's statement and by the one written by hand.
func (c *counter) hits(ctx context.Context, op *workload.Operation, pool []workload.Variables) (ours, byHand int64, err error) {
	for _, v := range pool {
		text, err := json.Marshal(v)
		if err != nil {
			return 0, 0, err
		}
		plans, err := graph.Plans(c.planner, access.Viewer{}, op.Query, text)
		if err != nil {
			return 0, 0, err
		}
		n, err := c.profile(ctx, plans[0].Text, plans[0].Params)
		if err != nil {
			return 0, 0, err
		}
		ours += n
		var variables byhand.Variables
		if err := json.Unmarshal(text, &variables); err != nil {
			return 0, 0, err
		}
		statement, params, err := byhand.Statement(op.Name, variables)
		if err != nil {
			return 0, 0, err
		}
		if n, err = c.profile(ctx, statement, params); err != nil {
			return 0, 0, err
		}
		byHand += n
	}
	return ours / int64(len(pool)), byHand / int64(len(pool)), nil
}

func (c *counter) profile(ctx context.Context, text string, params map[string]any) (int64, error) {
	p, err := c.store.Profile(ctx, text, params)
	if err != nil {
		return 0, err
	}
	return hitsOf(p.Root), nil
}

func hitsOf(o *store.Operator) int64 {
	n := o.Hits
	for _, below := range o.Of {
		n += hitsOf(below)
	}
	return n
}
