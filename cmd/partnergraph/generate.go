package main

import (
	"context"
	"iter"
	"time"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/internal/synthetic"
)

type generateCmd struct {
	Database database `embed:""`

	Size synthetic.Size `required:"" enum:"DEMO,S,M,L" help:"About how many things: DEMO 3,000, S 30,000, M 300,000, L 3,000,000."`
	Seed uint64         `default:"1" help:"Another seed gives another network; the same one gives the same."`
}

func (c *generateCmd) Run(ctx context.Context) error {
	m, err := readMap()
	if err != nil {
		return err
	}
	s, err := c.Database.openToWrite(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	return generate(ctx, m, s.Store, c.Size, c.Seed)
}

// generate puts a made-up network in the place of the one that an earlier call made, whole or in part, and leaves all
// else alone.
func generate(ctx context.Context, m *graphmap.Map, s *store.Store, size synthetic.Size, seed uint64) error {
	deleted := 0
	for _, prefix := range synthetic.Prefixes(m) {
		n, err := s.DeleteSynthetic(ctx, prefix)
		if err != nil {
			return err
		}
		deleted += n
	}
	if deleted > 0 {
		say("Deleted the earlier made-up network: %d things.", deleted)
	}
	began := time.Now()
	things, ties := 0, 0
	counted := func(yield func(*network.Network) bool) {
		shown := began
		for part := range synthetic.Parts(m, size, seed) {
			if !yield(part) {
				return
			}
			things, ties = things+len(part.Things), ties+len(part.Ties)
			if time.Since(shown) > 5*time.Second {
				shown = time.Now()
				say("%d of about %d things …", things, size.Things())
			}
		}
	}
	if err := s.Load(ctx, iter.Seq[*network.Network](counted)); err != nil {
		return err
	}
	took := time.Since(began)
	say("Made up %d things and %d relationships in %s: %d a second.", things, ties, took.Round(100*time.Millisecond), int(float64(things+ties)/took.Seconds()))
	return nil
}
