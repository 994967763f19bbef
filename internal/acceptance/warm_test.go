package acceptance

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/store"
)

// TestWarm: no office waits until the database has planned what its first change runs. What is asked of the answer is
// read by statements of its own, of which nobody knows the shape before.
func TestWarm(t *testing.T) {
	r := serveDocuments(t)
	ran := map[string]bool{}
	var mu sync.Mutex
	c := dbtest.Config(t)
	c.Ran = func(_ context.Context, text string, _ time.Time, _ error) {
		mu.Lock()
		defer mu.Unlock()
		ran[text] = true
	}
	ctx := context.Background()
	heard, err := store.Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = heard.Close(ctx) })
	before, err := r.store.Dump(ctx)
	if err != nil {
		t.Fatal(err)
	}
	r.store = heard
	if err := r.office().Warm(ctx); err != nil {
		t.Fatal(err)
	}
	after, err := r.store.Dump(ctx)
	if err != nil || len(after.Things) != len(before.Things) || len(after.Ties) != len(before.Ties) {
		t.Errorf("it changed the network, or %v", err)
	}
	warm := maps.Clone(ran)
	r.listen()
	r.approved(complete)
	r.as(universityOffice).ask(`mutation {
		studentEnrol(input: {enrolledAt: "uni_bohai-university", students: [{name: "Li Na", studentNumber: "1"}]}) { userErrors { code } }
		universityUpdate(input: {id: "uni_bohai-university", version: 1, website: "https://example.edu.cn"}) { userErrors { code } }
	}`, &struct{}{})
	r.as("admin").ask(`mutation { enterpriseCreate(input: {name: "Example Works"}) { userErrors { code } } }`, &struct{}{})
	for _, text := range slices.Sorted(maps.Keys(ran)) {
		if !warm[text] {
			t.Errorf("nobody planned\n%s", text)
		}
	}
}
