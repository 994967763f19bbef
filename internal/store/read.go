package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/partnergraph/partnergraph/internal/network"
)

// overdue is how much later than it should the database may end a statement: it looks for such every 2 seconds.
const overdue = 2500 * time.Millisecond

// tries is how often a read is tried in all.
const tries = 3

// Read runs a statement that reads, and gives the one value of its first record; nil when there is none. It runs
// outside a managed transaction, which would cost two more round trips, on a reader where there are several servers;
// what may go well a moment later is tried again until ctx ends. It sees what the request's bookmark is of. A parameter
// `p.name` is what the text calls $p.name.
func (s *Store) Read(ctx context.Context, text string, params map[string]any) (any, error) {
	records, err := s.records(ctx, text, params)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	return records[0].Values[0], nil
}

// Rows is Read for all records of a statement, whose values come by their names and in our types.
func (s *Store) Rows(ctx context.Context, text string, params map[string]any) ([]Row, error) {
	began := time.Now()
	records, err := s.records(ctx, text, params)
	s.config.ran(ctx, text, began, err)
	if err != nil {
		return nil, err
	}
	out := make([]Row, len(records))
	for i, r := range records {
		out[i] = value(r.AsMap()).(map[string]any)
	}
	return out, nil
}

func (s *Store) records(ctx context.Context, text string, params map[string]any) ([]*neo4j.Record, error) {
	if _, bounded := ctx.Deadline(); !bounded {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.config.Timeout+overdue)
		defer cancel()
	}
	if s.config.OnStatement != nil {
		s.config.OnStatement(text)
	}
	params = parameters(params)
	for try := 1; ; try++ {
		v, err := s.readOnce(ctx, text, params)
		if err == nil {
			return v, nil
		}
		if try == tries || !s.again(ctx, err) {
			return nil, s.explain(ctx, err)
		}
		if !pause(ctx, try) { // the time is up, but that is not what went wrong
			return nil, s.explain(context.WithoutCancel(ctx), err)
		}
	}
}

// What ends a read before the request does: the database has fallen silent, or this member has for longer than a
// statement may take.
var (
	errSilent  = errors.New("the database gives no sign of life")
	errOverdue = errors.New("no answer for longer than a statement may take")
)

// readOnce tries a read on one member. It takes no longer than the member may, nor than the database is known to live.
func (s *Store) readOnce(ctx context.Context, text string, params map[string]any) ([]*neo4j.Record, error) {
	if err := s.slots.take(ctx, s.config.Wait); err != nil {
		return nil, err
	}
	defer s.slots.free()
	limit := s.config.Timeout
	if deadline, ok := ctx.Deadline(); ok {
		limit = max(min(limit, time.Until(deadline)), time.Millisecond) // to the driver, 0 is without a limit
	}
	within, cancel := context.WithTimeout(ctx, limit+overdue)
	defer cancel()
	life := s.watch.life()
	defer context.AfterFunc(life, cancel)()
	v, err := s.run(within, text, params, limit)
	switch {
	case err == nil:
	case life.Err() != nil:
		err = errors.Join(errSilent, err)
	case within.Err() != nil && ctx.Err() == nil:
		err = errors.Join(errOverdue, err)
	}
	return v, err
}

func (s *Store) run(ctx context.Context, text string, params map[string]any, limit time.Duration) ([]*neo4j.Record, error) {
	session := s.session(ctx, neo4j.AccessModeRead)
	defer closeSession(ctx, session)
	result, err := session.Run(ctx, text, params, neo4j.WithTxTimeout(limit))
	if err != nil {
		return nil, err
	}
	var out []*neo4j.Record
	for result.Next(ctx) {
		out = append(out, result.Record())
	}
	return out, result.Err()
}

// again tells whether a read that failed may go well a moment later.
func (s *Store) again(ctx context.Context, err error) bool {
	var refused *network.Error
	switch {
	case ctx.Err() != nil || errors.Is(err, errSilent) || errors.As(err, &refused):
		return false
	case errors.Is(err, errOverdue):
		return s.config.routed() // another member may be well
	}
	return neo4j.IsRetryable(err) || lost(err) || vanished(err) || overtaken(err)
}

// vanished tells that a statement met what another transaction has just deleted.
func vanished(err error) bool {
	var db *neo4j.Neo4jError
	return errors.As(err, &db) && db.Title() == "EntityNotFound"
}

// overtaken tells that the database gave up planning a statement because indexes came online meanwhile, one after the
// other, as they do after a migration. Nothing was run. The database has no code of its own for it.
func overtaken(err error) bool {
	var db *neo4j.Neo4jError
	return errors.As(err, &db) && db.Classification() == "DatabaseError" && strings.Contains(db.Msg, "frequent schema changes")
}

// pause waits a little longer each time, with jitter; false when ctx ends first.
func pause(ctx context.Context, try int) bool {
	timer := time.NewTimer(time.Duration(25<<try)*time.Millisecond + rand.N(50*time.Millisecond))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
