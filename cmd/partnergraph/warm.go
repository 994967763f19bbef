package main

import (
	"context"
	"time"

	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/office"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/web"
)

// readiness tells whether to send people here: the database lives, and has been warmed or given up on.
type readiness struct {
	store *store.Store
	warm  context.Context // ends when nobody waits for the warm-up any more
}

// warmUp begins to warm a database that has perhaps just started and plans its first statements slowly.
func warmUp(ctx context.Context, p *plan.Planner, s *store.Store, o *office.Office, shown []web.Example, patience time.Duration) *readiness {
	waiting, over := context.WithTimeout(ctx, patience)
	go func() {
		defer over()
		_ = o.Warm(ctx) // what fails here fails again where somebody asks
		runAll(ctx, p, s, shown)
	}()
	return &readiness{s, waiting}
}

// ready doesn't wait.
func (r *readiness) ready(context.Context) error {
	if err := r.store.Alive(); err != nil {
		return err
	}
	if r.warm.Err() == nil {
		return network.Errorf(network.Unavailable, "the database is warming up")
	}
	return nil
}

// runAll runs the examples once. What fails here fails again where somebody asks.
func runAll(ctx context.Context, p *plan.Planner, s *store.Store, shown []web.Example) {
	for _, e := range shown {
		plans, err := graph.Plans(p, access.Viewer{}, e.Query, e.Variables)
		if err != nil {
			return
		}
		for _, p := range plans {
			if _, err := s.Read(ctx, p.Text, p.Params); err != nil {
				return
			}
		}
	}
}
