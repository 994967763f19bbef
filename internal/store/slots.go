package store

import (
	"context"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// slots bound how many statements run at a time. The driver's pool has as many connections, so that nobody waits in it,
// where a wait for a free connection can't be told from one for a database that doesn't answer.
type slots chan struct{}

// take waits for a slot, in the order of asking.
func (s slots) take(ctx context.Context, wait time.Duration) error {
	select {
	case s <- struct{}{}:
		return nil
	default:
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	var cause error
	select {
	case s <- struct{}{}:
		return nil
	case <-timer.C:
	case <-ctx.Done():
		cause = ctx.Err()
	}
	return &network.Error{Code: network.Unavailable, Message: "the database is busy: try again in a moment", Cause: cause}
}

func (s slots) free() { <-s }
