package main

import (
	"context"
	"iter"
	"os"
	"runtime/debug"
	"time"

	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/bulk"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/localneo4j"
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
	m, err := graph.Contract()
	if err != nil {
		return err
	}
	if c.Database.URI == "" && localneo4j.Fresh(c.Database.Store) {
		return c.fill(ctx, m)
	}
	s, err := c.Database.openToWrite(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	return generate(ctx, m, s.Store, c.Size, c.Seed)
}

// fill makes the network while no server runs, which costs less, and then has the database index it.
func (c *generateCmd) fill(ctx context.Context, m *graphmap.Map) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300) // little of what is made is alive for long
	}
	made := newMaking(m, c.Size, c.Seed)
	o := localneo4j.Options{Home: c.Database.Store, Log: func(text string) { say("%s", text) }}
	err := localneo4j.Import(ctx, o, func(dir string) ([]string, error) { return bulk.Write(ctx, dir, made.parts) })
	if err != nil {
		return err
	}
	c.Database.brief = true
	s, err := c.Database.openFor(ctx, false, func(ctx context.Context, s *store.Store) error {
		_, err := s.MigrateFilled(ctx)
		return err
	})
	if err != nil {
		return err
	}
	defer s.close()
	made.done()
	return nil
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
	made := newMaking(m, size, seed)
	if err := s.Load(ctx, made.parts); err != nil {
		return err
	}
	made.done()
	return nil
}

// making counts what is being made up.
type making struct {
	source       iter.Seq[*network.Network]
	about        int // things
	began        time.Time
	things, ties int
}

func newMaking(m *graphmap.Map, size synthetic.Size, seed uint64) *making {
	return &making{source: synthetic.Parts(m, size, seed), about: size.Things(), began: time.Now()}
}

// parts are the parts of the network, counted, with a word now and then.
func (k *making) parts(yield func(*network.Network) bool) {
	shown := k.began
	for part := range k.source {
		if !yield(part) {
			return
		}
		k.things, k.ties = k.things+len(part.Things), k.ties+len(part.Ties)
		if time.Since(shown) > 5*time.Second {
			shown = time.Now()
			say("%d of about %d things …", k.things, k.about)
		}
	}
}

// done says what was made.
func (k *making) done() {
	took := time.Since(k.began)
	say("Made up %d things and %d relationships in %s: %d a second.", k.things, k.ties, took.Round(100*time.Millisecond), int(float64(k.things+k.ties)/took.Seconds()))
}
