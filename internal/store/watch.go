package store

import (
	"context"
	"sync"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/partnergraph/partnergraph/internal/network"
)

// The database is asked for a sign of life every beat. It is away when none has come for the time of silence: a
// statement alone can't tell a database that is frozen from one that is busy with it.
const (
	beat    = 500 * time.Millisecond
	silence = 2 * time.Second
)

// watch knows whether the database lives. It has connections of its own, since those of the statements may all be busy.
type watch struct {
	driver   neo4j.DriverWithContext
	database string
	end      context.CancelFunc
	ended    chan struct{}

	told func(alive bool, after time.Duration)

	mu    sync.Mutex
	heard time.Time
	alive context.Context // ends when the database falls silent
	lose  context.CancelFunc
}

// Watch begins to watch the database until the store is closed. From then on a read on a database that has fallen
// silent ends at once, with UNAVAILABLE. Told hears when the database goes away and when it is back: once each, with the
// time since its last sign of life.
func (s *Store) Watch(told func(alive bool, after time.Duration)) error {
	driver, err := connect(s.config, int(silence/beat)+1)
	if err != nil {
		return err
	}
	ctx, end := context.WithCancel(context.Background())
	w := &watch{driver: driver, database: s.config.Database, end: end, ended: make(chan struct{}), told: told}
	w.hear()
	go w.run(ctx)
	s.watch = w
	return nil
}

// Alive tells whether the database has given a sign of life of late; it doesn't wait for one. It is for a store that is
// watched.
func (s *Store) Alive() error {
	if s.watch.silent() {
		return network.Errorf(network.Unavailable, unreachable)
	}
	return nil
}

func (w *watch) run(ctx context.Context) {
	defer close(w.ended)
	var asking sync.WaitGroup
	defer asking.Wait()
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			// Nobody waits for an answer before the next question: the way may be open again for that one first.
			asking.Go(func() {
				if w.ask(ctx) == nil {
					w.hear()
				} else {
					w.miss()
				}
			})
		}
	}
}

func (w *watch) ask(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	session := w.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, DatabaseName: w.database})
	defer closeSession(ctx, session)
	result, err := session.Run(ctx, "RETURN 1", nil, neo4j.WithTxTimeout(silence))
	if err == nil {
		_, err = result.Consume(ctx)
	}
	return err
}

// hear notes a sign of life.
func (w *watch) hear() {
	w.mu.Lock()
	first, after := w.alive == nil, time.Since(w.heard)
	back := !first && w.alive.Err() != nil
	if first || back {
		w.alive, w.lose = context.WithCancel(context.Background())
	}
	w.heard = time.Now()
	w.mu.Unlock()
	if back {
		w.told(true, after)
	}
}

// miss notes that no sign came, and ends what waits for a database that has fallen silent.
func (w *watch) miss() {
	w.mu.Lock()
	after := time.Since(w.heard)
	away := after > silence && w.alive.Err() == nil
	if away {
		w.lose()
	}
	w.mu.Unlock()
	if away {
		w.told(false, after)
	}
}

// life ends when the database falls silent; never when nobody watches.
func (w *watch) life() context.Context {
	if w == nil {
		return context.Background()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.alive
}

// silent tells whether the database is known to be away.
func (w *watch) silent() bool { return w.life().Err() != nil }

func (w *watch) stop(ctx context.Context) {
	w.end()
	<-w.ended
	_ = w.driver.Close(ctx)
}
