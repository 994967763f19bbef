package acceptance

import (
	"context"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/bookmark"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
)

// TestEveryConnectionIsBusy: one more statement is refused in time, small ones go on as long as there is one connection
// left for them, and the server stays ready.
func TestEveryConnectionIsBusy(t *testing.T) {
	here := dbtest.Open(t)
	const wait = 200 * time.Millisecond
	s := through(t, toDatabase(t), func(c *store.Config) { c.Connections, c.Wait = 4, wait })
	waiting, release := context.WithCancel(bookmark.With(t.Context(), forged(t, written(t, here), false)))
	ended := make(chan struct{}, 4)
	occupy := func() { // a connection, and no processor: it waits for what never comes
		go func() {
			_, _ = s.Read(waiting, "RETURN 1 AS answer", nil)
			ended <- struct{}{}
		}()
	}
	small := func() (time.Duration, error) {
		began := time.Now()
		err := s.Ping(t.Context())
		return time.Since(began), err
	}
	for range 3 {
		occupy()
	}
	time.Sleep(100 * time.Millisecond)
	for range 50 {
		if took, err := small(); err != nil || took > wait {
			t.Fatalf("a small statement beside three that wait: %v after %v", err, took)
		}
	}
	occupy()
	time.Sleep(100 * time.Millisecond)
	for range 5 {
		took, err := small()
		if network.CodeOf(err) != network.Unavailable || took < wait || took > wait+busy {
			t.Errorf("a small statement beside four that wait: %v after %v", err, took)
		}
	}
	time.Sleep(noticed)
	if err := s.Alive(); err != nil {
		t.Errorf("a database that is busy is not away: %v", err)
	}
	release()
	for range cap(ended) {
		<-ended
	}
	if took, err := small(); err != nil || took > back {
		t.Errorf("with all of them free: %v after %v", err, took)
	}
}
