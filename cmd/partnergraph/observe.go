package main

import (
	"context"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/server"
)

// seen are the settings of what an operator sees of a server.
type seen struct {
	Slow    time.Duration `default:"1s" help:"From when on the log tells the plan and the statements of an operation; never if 0."`
	Metrics string        `help:"Address to show metrics on, for Prometheus, such as 127.0.0.1:9090; none if absent. Whoever reaches it can read them."`
}

// Validate is called by kong.
func (c *seen) Validate() error {
	if c.Slow < 0 {
		return network.Errorf(network.BadUserInput, "--slow: must not be less than 0")
	}
	return nil
}

// metrics are nil unless somebody wants them.
func (c *seen) metrics(s *store.Store, reads *graph.Reads, connections int) *observe.Metrics {
	if c.Metrics == "" {
		return nil
	}
	m := observe.NewMetrics()
	m.Gauge("statements_running", "Statements that run at the moment, of any purpose.", func() float64 { return float64(s.Running()) })
	m.Gauge("statements_waiting", "Statements that wait for a connection.", func() float64 { return float64(s.Waiting()) })
	m.Gauge("statements_limit", "Statements that may run at a time (--connections).", func() float64 { return float64(connections) })
	m.Gauge("database_alive", "1 if the database has given a sign of life of late, else 0.", func() float64 {
		if s.Alive() != nil {
			return 0
		}
		return 1
	})
	m.Gauge("plan_cache_entries", "Shapes of root fields whose plans are kept.", func() float64 { return float64(reads.Cached()) })
	return m
}

// show shows the metrics until ctx ends.
func (c *seen) show(ctx context.Context, all *errgroup.Group, m *observe.Metrics, hosts []string) {
	if m == nil {
		return
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.Handler())
	all.Go(func() error {
		return server.Serve(ctx, c.Metrics, server.Named(hosts, nil, mux), 0, func(at net.Addr) { say("Metrics are at http://%s/metrics", at) })
	})
}
