// Package chores does what is to be done now and then beside all requests, each chore on one of all instances: on whichever
// comes first. The clock is the database's.
package chores

import (
	"context"
	_ "embed" // the statements
	"math/rand/v2"
	"time"

	"github.com/partnergraph/partnergraph/internal/store"
)

//go:embed statements/due.cypher
var dueText string

//go:embed statements/take.cypher
var takeText string

// Database says which chores are due; *store.Store is one.
type Database interface {
	Rows(ctx context.Context, text string, params map[string]any) ([]store.Row, error)
	Transact(ctx context.Context, work func(context.Context, *store.Tx) error) error
}

// Chore is something to be done now and then. What fails, or ends with its instance, is done the next time, so it goes on
// where it was; it is cut off when it is due again.
type Chore struct {
	Name  string
	Every time.Duration
	Do    func(context.Context) error
}

// Run does chores until ctx ends. It looks for them that often, and tells of those that fail.
func Run(ctx context.Context, d Database, look time.Duration, failed func(chore string, err error), all ...Chore) {
	for {
		due, err := due(ctx, d, all)
		if err != nil && ctx.Err() == nil {
			failed("to look for chores", err)
		}
		for _, c := range due {
			if err := c.once(ctx, d); err != nil && ctx.Err() == nil {
				failed(c.Name, err)
			}
		}
		timer := time.NewTimer(look + rand.N(look/4+1)) // not all instances at the same moment
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
	}
}

func due(ctx context.Context, d Database, all []Chore) (out []Chore, err error) {
	byName := map[string]Chore{}
	var names []string
	for _, c := range all {
		byName[c.Name], names = c, append(names, c.Name)
	}
	rows, err := d.Rows(ctx, dueText, map[string]any{"p": map[string]any{"names": names}})
	for _, r := range rows {
		out = append(out, byName[r["name"].(string)])
	}
	return out, err
}

// once does the chore, unless another instance has taken it.
func (c Chore) once(ctx context.Context, d Database) error {
	taken := false
	err := d.Transact(ctx, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.Run(ctx, takeText, map[string]any{"p": map[string]any{"name": c.Name, "next": c.Every.Milliseconds()}})
		taken = len(rows) > 0
		return err
	})
	if err != nil || !taken {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, c.Every)
	defer cancel()
	return c.Do(ctx)
}
