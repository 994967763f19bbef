package acceptance

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/change"
)

// Those who look on: each sees something else of what is done.
var onlookers = []string{
	"public", "analyst", "admin", hostOffice, universityOffice, reviewer, "office:ent_yalong-intelligent",
	"reviewer:all_yangtze-river-delta", hostOffice + ", analyst", "office:ent_yalong-intelligent, " + reviewer,
}

// witness holds what each onlooker is told against what they saw before each change and after it, as queries show it.
type witness struct {
	*running
	ids  map[string]string // of what is watched, by the root fields that find it
	from string
	want map[string][]string
}

// sight is what an onlooker sees of a thing: whether it is there, and its state.
func (w *witness) sight() map[string]map[string]*string {
	out := map[string]map[string]*string{}
	for _, viewer := range onlookers {
		out[viewer] = map[string]*string{}
		for id, root := range w.ids {
			var seen struct{ Thing *struct{ Status string } }
			status := "status"
			if root == "student" {
				status = "status: id"
			}
			w.as(viewer).ask(fmt.Sprintf(`{ thing: %s(id: %q) { %s } }`, root, id, status), &seen)
			if seen.Thing != nil {
				out[viewer][id] = &seen.Thing.Status
			}
		}
	}
	return out
}

// changes makes a change and works out who is to be told what of the things that are watched.
func (w *witness) changes(do func()) {
	w.Helper()
	before, from := w.sight(), w.as("admin").place()
	do()
	after := w.sight()
	for _, e := range w.read("admin", from, "") {
		for _, viewer := range onlookers {
			was, is := before[viewer][e.ID], after[viewer][e.ID]
			told := e
			switch _, watched := w.ids[e.ID]; {
			case !watched || was == nil && is == nil:
				continue
			case is == nil:
				told.Kind, told.State = "GONE", ""
			case was == nil:
				told.Kind, told.StateBefore = "CREATED", ""
			}
			w.want[viewer] = append(w.want[viewer], told.same())
		}
	}
}

func (w *witness) holds(types string) {
	w.Helper()
	for _, viewer := range onlookers {
		if diff := cmp.Diff(append([]string{}, w.want[viewer]...), same(w.read(viewer, w.from, types))); diff != "" {
			w.Errorf("%s (-saw +told):\n%s", viewer, diff)
		}
	}
}

// Everybody is told of a base what they see of it, step by step through its life.
func TestFeedTellsWhatIsSeenOfABase(t *testing.T) {
	r := serveDocuments(t)
	w := &witness{running: r, ids: map[string]string{}, want: map[string][]string{}, from: r.place()}
	var at string
	step := func(viewer, mutation, more string) {
		t.Helper()
		w.changes(func() {
			out := r.as(viewer).did(mutation, `{`+at+more+`}`)
			at = fmt.Sprintf(`id: %q, version: %d`, out.PracticeBase.ID, out.Registration.Version)
			if len(w.ids) == 0 { // it has just begun, so its maker and whoever sees all know of it
				w.ids[out.PracticeBase.ID] = "practiceBase"
			}
		})
	}
	party := func(viewer string) {
		t.Helper()
		var out struct {
			Registration struct{ ContentHash string }
		}
		id := ""
		for id = range w.ids {
		}
		r.as(viewer).ask(fmt.Sprintf(`{ registration(practiceBase: %q) { contentHash } }`, id), &out)
		at = fmt.Sprintf(`id: %q, hash: %q`, id, out.Registration.ContentHash)
		step(viewer, "PartyApprove", "")
	}
	step(hostOffice, "Create", `content: {identity: {name: "Cloud practice base"}, host: {organization: "ent_alibaba"}}`)
	step(hostOffice, "Update", `, content: `+complete)
	step(hostOffice, "Submit", "")
	step(reviewer, "StartReview", "")
	step(reviewer, "RequestChanges", `, code: "INCOMPLETE", reason: "Say where students live"`)
	step(universityOffice, "Update", `, content: {conditions: {lodging: "Two to a room, on site"}}`)
	step(hostOffice, "Submit", "")
	step(reviewer, "StartReview", "")
	step(reviewer, "Approve", "")
	party(hostOffice)
	party(universityOffice)
	step(reviewer, "Suspend", `, code: "INCIDENT", reason: "A fire on 3 May"`)
	step(reviewer, "Resume", "")
	step(reviewer, "Terminate", fmt.Sprintf(`, on: %q, code: "AGREED", reason: "Both sides agreed"`, today))
	w.holds(`, types: [PracticeBase]`)
	for _, viewer := range []string{"public", hostOffice} {
		t.Logf("%s: %q", viewer, w.want[viewer])
	}
	for _, e := range r.read("public", w.from, "") {
		if e.Type == "HOSTS" || e.Type == "SERVES" {
			t.Errorf("the public was told of a draft's %s", e.same())
		}
	}
}

