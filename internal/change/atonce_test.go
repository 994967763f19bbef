package change_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/network"
)

// TestTwoAtOnce: of two who saw one version, the second gets a conflict that holds both versions.
func TestTwoAtOnce(t *testing.T) {
	d := openDesk(t)
	d.made()
	var meet, all sync.WaitGroup
	meet.Add(2)
	failed := make(chan error, 2)
	for i := range 2 {
		all.Go(func() {
			first := true
			_, err := d.writer.Do(d.ctx, request("practiceBaseUpdate", "", fmt.Sprint(i)), func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
				if first {
					first = false
					meet.Done()
					meet.Wait()
				}
				if _, err := tx.Lock(ctx, "bas_lab"); err != nil {
					return change.Answer{}, err
				}
				if err := tx.Expect("bas_lab", 1); err != nil {
					return change.Answer{}, err
				}
				return change.Answer{}, tx.Update("bas_lab", map[string]any{"summary": fmt.Sprint("by ", i)})
			})
			failed <- err
		})
	}
	all.Wait()
	a, b := <-failed, <-failed
	if a == nil {
		a, b = b, a
	}
	var conflict *change.VersionConflict
	if b != nil || !errors.As(a, &conflict) || *conflict != (change.VersionConflict{ID: "bas_lab", Expected: 1, Actual: 2}) || network.CodeOf(a) != network.Conflict {
		t.Errorf("%v and %v", a, b)
	}
	d.is("MATCH (n:PracticeBase) RETURN n.version", `[2]`)
}

// TestManyAtOnce: the numbers of what followers are told have no gaps, and come in the order of the commits: whoever
// looks sees none before those below it.
func TestManyAtOnce(t *testing.T) {
	d := openDesk(t)
	d.made()
	began := int64(8)
	const writers, each = 50, 4
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		for looks := 0; ; looks++ {
			select {
			case <-done:
				t.Logf("looked %d times", looks)
				return
			case <-time.After(5 * time.Millisecond):
			}
			for i, v := range d.read("MATCH (f:FeedEntry) WHERE f.seq > 8 WITH f ORDER BY f.seq RETURN f.seq").([]any) {
				if v != began+int64(i)+1 {
					t.Errorf("look %d: %v is the %d. entry", looks, v, i+1)
				}
			}
		}
	})
	var all sync.WaitGroup
	start := time.Now()
	for w := range writers {
		all.Go(func() {
			for i := range each {
				_, err := d.writer.Do(d.ctx, request("baseOpen", "", fmt.Sprint(w, i)), func(_ context.Context, tx *change.Tx) (change.Answer, error) {
					id, err := tx.Create("PracticeBase", map[string]any{"name": fmt.Sprintf("Base %d of %d", i, w)})
					if err != nil {
						return change.Answer{}, err
					}
					host, err := tx.Create("Enterprise", map[string]any{"name": "Host"}) // nothing is shared but the counter
					if err != nil {
						return change.Answer{}, err
					}
					_, err = tx.Begin(change.Tie{Type: "HOSTS", From: host, To: id})
					return change.Answer{}, err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	t.Logf("%d changes in %v, %d statements", writers*each, time.Since(start), d.ran.Load())
	close(done)
	watching.Wait()
	d.is("MATCH (f:FeedEntry) WHERE f.seq > 8 RETURN [count(f), min(f.seq), max(f.seq)]", `[[600,9,608]]`)
	d.is("MATCH (c:Counter) RETURN c.seq", `[608]`)
}

// TestCrossed: changes that lock the same two things in whatever order all come through, and none is lost.
func TestCrossed(t *testing.T) {
	d := openDesk(t)
	d.made()
	const writers = 16
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			_, err := d.writer.Do(d.ctx, request("crossed", "", fmt.Sprint(w)), func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
				order := []string{"uni_east", "ent_works"}
				if w%2 == 0 {
					slices.Reverse(order)
				}
				for _, id := range order {
					if _, err := tx.Lock(ctx, id); err != nil {
						return change.Answer{}, err
					}
					time.Sleep(5 * time.Millisecond)
				}
				for _, id := range order {
					if err := tx.Touch(id); err != nil {
						return change.Answer{}, err
					}
				}
				return change.Answer{}, nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	d.is("MATCH (n:University|Enterprise) RETURN n.version", fmt.Sprintf("[%d,%d]", 1+writers, 1+writers))
}
