package store

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// slots bound how many statements run at a time. The driver's pool has as many connections, so that nobody waits in it,
// where a wait for a free connection can't be told from one for a database that doesn't answer.
type slots struct {
	taken   chan struct{}
	waiting atomic.Int64
}

// take waits for a slot, in the order of asking.
func (s *slots) take(ctx context.Context, wait time.Duration) error {
	select {
	case s.taken <- struct{}{}:
		return nil
	default:
	}
	s.waiting.Add(1)
	defer s.waiting.Add(-1)
	timer := time.NewTimer(wait)
	defer timer.Stop()
	var cause error
	select {
	case s.taken <- struct{}{}:
		return nil
	case <-timer.C:
	case <-ctx.Done():
		cause = ctx.Err()
	}
	return &network.Error{Code: network.Unavailable, Message: "the database is busy: try again in a moment", Cause: cause}
}

func (s *slots) free() { <-s.taken }

// Running is how many statements run, each on a connection.
func (s *Store) Running() int { return len(s.slots.taken) }

// Waiting is how many statements wait for a connection.
func (s *Store) Waiting() int { return int(s.slots.waiting.Load()) }
