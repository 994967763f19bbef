package acceptance

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/change"
)

// another runs another server on the same database.
func (r *running) another() *running {
	r.Helper()
	out := &running{T: r.T, m: r.m, limits: r.limits, store: r.store, held: r.held, grace: r.grace}
	out.listen()
	return out
}

// made makes a university as an administrator, and gives its id.
func (r *running) made(name string) string {
	r.Helper()
	var out struct {
		UniversityCreate struct {
			University struct{ ID string }
			UserErrors []any
		}
	}
	r.as("admin").ask(fmt.Sprintf(`mutation { universityCreate(input: {name: %q}) { university { id } userErrors { message } } }`, name), &out)
	if out.UniversityCreate.University.ID == "" {
		r.Fatalf("making %s: %+v", name, out)
	}
	return out.UniversityCreate.University.ID
}

// A change is told on every instance within a second, with what is there of it; and after its cursor by any instance.
func TestFeedOnEveryInstance(t *testing.T) {
	one := serveDocuments(t)
	two := one.another()
	here, there := follow(t, one.url, "admin", `{ cursor kind type id node { id } audit { operation by } }`), follow(t, two.url, "public", `{ cursor kind type id node { id } audit { operation } }`)
	time.Sleep(300 * time.Millisecond)
	one.made("West University") // the database plans statements for the first time
	here.next(10 * time.Second)
	there.next(10 * time.Second)
	id := one.made("North University")
	began := time.Now()
	var cursor string
	for _, f := range []*following{here, there} {
		e := f.next(time.Second)
		t.Logf("told after %v", time.Since(began))
		if e.Kind != "CREATED" || e.Type != "University" || e.ID != id || e.Node == nil || e.Node.ID != id {
			t.Errorf("told %+v", e)
		}
		if f == here && (e.Audit == nil || e.Audit.Operation != "universityCreate" || e.Audit.By != "test|admin") || f == there && e.Audit != nil {
			t.Errorf("told of the audit: %+v", e.Audit)
		}
		if cursor != "" && e.Cursor != cursor {
			t.Error("the cursor of an entry differs between instances")
		}
		cursor = e.Cursor
		f.stop()
	}
	second, third := one.made("Second University"), two.made("Third University")
	for _, server := range []*running{one, two} {
		again := follow(t, server.url, "public", fmt.Sprintf(`(after: %q) { cursor kind id }`, cursor))
		for _, want := range []string{second, third} {
			if e := again.next(2 * time.Second); e.ID != want {
				t.Errorf("after the cursor came %+v, not %s", e, want)
			}
		}
		again.quiet(300 * time.Millisecond)
	}
}

// Twenty people write through two instances, while five follow, each now through the one and now through the other: each is
// told exactly what they may see, in order, nothing twice.
func TestFeedIsWholeAndInOrder(t *testing.T) {
	one := serveDocuments(t)
	both := []*running{one, one.another()}
	from := one.place()
	offices := []string{"ent_alibaba", "ent_yalong-intelligent"}
	const writers, each = 20, 6

	var writing, reading sync.WaitGroup
	done := make(chan struct{})
	var mu sync.Mutex
	told := map[string][]entry{}
	viewers := []string{"public", "admin", "analyst", "office:" + offices[0], "office:" + offices[1]}
	for i, viewer := range viewers {
		reading.Go(func() {
			var got []entry
			after := from
			for turn := i; ; turn++ {
				f := follow(t, both[turn%2].url, viewer, fmt.Sprintf(`(after: %q) %s`, after, toldFields))
				ended := false
				for range 5 + 3*i {
					select {
					case e := <-f.entries:
						got, after = append(got, e), e.Cursor
						continue
					case code := <-f.failed:
						t.Errorf("%s was cut: %q", viewer, code)
					case <-time.After(2 * time.Second):
						select {
						case <-done:
							ended = true
						default:
							continue
						}
					}
					break
				}
				f.stop() // with entries on the way, which are told again
				if ended {
					mu.Lock()
					told[viewer] = got
					mu.Unlock()
					return
				}
			}
		})
	}
	for w := range writers {
		writing.Go(func() {
			at := &running{T: t, m: one.m, url: both[w%2].url}
			for n := range each {
				office := offices[(w+n)%2]
				if n%2 == 0 {
					at.sends("admin", fmt.Sprintf(`mutation { universityCreate(input: {name: "University %d of %d"}) { userErrors { message } } }`, n, w))
				} else {
					at.sends("office:"+office, fmt.Sprintf(`mutation { practiceBaseCreate(input: {content: {identity: {name: "Base %d of %d"}, host: {organization: %q}}}) { userErrors { message } } }`, n, w, office))
				}
			}
		})
	}
	writing.Wait()
	close(done)
	reading.Wait()

	all := one.read("admin", from, "")
	bases := 0
	for _, e := range all {
		if e.Type == "PracticeBase" {
			bases++
		}
	}
	if bases != writers*each/2 || len(all) != writers*each/2*3 { // a base comes with the relationship to its host
		t.Fatalf("%d entries are stored, of them %d of bases", len(all), bases)
	}
	drafts := 0
	for _, viewer := range viewers {
		want := same(one.read(viewer, from, ""))
		if diff := cmp.Diff(want, same(told[viewer])); diff != "" {
			t.Errorf("%s was told otherwise than is stored (-stored +told):\n%s", viewer, diff)
		}
		hidden := slices.DeleteFunc(slices.Clone(want), func(s string) bool { return !strings.Contains(s, " PracticeBase ") && !strings.Contains(s, " HOSTS ") })
		switch viewer {
		case "public", "analyst":
			if len(hidden) > 0 {
				t.Errorf("%s was told of drafts: %v", viewer, hidden)
			}
		case "admin":
		default:
			drafts += len(hidden)
		}
	}
	if drafts != 2*bases {
		t.Errorf("the offices were told %d entries of their drafts, of %d", drafts, 2*bases)
	}
}