// Of students and their placements those are told who see them; a deleted draft is gone for those who saw it.
func TestFeedTellsOfStudentsToWhomTheyConcern(t *testing.T) {
	r := serveDocuments(t)
	w := &witness{running: r, want: map[string][]string{}, from: r.place(), ids: map[string]string{
		"stu_li": "student", "plc_li": "placement", "bas_lab": "practiceBase", "bas_draft": "practiceBase",
	}}
	desk := r.office().Writer
	do := func(work func(context.Context, *change.Tx) error) {
		t.Helper()
		w.changes(func() {
			_, err := desk.Do(context.Background(), change.Request{Operation: "trial", Input: []byte("{}"), Viewer: viewerCalled(universityOffice)},
				func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
					return change.Answer{Values: map[string]any{}}, work(ctx, tx)
				})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
	create := func(tx *change.Tx, kind, id string, more map[string]any) error {
		of := map[string]any{"id": id, "name": id}
		for k, v := range more {
			of[k] = v
		}
		_, err := tx.Create(kind, of)
		return err
	}
	tie := func(tx *change.Tx, kind, from, to string) error {
		_, err := tx.Begin(change.Tie{Type: kind, From: from, To: to})
		return err
	}
	do(func(_ context.Context, tx *change.Tx) error {
		if err := create(tx, "PracticeBase", "bas_draft", map[string]any{"status": "DRAFT"}); err != nil {
			return err
		}
		return tie(tx, "HOSTS", "ent_yalong-intelligent", "bas_draft")
	})
	do(func(_ context.Context, tx *change.Tx) error {
		if err := create(tx, "PracticeBase", "bas_lab", map[string]any{"status": "ACTIVE"}); err != nil {
			return err
		}
		return tie(tx, "HOSTS", "ent_alibaba", "bas_lab")
	})
	do(func(_ context.Context, tx *change.Tx) error {
		if err := create(tx, "Student", "stu_li", nil); err != nil {
			return err
		}
		return tie(tx, "ENROLLED_AT", "stu_li", "uni_bohai-university")
	})
	do(func(_ context.Context, tx *change.Tx) error {
		if err := create(tx, "Placement", "plc_li", map[string]any{"status": "PLANNED"}); err != nil {
			return err
		}
		if err := tie(tx, "HAS_PLACEMENT", "stu_li", "plc_li"); err != nil {
			return err
		}
		return tie(tx, "AT", "plc_li", "bas_lab")
	})
	lock := func(id string, work func(*change.Tx) error) {
		do(func(ctx context.Context, tx *change.Tx) error {
			if _, err := tx.Lock(ctx, id); err != nil {
				return err
			}
			return work(tx)
		})
	}
	lock("plc_li", func(tx *change.Tx) error { return tx.Update("plc_li", map[string]any{"status": "ACTIVE"}) })
	lock("stu_li", func(tx *change.Tx) error { return tx.Update("stu_li", map[string]any{"studentNumber": "20260001"}) })
	lock("bas_draft", func(tx *change.Tx) error { return tx.Delete("bas_draft") })
	w.holds(`, types: [Student, Placement, PracticeBase]`)
	for _, viewer := range onlookers {
		t.Logf("%s: %q", viewer, w.want[viewer])
	}
	if strangers := same(r.read("office:ent_yalong-intelligent", w.from, `, relationships: [ENROLLED_AT, HAS_PLACEMENT, AT]`)); len(strangers) > 0 {
		t.Errorf("an office that it is nothing to was told %v", strangers)
	}
}
