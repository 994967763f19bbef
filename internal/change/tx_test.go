package change_test

import (
	"context"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/network"
)

// TestStatements: a change costs as many statements as it must, however much it changes: one for the key, one that locks
// what it is about, one that writes, one that tells of it; and where not everybody sees it, one that asks who did before.
func TestStatements(t *testing.T) {
	d := openDesk(t)
	d.made()
	costs := func(name string, want int64, work func(context.Context, *change.Tx) error) {
		t.Helper()
		before := d.ran.Load()
		d.do(work)
		if got := d.ran.Load() - before; got != want {
			t.Errorf("%s: %d statements, not %d", name, got, want)
		}
	}
	costs("a thing", 3, func(_ context.Context, tx *change.Tx) error {
		_, err := tx.Create("Place", map[string]any{"name": "Here"})
		return err
	})
	costs("a change of a thing", 4, func(ctx context.Context, tx *change.Tx) error {
		if _, err := tx.Lock(ctx, "uni_east"); err != nil {
			return err
		}
		return tx.Update("uni_east", map[string]any{"summary": "East."})
	})
	costs("a base with ties", 4, func(_ context.Context, tx *change.Tx) error {
		id, err := tx.Create("PracticeBase", map[string]any{"name": "Shop"})
		if err != nil {
			return err
		}
		for range 5 {
			if _, err := tx.Begin(change.Tie{Type: "HOSTS", From: "ent_works", To: id, Evidence: []change.Evidence{{Source: "src_paper"}}}); err != nil {
				return err
			}
		}
		return nil
	})
	costs("a change of a base", 6, func(ctx context.Context, tx *change.Tx) error {
		if _, err := tx.Lock(ctx, "bas_lab"); err != nil {
			return err
		}
		return tx.Update("bas_lab", map[string]any{"summary": "A lab."})
	})
	costs("nothing", 3, func(ctx context.Context, tx *change.Tx) error {
		if _, err := tx.Lock(ctx, "uni_east"); err != nil {
			return err
		}
		return tx.Update("uni_east", map[string]any{"summary": "East."})
	})
	d.is("MATCH (n:University) RETURN n.version", `[2]`)
	d.is("MATCH (a:Audit) RETURN count(a)", `[6]`) // nothing is no entry
}

// TestRefused: what can't be is refused with its reason, and leaves nothing.
func TestRefused(t *testing.T) {
	d := openDesk(t)
	d.made()
	before := d.read("MATCH (n) RETURN count(n)").([]any)[0]
	for name, c := range map[string]struct {
		work func(context.Context, *change.Tx) error
		code network.Code
		text string
	}{
		"a thing that is not there": {func(ctx context.Context, tx *change.Tx) error {
			_, err := tx.Lock(ctx, "uni_east", "uni_west")
			return err
		}, network.NotFound, `"uni_west"`},
		"a tie that is not there": {func(ctx context.Context, tx *change.Tx) error {
			return tx.End(ctx, "rel_hosts_ent_works_bas_lab_other", tx.Today())
		}, network.NotFound, "rel_hosts_ent_works_bas_lab_other"},
		"an end that is not there": {func(_ context.Context, tx *change.Tx) error {
			_, err := tx.Begin(change.Tie{Type: "HOSTS", From: "ent_gone", To: "bas_lab"})
			return err
		}, network.NotFound, `"ent_gone"`},
		"a source that is not there": {func(_ context.Context, tx *change.Tx) error {
			_, err := tx.Create("Place", map[string]any{"name": "x"}, change.Evidence{Source: "src_gone"})
			return err
		}, network.NotFound, "src_gone"},
		"a source that is none": {func(_ context.Context, tx *change.Tx) error {
			_, err := tx.Create("Place", map[string]any{"name": "x"}, change.Evidence{Source: "uni_east"})
			return err
		}, network.NotFound, "uni_east"},
		"an id that is taken": {func(_ context.Context, tx *change.Tx) error {
			_, err := tx.Create("University", map[string]any{"id": "uni_east", "name": "x"})
			return err
		}, network.Conflict, "uni_east"},
		"an end before the beginning": {func(ctx context.Context, tx *change.Tx) error {
			return tx.Amend(ctx, hosts, map[string]any{"since": "2026", "until": "2025"})
		}, network.BadUserInput, "2025"},
		"an unknown property": {func(_ context.Context, tx *change.Tx) error {
			_, err := tx.Create("Place", map[string]any{"name": "x", "colour": "red"})
			return err
		}, network.Internal, "Place has no property colour"},
		"a value of another type": {func(_ context.Context, tx *change.Tx) error {
			_, err := tx.Create("PracticeBase", map[string]any{"name": "x", "places": 4})
			return err
		}, network.Internal, "PracticeBase.places"},
		"a name that is cleared": {func(ctx context.Context, tx *change.Tx) error {
			if _, err := tx.Lock(ctx, "uni_east"); err != nil {
				return err
			}
			return tx.Update("uni_east", map[string]any{"name": nil})
		}, network.Internal, "lacks name"},
		"ends that don't go together": {func(_ context.Context, tx *change.Tx) error {
			_, err := tx.Begin(change.Tie{Type: "HOSTS", From: "bas_lab", To: "ent_works"})
			return err
		}, network.Internal, "HOSTS doesn't lead from bas_lab"},
		"a thing that is not locked": {func(_ context.Context, tx *change.Tx) error {
			return tx.Update("uni_east", map[string]any{"summary": "x"})
		}, network.Internal, "uni_east is neither locked nor new"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.writer.Do(d.ctx, request("refused", "", name), func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
				return change.Answer{}, c.work(ctx, tx)
			})
			if err == nil || network.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.text) {
				t.Errorf("%v, want %s with %q", err, c.code, c.text)
			}
		})
	}
	if after := d.read("MATCH (n) RETURN count(n)").([]any)[0]; after != before {
		t.Errorf("there were %v nodes, and are %v", before, after)
	}
}

