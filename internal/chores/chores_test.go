package chores_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/chores"
	"github.com/partnergraph/partnergraph/internal/dbtest"
)

// TestOnOneInstance: however many instances look for it, a chore is done once each time it is due, and again after it failed.
func TestOnOneInstance(t *testing.T) {
	s := dbtest.Open(t)
	ctx, stop := context.WithCancel(context.Background())
	var often, once, told atomic.Int64
	all := []chores.Chore{
		{Name: "often", Every: 500 * time.Millisecond, Do: func(context.Context) error {
			often.Add(1)
			return errors.New("it fails")
		}},
		{Name: "once", Every: time.Hour, Do: func(context.Context) error {
			once.Add(1)
			return nil
		}},
	}
	var instances sync.WaitGroup
	began := time.Now()
	for range 4 {
		instances.Go(func() {
			chores.Run(ctx, s, 40*time.Millisecond, func(string, error) { told.Add(1) }, all...)
		})
	}
	time.Sleep(3 * time.Second)
	stop()
	instances.Wait()
	most := int64(time.Since(began)/(500*time.Millisecond)) + 1
	if n := often.Load(); n < 3 || n > most || told.Load() != n {
		t.Errorf("what is due every half second was done %d times, at most %d expected, and failed %d times", n, most, told.Load())
	}
	if n := once.Load(); n != 1 {
		t.Errorf("what is due once was done %d times", n)
	}
}
