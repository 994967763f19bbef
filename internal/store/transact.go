package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/partnergraph/partnergraph/internal/bookmark"
)

// ErrInDoubt is in the chain of an error when nobody knows whether a transaction was committed. Any other error of
// Transact means that it was not.
var ErrInDoubt = errors.New("the outcome of the commit is not known")

// Row is a record: its values by the names of its columns.
type Row = map[string]any

// Tx is a transaction that writes. It ends with the work that it was given to.
type Tx struct {
	store  *Store
	tx     neo4j.ExplicitTransaction
	failed error // what the database answered, or that it didn't; nothing more can be run then
}

// Run runs a statement and gives its records. It sees what the transaction has written before.
func (t *Tx) Run(ctx context.Context, text string, params map[string]any) (_ []Row, err error) {
	if t.store.config.OnStatement != nil {
		t.store.config.OnStatement(text)
	}
	began := time.Now()
	defer func() { t.store.config.ran(ctx, text, began, err) }()
	result, err := t.tx.Run(ctx, text, parameters(params))
	if err != nil {
		t.failed = err
		return nil, err
	}
	var out []Row
	for result.Next(ctx) {
		out = append(out, value(result.Record().AsMap()).(map[string]any))
	}
	t.failed = result.Err()
	return out, t.failed
}

// Transact runs work in one transaction on a member that takes writes, and commits it when work gives no error. What
// failed for a reason that passes, such as a deadlock, is done again as a whole until ctx ends, so work may run several
// times; an error of its own ends it, and comes back as it is. What the request reads from then on sees what was
// written.
func (s *Store) Transact(ctx context.Context, work func(context.Context, *Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	for try, cut := 1, 0; ; try++ {
		err := s.transactOnce(ctx, work)
		var refused refusal
		switch {
		case err == nil:
			return nil
		case errors.As(err, &refused):
			return refused.error
		case errors.Is(err, ErrInDoubt):
			return fmt.Errorf("%w: %w", ErrInDoubt, s.explain(ctx, err))
		case lost(err):
			cut++
		}
		if cut == tries || !s.again(ctx, err) {
			return s.explain(ctx, err)
		}
		if !pause(ctx, min(try, tries)) {
			return s.explain(context.WithoutCancel(ctx), err)
		}
	}
}

// refusal is an error of the work itself.
type refusal struct{ error }

// transactOnce is one try of Transact. It ends when the database falls silent.
func (s *Store) transactOnce(ctx context.Context, work func(context.Context, *Tx) error) (err error) {
	if err := s.slots.take(ctx, s.config.Wait); err != nil {
		return err
	}
	defer s.slots.free()
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	life := s.watch.life()
	defer context.AfterFunc(life, cancel)()
	defer func() {
		if err != nil && life.Err() != nil {
			err = errors.Join(errSilent, err)
		}
	}()
	session := s.session(within, neo4j.AccessModeWrite)
	defer closeSession(within, session) // which rolls back what is not committed
	deadline, _ := within.Deadline()
	tx, err := session.BeginTransaction(within, neo4j.WithTxTimeout(max(time.Until(deadline), time.Millisecond)))
	if err != nil {
		return err
	}
	own := &Tx{store: s, tx: tx}
	switch err := work(within, own); {
	case own.failed != nil:
		return own.failed
	case err != nil:
		return refusal{err}
	}
	if err := tx.Commit(within); err != nil {
		return inDoubt(err)
	}
	bookmark.Wrote(ctx, bookmark.Of(neo4j.BookmarksToRawValues(session.LastBookmarks())))
	return nil
}

// inDoubt marks an error of a commit unless it means for sure that nothing was committed: the database itself refused,
// and not because its members didn't agree in time.
func inDoubt(err error) error {
	var db *neo4j.Neo4jError
	if neo4j.IsUsageError(err) || errors.As(err, &db) && (db.Classification() == "ClientError" || db.Classification() == "TransientError" && db.Category() == "Transaction") {
		return err
	}
	return errors.Join(ErrInDoubt, err)
}
