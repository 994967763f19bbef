package change_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/internal/waytest"
)

var cuts = flag.Int("change.cuts", 200, "how many commits to cut")

// far opens the test database at the end of a way that can be cut.
func (d *desk) far() (*waytest.Way, *store.Store) {
	d.Helper()
	c := dbtest.Config(d.T)
	w := waytest.To(d.T, strings.TrimPrefix(c.URI, "bolt://"))
	c.URI, c.Timeout = "bolt://"+w.Address(), 10*time.Second
	far, err := store.Open(d.ctx, c)
	if err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() { _ = far.Close(context.Background()) })
	return w, far
}

// TestUnknown: a client that gave no key is told one by which it settles whether its change was made.
func TestUnknown(t *testing.T) {
	d := openDesk(t)
	w, far := d.far()
	w.CutCommits(100)
	one := func(writer *change.Writer, key string, patience time.Duration) error {
		ctx, cancel := context.WithTimeout(d.ctx, patience)
		defer cancel()
		_, err := writer.Do(ctx, request("placeCreate", key, "{}"), func(_ context.Context, tx *change.Tx) (change.Answer, error) {
			_, err := tx.Create("Place", map[string]any{"name": "x"})
			return change.Answer{}, err
		})
		return err
	}
	if err := one(d.writer, "", time.Minute); err != nil { // plans the statements
		t.Fatal(err)
	}
	done := 1
	var told *network.Error
	// Patience is short, so that the writer can't settle it by itself, and now and then longer: a database that plans the
	// statement again begins anew when that is cut off.
	began := time.Now()
	for try := 0; told == nil || told.Code != network.CommitUnknown; try++ {
		err := one(change.NewWriter(d.m, far), "", 100*time.Millisecond<<(try%5))
		switch {
		case time.Since(began) > 5*time.Minute:
			t.Fatalf("no commit was cut so that nobody knew of it; the last try: %v", err)
		case err == nil: // the answer came before the cut
			done++
		case !errors.As(err, &told):
			t.Fatal(err)
		}
	}
	_, key, _ := strings.Cut(told.Message, `"`)
	key, _, _ = strings.Cut(key, `"`)
	for range 2 {
		if err := one(d.writer, key, time.Minute); err != nil {
			t.Error(err)
		}
	}
	d.is("MATCH (p:Place) RETURN count(p)", fmt.Sprintf("[%d]", done+1))
}

// TestCutCommits: connections are cut while they commit. What was acknowledged is there, whole, and once; what was refused
// is not there; what nobody knows about is there whole or not at all, and its key tells which.
func TestCutCommits(t *testing.T) {
	d := openDesk(t)
	const writers = 8
	d.do(func(_ context.Context, tx *change.Tx) error {
		for w := range writers {
			if _, err := tx.Create("Metric", map[string]any{"id": fmt.Sprint("met_", w), "name": "changes", "value": 0.0}); err != nil {
				return err
			}
		}
		return nil
	})
	began := d.read("MATCH (c:Counter) RETURN c.seq").([]any)[0].(int64)

	w, far := d.far()
	cut := w.CutCommits(60)
	writer := change.NewWriter(d.m, far)

	// count is what a change does: it counts, and makes a thing with a tie to what it counts at.
	count := func(ctx context.Context, writer *change.Writer, metric, key string) (change.Answer, error) {
		return writer.Do(ctx, request("count", key, key), func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
			at, err := tx.Lock(ctx, metric)
			if err != nil {
				return change.Answer{}, err
			}
			if err := tx.Update(metric, map[string]any{"value": at[metric].Properties["value"].(float64) + 1}); err != nil {
				return change.Answer{}, err
			}
			place, err := tx.Create("Place", map[string]any{"name": key})
			if err != nil {
				return change.Answer{}, err
			}
			_, err = tx.Begin(change.Tie{Type: "MEASURES", From: metric, To: place})
			return change.Answer{Values: map[string]any{"place": place}}, err
		})
	}
	var all sync.WaitGroup
	var settled, unknown, refused atomic.Int64
	fates := make([]map[string]network.Code, writers)
	start := time.Now()
	for i := range writers {
		fates[i] = map[string]network.Code{}
		all.Go(func() {
			for n := 0; cut() < *cuts; n++ {
				key := fmt.Sprintf("key-%d-%d", i, n)
				patience := 5 * time.Second
				if n%4 == 0 { // has no time to find out
					patience = 50*time.Millisecond + rand.N(300*time.Millisecond)
				}
				ctx, cancel := context.WithTimeout(d.ctx, patience)
				answer, err := count(ctx, writer, fmt.Sprint("met_", i), key)
				cancel()
				fates[i][key] = ""
				if answer.Repeated {
					settled.Add(1)
				}
				if err != nil {
					fates[i][key] = network.CodeOf(err)
				}
				switch fates[i][key] {
				case "":
				case network.CommitUnknown:
					unknown.Add(1)
				case network.Unavailable, network.Timeout:
					refused.Add(1)
				default:
					t.Errorf("%s: %v", key, err)
				}
			}
		})
	}
	all.Wait()
	t.Logf("%d commits cut in %v", cut(), time.Since(start))

	there := map[string]int{}
	for _, v := range d.read("MATCH (p:Place)<-[:MEASURES]-(m:Metric) RETURN p.name").([]any) {
		there[v.(string)]++
	}
	done := 0
	for i := range writers {
		whole := 0
		for key, fate := range fates[i] {
			n := there[key]
			switch {
			case fate == "" && n != 1:
				t.Errorf("%s was acknowledged, and is there %d times", key, n)
			case fate == network.CommitUnknown && n > 1:
				t.Errorf("%s is there %d times", key, n)
			case fate != "" && fate != network.CommitUnknown && n > 0:
				t.Errorf("%s was refused by %s, and is there", key, fate)
			}
			whole += n
		}
		d.is(fmt.Sprintf("MATCH (m:Metric {id: 'met_%d'}) RETURN [m.value, m.version]", i), fmt.Sprintf("[[%d,%d]]", whole, whole+1))
		done += whole
	}
	t.Logf("%d changes done, of which %d were found to be by a repetition; %d unknown to their client, %d refused", done, settled.Load(), unknown.Load(), refused.Load())
	d.is("MATCH (p:Place) RETURN count(p)", fmt.Sprintf("[%d]", done))
	d.is(fmt.Sprintf("MATCH (f:FeedEntry) WHERE f.seq > %d RETURN [count(f), max(f.seq)]", began), fmt.Sprintf("[[%d,%d]]", 3*done, began+int64(3*done)))
	d.is("MATCH (a:Audit {operation: 'count'}) RETURN [count(a), count(DISTINCT a.key)]", fmt.Sprintf("[[%d,%d]]", done, done))

	// The key settles it: after a repetition everything is there once.
	total := 0
	for i := range writers {
		for key := range fates[i] {
			total++
			if fates[i][key] == network.CommitUnknown || total%20 == 0 {
				if _, err := count(d.ctx, d.writer, fmt.Sprint("met_", i), key); err != nil {
					t.Errorf("%s repeated: %v", key, err)
				}
				d.is(fmt.Sprintf("MATCH (p:Place {name: %q}) RETURN count(p)", key), "[1]")
			}
		}
	}
}