// sends posts an operation as a viewer; it may be used by several at a time.
func (r *running) sends(viewer, query string) {
	r.Helper()
	text, err := postAs(r.url, viewer, query)
	if err != nil || strings.Contains(text, `"errors"`) || !strings.Contains(text, `"userErrors":[]`) {
		r.Errorf("%s\nanswered %s, %v", query, text, err)
	}
}

// Nobody asks, nothing is asked of the database; many follow, and it is asked as if it were one.
func TestFeedCostsLittle(t *testing.T) {
	r := serveDocuments(t)
	r.made("First University")
	time.Sleep(600 * time.Millisecond)
	r.statements.Store(0)
	time.Sleep(time.Second)
	if n := r.statements.Load(); n != 0 {
		t.Errorf("%d statements in a second in which nobody follows", n)
	}
	var all []*following
	for range 20 {
		all = append(all, follow(t, r.url, "public", `{ id }`))
	}
	time.Sleep(500 * time.Millisecond)
	r.statements.Store(0)
	time.Sleep(2 * time.Second)
	idle := r.statements.Load()
	if idle > 24 {
		t.Errorf("%d statements in two seconds in which nothing happens", idle)
	}
	r.statements.Store(0)
	id := r.made("Second University")
	writes := r.statements.Load()
	for _, f := range all {
		if e := f.next(time.Second); e.ID != id {
			t.Errorf("told %+v", e)
		}
	}
	if n := r.statements.Load(); n > writes+4 {
		t.Errorf("%d statements until 20 were told, %d of them to write", n, writes)
	}
	t.Logf("%d statements in two idle seconds, %d for a write, %d in all until 20 were told", idle, writes, r.statements.Load())
}

// Who is too slow is cut, and others go on.
func TestFeedCutsWhoIsSlow(t *testing.T) {
	r := serveDocuments(t)
	r.held, r.grace = 3, 300*time.Millisecond
	r.listen()
	reads := ""
	for i := 1; i <= 25; i++ {
		reads += fmt.Sprintf("a%d: node { id } ", i)
	}
	behind, well := follow(t, r.url, "public", "{ id "+reads+"}"), follow(t, r.url, "public", "{ id }")
	time.Sleep(300 * time.Millisecond)
	from := r.place()
	const many = 200
	_, err := r.office().Writer.Do(context.Background(), change.Request{Operation: "trial", Input: []byte("{}"), Viewer: viewerCalled("admin")},
		func(_ context.Context, tx *change.Tx) (change.Answer, error) {
			for i := range many {
				if _, err := tx.Create("University", map[string]any{"name": fmt.Sprintf("University %d", i)}); err != nil {
					return change.Answer{}, err
				}
			}
			return change.Answer{Values: map[string]any{}}, nil
		})
	if err != nil {
		t.Fatal(err)
	}
	for range many {
		well.next(5 * time.Second)
	}
	select {
	case code := <-behind.failed:
		if code != "TOO_SLOW" {
			t.Errorf("it ended with %q", code)
		}
	case <-time.After(10 * time.Second):
		t.Errorf("it was not cut; %d entries came", len(behind.entries))
	}
	well.quiet(100 * time.Millisecond)
	if n := len(r.read("public", from, "")); n != many {
		t.Errorf("%d entries are there to resume", n)
	}
}

// The clients of others follow the feed and resume.
func TestFeedWithClientsOfOthers(t *testing.T) {
	r := serveDocuments(t).as("admin")
	node := exec.CommandContext(context.Background(), "node", "feed.mjs", r.url+"/graphql")
	node.Dir = "../../server/clients"
	if out, err := node.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
