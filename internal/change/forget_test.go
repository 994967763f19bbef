package change_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/change"
)

// TestForget: what is older than is kept is forgotten from its beginning on, with all that leads to it; the end of the feed
// stays.
func TestForget(t *testing.T) {
	d := openDesk(t)
	day := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)
	many := func(n int) {
		d.do(func(_ context.Context, tx *change.Tx) error {
			for i := range n {
				if _, err := tx.Create("Place", map[string]any{"name": fmt.Sprintf("Place %d", i)}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	d.writer.Now = func() time.Time { return day }
	many(1200)
	d.writer.Now = func() time.Time { return day.AddDate(0, 0, 10) }
	many(100)
	forget := func(k change.Kept) {
		t.Helper()
		if err := d.writer.Forget(d.ctx, k); err != nil {
			t.Fatal(err)
		}
	}
	forget(change.Kept{})
	d.is("MATCH (f:FeedEntry) RETURN [min(f.seq), max(f.seq), count(f)]", `[[1,1300,1300]]`)
	forget(change.Kept{Feed: 11 * 24 * time.Hour, Audit: 11 * 24 * time.Hour})
	d.is("MATCH (f:FeedEntry) RETURN [min(f.seq), max(f.seq), count(f)]", `[[1,1300,1300]]`)
	forget(change.Kept{Feed: 24 * time.Hour})
	d.is("MATCH (f:FeedEntry) RETURN [min(f.seq), max(f.seq), count(f)]", `[[301,1300,1000]]`)
	d.is("MATCH (a:Audit) RETURN count(a)", `[2]`)
	forget(change.Kept{Audit: 24 * time.Hour})
	d.is("MATCH (a:Audit) RETURN count(a)", `[1]`)
	d.is("MATCH (o:AuditOf) RETURN [count(o), min(o.seq)]", `[[100,1300]]`)
}
