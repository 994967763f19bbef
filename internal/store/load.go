package store

import (
	"context"
	_ "embed" // the statements
	"iter"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"golang.org/x/sync/errgroup"

	"github.com/partnergraph/partnergraph/internal/network"
)

//go:embed statements/load_things.cypher
var loadThingsText string

//go:embed statements/load_ties.cypher
var loadTiesText string

//go:embed statements/delete_synthetic.cypher
var deleteSyntheticText string

// ahead is how many parts of a load may wait for each next step.
const ahead = 1

// Load writes a network that the database doesn't hold, part by part; what is stored is what Write stores. The ties of a
// part may lead to the things of parts before. Each part is made while others are written, and its things are written
// while the ties of parts before are: two writers of ties would wait for each other at the things they share. A load
// that is cut off leaves what it has written.
func (s *Store) Load(ctx context.Context, parts iter.Seq[*network.Network]) error {
	now := time.Now().UTC()
	group, working := errgroup.WithContext(ctx)
	made, tied := make(chan *network.Network, ahead), make(chan *network.Network, ahead)
	group.Go(func() error {
		defer close(made)
		for part := range parts {
			if err := hand(working, made, part); err != nil {
				return err
			}
		}
		return nil
	})
	group.Go(func() error {
		defer close(tied)
		for part := range made {
			byLabels := map[string][]any{}
			for _, t := range part.Things {
				labels := strings.Join(t.Labels, " ")
				byLabels[labels] = append(byLabels[labels], t.Properties)
			}
			err := s.loadRows(working, byLabels, now, func(labels string) string {
				return strings.Replace(loadThingsText, "n:LABELS", "n:"+quoted(strings.Fields(labels)), 1)
			})
			if err != nil {
				return err
			}
			if err := hand(working, tied, part); err != nil {
				return err
			}
		}
		return nil
	})
	group.Go(func() error {
		for part := range tied {
			byType := map[string][]any{}
			for _, t := range part.Ties {
				byType[t.Type] = append(byType[t.Type], []any{t.From, t.To, t.Properties})
			}
			err := s.loadRows(working, byType, now, func(kind string) string {
				return strings.Replace(loadTiesText, "r:TYPE", "r:"+quoted([]string{kind}), 1)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		return err
	}
	if err := s.awaitSearch(ctx); err != nil {
		return err
	}
	// The database chooses among indexes by what it knows of them, which is what it knew before the load.
	return s.whole().Run(ctx, "CALL db.prepareForReplanning($seconds)", map[string]any{"seconds": 60})
}

func hand(ctx context.Context, to chan<- *network.Network, part *network.Network) error {
	select {
	case to <- part:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// loadRows writes the rows of a part in one transaction.
func (s *Store) loadRows(ctx context.Context, byKind map[string][]any, now time.Time, text func(kind string) string) error {
	return s.write(ctx, wholeTimeout, func(tx neo4j.ManagedTransaction) error {
		for kind, rows := range byKind {
			if err := runRows(ctx, tx, text(kind), rows, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// deletedAtOnce is how many things one transaction deletes; their relationships, of which there are more, take memory.
const deletedAtOnce = 1000

// DeleteSynthetic deletes the synthetic things whose ids begin with prefix, and their relationships, and tells how many
// things these were. One that is cut off leaves the rest.
func (s *Store) DeleteSynthetic(ctx context.Context, prefix string) (int, error) {
	total := 0
	for {
		var deleted int64
		err := s.write(ctx, wholeTimeout, func(tx neo4j.ManagedTransaction) error {
			result, err := tx.Run(ctx, deleteSyntheticText, map[string]any{"prefix": prefix, "most": deletedAtOnce})
			if err != nil {
				return err
			}
			record, err := result.Single(ctx)
			if err == nil {
				deleted = record.Values[0].(int64)
			}
			return err
		})
		total += int(deleted)
		if err != nil || deleted == 0 {
			return total, err
		}
	}
}
