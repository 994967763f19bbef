package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/bookmark"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/internal/waytest"
)

const makeOne = "CREATE (n:Node {id: $p.id}) RETURN n.id AS id, ['a', null, 1] AS mixed, date('2026-11-21') AS day"

// TestTransact: what the work does is stored whole, or not at all when it gives an error, which comes back as it is.
func TestTransact(t *testing.T) {
	s := dbtest.Open(t)
	ctx := bookmark.With(ctx, bookmark.Bookmark{})
	err := s.Transact(ctx, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.Run(ctx, makeOne, map[string]any{"p": map[string]any{"id": "loc_a"}})
		if err != nil || len(rows) != 1 || rows[0]["id"] != "loc_a" || rows[0]["day"] != network.NewDay(2026, 11, 21) || len(rows[0]["mixed"].([]any)) != 3 {
			t.Errorf("%v, %v", rows, err)
		}
		rows, err = tx.Run(ctx, "MATCH (n:Node) RETURN n.id AS id", nil)
		if err != nil || len(rows) != 1 {
			t.Errorf("it doesn't see what it wrote: %v, %v", rows, err)
		}
		return err
	})
	if _, wrote := bookmark.Written(ctx); err != nil || !wrote {
		t.Errorf("%v; a bookmark: %t", err, wrote)
	}
	no := errors.New("no")
	err = s.Transact(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Run(ctx, makeOne, map[string]any{"p": map[string]any{"id": "loc_b"}})
		return errors.Join(err, no)
	})
	if !errors.Is(err, no) || errors.Is(err, store.ErrInDoubt) {
		t.Errorf("%v", err)
	}
	err = s.Transact(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, _ = tx.Run(ctx, "MATCH (n:Node {id: 'loc_a'}) SET n:Migration CREATE (:Node {id: 'loc_a'})", nil) // an id is taken
		return nil
	})
	if err == nil || errors.Is(err, store.ErrInDoubt) || !strings.Contains(err.Error(), "ConstraintValidationFailed") {
		t.Errorf("an error that the work swallows: %v", err)
	}
	if n, err := s.Read(ctx, "RETURN COUNT { MATCH (n:Node) } AS answer", nil); err != nil || n != int64(1) {
		t.Errorf("%v things, %v", n, err)
	}
}

// TestTransactIsDoneAgain as a whole when two wait for each other, and when a connection ends before the commit.
func TestTransactIsDoneAgain(t *testing.T) {
	s := dbtest.Open(t)
	if err := s.Run(ctx, "CREATE (:Node {id: 'loc_a', n: 0}), (:Node {id: 'loc_b', n: 0})", nil); err != nil {
		t.Fatal(err)
	}
	raise := func(ctx context.Context, tx *store.Tx, id string) error {
		_, err := tx.Run(ctx, "MATCH (n:Node {id: $p.id}) SET n.n = n.n + 1", map[string]any{"p": map[string]any{"id": id}})
		return err
	}
	runs := make(chan struct{}, 100)
	failed := make(chan error, 2)
	for _, order := range [][2]string{{"loc_a", "loc_b"}, {"loc_b", "loc_a"}} {
		go func() {
			failed <- s.Transact(ctx, func(ctx context.Context, tx *store.Tx) error {
				runs <- struct{}{}
				if err := raise(ctx, tx, order[0]); err != nil {
					return err
				}
				time.Sleep(200 * time.Millisecond)
				return raise(ctx, tx, order[1])
			})
		}()
	}
	if a, b := <-failed, <-failed; a != nil || b != nil || len(runs) < 3 {
		t.Errorf("%v, %v after %d runs", a, b, len(runs))
	}

	w := waytest.To(t, strings.TrimPrefix(dbtest.Config(t).URI, "bolt://"))
	c := dbtest.Config(t)
	c.URI = "bolt://" + w.Address()
	far, err := store.Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = far.Close(ctx) }()
	times := 0
	err = far.Transact(ctx, func(ctx context.Context, tx *store.Tx) error {
		if err := raise(ctx, tx, "loc_a"); err != nil {
			return err
		}
		if times++; times == 1 {
			w.Cut()
			w.Mend()
		}
		return raise(ctx, tx, "loc_b")
	})
	if err != nil || times != 2 {
		t.Errorf("%v after %d times", err, times)
	}
	if n, err := s.Read(ctx, "RETURN COLLECT { MATCH (n:Node) RETURN n.n } AS answer", nil); err != nil || n.([]any)[0] != int64(3) || n.([]any)[1] != int64(3) {
		t.Errorf("%v, %v", n, err)
	}
}

// TestInDoubt: a connection that ends while it commits leaves a doubt, and only then.
func TestInDoubt(t *testing.T) {
	s := dbtest.Open(t)
	w := waytest.To(t, strings.TrimPrefix(dbtest.Config(t).URI, "bolt://"))
	c := dbtest.Config(t)
	c.URI = "bolt://" + w.Address()
	far, err := store.Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = far.Close(ctx) }()
	cut := w.CutCommits(100)
	err = far.Transact(ctx, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Run(ctx, makeOne, map[string]any{"p": map[string]any{"id": "loc_a"}})
		return err
	})
	if there, e := s.Holds(ctx, "loc_a"); e != nil || err == nil && !there || err != nil && !errors.Is(err, store.ErrInDoubt) || cut() != 1 {
		t.Errorf("%v; there: %t, %v; %d cut", err, there, e, cut())
	}
	w.Cut()
	if err := far.Transact(ctx, func(context.Context, *store.Tx) error { return nil }); network.CodeOf(err) != network.Unavailable || errors.Is(err, store.ErrInDoubt) {
		t.Errorf("a database that is away: %v", err)
	}
}
