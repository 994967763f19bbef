package change_test

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
)

// TestImportLeavesAlone: a dataset is imported, changed and imported again. What was changed stays, what was made stays,
// and the import still finds nothing to do.
func TestImportLeavesAlone(t *testing.T) {
	d := openDesk(t)
	want, err := ingest.Read(d.m, partnergraph.Dataset())
	if err != nil {
		t.Fatal(err)
	}
	again := func() ingest.Changes {
		t.Helper()
		stored, err := d.store.Digests(d.ctx)
		if err != nil {
			t.Fatal(err)
		}
		c := ingest.Diff(want, stored)
		if err := d.store.Write(d.ctx, append(c.CreateThings, c.UpdateThings...), append(c.CreateTies, c.UpdateTies...)); err != nil {
			t.Fatal(err)
		}
		return c
	}
	again()
	const university, alliance = "uni_jiangsu-university", "all_yrd-higher-engineering-education"
	const member = "rel_member-of_" + university + "_" + alliance
	var base, hosts string
	d.do(func(ctx context.Context, tx *change.Tx) (err error) {
		if _, err = tx.Lock(ctx, university); err != nil {
			return err
		}
		if err = tx.Update(university, map[string]any{"founded": "1902", "summary": "Changed here."}); err != nil {
			return err
		}
		if err = tx.End(ctx, member, network.NewDay(2026, 12, 31)); err != nil {
			return err
		}
		if base, err = tx.Create("PracticeBase", map[string]any{"name": "Lab", "status": "DRAFT"}); err != nil {
			return err
		}
		hosts, err = tx.Begin(change.Tie{Type: "HOSTS", From: university, To: base})
		return err
	})
	beside := "MATCH (n) WHERE NOT n:Node AND NOT n:Migration WITH n ORDER BY labels(n)[0], n.seq, n.id RETURN [labels(n)[0], n.seq, n.id]"
	before := d.read(beside)
	state, err := d.store.Dump(d.ctx)
	if err != nil {
		t.Fatal(err)
	}

	c := again()
	if diff := cmp.Diff(ingest.Changes{Unchanged: len(want.Things) + len(want.Ties) - 2, Changed: []string{member, university}, Missing: []string{base, hosts}}, c); diff != "" {
		t.Errorf("the import (-want +got):\n%s", diff)
	}
	after, err := d.store.Dump(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(state, after); diff != "" {
		t.Errorf("the network (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(before, d.read(beside)); diff != "" {
		t.Errorf("what changes leave beside it (-before +after):\n%s", diff)
	}

	files, err := ingest.Write(d.m, after, "All of it")
	if err != nil {
		t.Fatal(err)
	}
	dir := fstest.MapFS{}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: text}
	}
	if read, err := ingest.Read(d.m, dir); err != nil || len(read.Things) != len(after.Things) || len(read.Ties) != len(after.Ties) {
		t.Errorf("what is exported can't be imported: %v", err)
	}
}