// TestTakenBack: what is made and taken back in one change leaves nothing.
func TestTakenBack(t *testing.T) {
	d := openDesk(t)
	d.made()
	d.do(func(ctx context.Context, tx *change.Tx) error {
		gone, err := tx.Create("PracticeBase", map[string]any{"name": "Gone"})
		if err != nil {
			return err
		}
		if _, err := tx.Begin(change.Tie{Type: "HOSTS", From: "ent_works", To: gone}); err != nil {
			return err
		}
		if err := tx.Delete(gone); err != nil {
			return err
		}
		if _, err := tx.Lock(ctx, "bas_lab", "uni_east"); err != nil {
			return err
		}
		served, err := tx.Begin(change.Tie{Type: "SERVES", From: "bas_lab", To: "uni_east"})
		if err != nil {
			return err
		}
		if err := tx.Remove(ctx, served); err != nil {
			return err
		}
		if err := tx.Update("bas_lab", map[string]any{"summary": "x"}); err != nil {
			return err
		}
		return tx.Update("bas_lab", map[string]any{"summary": nil})
	})
	d.is("MATCH (n:PracticeBase)-[r]-() WITH n, count(r) AS ties RETURN [n.id, n.version, ties]", `[["bas_lab",1,2]]`)
	d.is("MATCH (a:Audit) RETURN count(a)", `[2]`)
}

// TestPersonal: what is a person's own is not kept where it can't be erased.
func TestPersonal(t *testing.T) {
	d := openDesk(t)
	d.made()
	d.do(func(_ context.Context, tx *change.Tx) error {
		id, err := tx.Create("Student", map[string]any{"id": "stu_ann", "name": "Ann Liu", "studentNumber": "2026-77", "cohort": "2026"})
		if err != nil {
			return err
		}
		_, err = tx.Begin(change.Tie{Type: "ENROLLED_AT", From: id, To: "uni_east", Properties: map[string]any{"key": "k"}})
		return err
	})
	d.is("MATCH (a:Audit)-[]-() RETURN a", `[]`)
	d.is("MATCH (a:Audit) WHERE 'stu_ann' IN a.of RETURN a.after", `["{\"rel_enrolled-at_stu_ann_uni_east_k\":{\"key\":\"k\"},\"stu_ann\":{\"cohort\":\"2026\",\"id\":\"stu_ann\",\"name\":\"…\",\"studentNumber\":\"…\",\"synthetic\":false}}"]`)
	d.is("MATCH (f:FeedEntry) WHERE f.seq > 8 WITH f ORDER BY f.seq RETURN [f.type, f.personal, f.concerns]",
		`[["Student",true,["all_delta","uni_east"]],["ENROLLED_AT",true,["all_delta","uni_east"]]]`)
}
