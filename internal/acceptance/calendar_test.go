package acceptance

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/office"
)

// on is an office that is open on a day.
func (r *running) on(day network.Day) *office.Office {
	w := change.NewWriter(r.m, r.store)
	w.Now = func() time.Time { return day.Add(time.Hour) }
	return office.New(w, r.store)
}

// approved brings a complete registration to where the parties have approved it, and gives its id.
func (r *running) approved(content string) string {
	r.Helper()
	made := r.as(hostOffice).did("Create", `{content: `+content+`}`)
	id := made.PracticeBase.ID
	at := func(a registered) string { return fmt.Sprintf(`{id: %q, version: %d}`, id, a.Registration.Version) }
	done := r.did("Submit", at(made))
	done = r.as(reviewer).did("StartReview", at(done))
	done = r.did("Approve", at(done))
	byHash := fmt.Sprintf(`{id: %q, hash: %q}`, id, done.Registration.ContentHash)
	r.as(hostOffice).did("PartyApprove", byHash)
	r.as(universityOffice).did("PartyApprove", byHash)
	return id
}

// Followers are told 90, 30 and 7 days before an agreement and an insurance end, each once, whichever instances run; on the
// day the base expires, once.
func TestTheCalendarTellsAndExpires(t *testing.T) {
	r := serveDocuments(t)
	id := r.approved(complete)
	ctx := context.Background()
	ends := network.NewDay(2029, 2, 1)
	told := func() (all [][3]any) {
		rows, err := r.store.Rows(ctx, `MATCH (f:FeedEntry {kind: 'ENDING'}) RETURN f.id AS id, f.what AS what, f.days AS days ORDER BY f.seq`, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			all = append(all, [3]any{row["id"] == id, row["what"], row["days"]})
		}
		return all
	}
	for _, days := range []int{100, 90, 60, 30, 20, 7, 1} {
		var both sync.WaitGroup // two instances at once, and each twice
		for range 2 {
			both.Go(func() {
				for range 2 {
					if _, err := r.on(network.Day{Time: ends.AddDate(0, 0, -days)}).Calendar(ctx); err != nil {
						t.Error(err)
					}
				}
			})
		}
		both.Wait()
	}
	var mine, other int
	for _, entry := range told() {
		if entry[0] == true || entry[1] == "AGREEMENT" {
			mine++
		} else {
			other++
		}
	}
	if mine != 6 || other != 0 {
		t.Errorf("told %v", told())
	}
	status := func() string {
		var out struct{ PracticeBase struct{ Status string } }
		r.as("admin").ask(fmt.Sprintf(`{ practiceBase(id: %q) { status } }`, id), &out)
		return out.PracticeBase.Status
	}
	if got := status(); got != "ACTIVE" {
		t.Fatalf("it is %s before its agreement ends", got)
	}
	for range 3 {
		if _, err := r.on(ends).Calendar(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if got := status(); got != "EXPIRED" {
		t.Errorf("it is %s when its agreement has ended", got)
	}
	rows, err := r.store.Rows(ctx, `MATCH (f:FeedEntry {kind: 'STATE', state: 'EXPIRED'}) RETURN f.id AS id`, nil)
	if err != nil || len(rows) != 1 {
		t.Errorf("it is told %d times that it expired (%v)", len(rows), err)
	}
}
