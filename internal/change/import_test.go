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

// imports imports a network as the command does.
func (d *desk) imports(n *network.Network) ingest.Changes {
	d.Helper()
	stored, err := d.store.Digests(d.ctx)
	if err != nil {
		d.Fatal(err)
	}
	c := ingest.Diff(n, stored)
	if err := d.store.Write(d.ctx, append(c.CreateThings, c.UpdateThings...), append(c.CreateTies, c.UpdateTies...), c.Known()...); err != nil {
		d.Fatal(err)
	}
	return c
}

// TestImportLeavesAlone: a dataset is imported, changed and imported again. What was changed stays, what was made stays,
// and the import still finds nothing to do.
func TestImportLeavesAlone(t *testing.T) {
	d := openDesk(t)
	want, err := ingest.Read(d.m, partnergraph.Dataset())
	if err != nil {
		t.Fatal(err)
	}
	d.imports(want)
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

	c := d.imports(want)
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

// TestImportFollows: when an import changes a beginning, what was made here follows; and what it changes counts from the
// beginnings that were changed here.
func TestImportFollows(t *testing.T) {
	d := openDesk(t)
	files := func(founded, role string) *network.Network {
		t.Helper()
		n, err := ingest.Read(d.m, fstest.MapFS{
			"dataset.yaml":                 {Data: []byte("{name: Trial, recordedBy: somebody, recordedAt: 2026-11-21T00:00:00Z}")},
			"nodes/University.yaml":        {Data: []byte("- {id: uni_east, name: East, founded: " + founded + "}")},
			"nodes/Alliance.yaml":          {Data: []byte("- {id: all_delta, name: Delta}")},
			"relationships/MEMBER_OF.yaml": {Data: []byte("- {from: uni_east, to: all_delta, role: " + role + "}")},
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	d.imports(files("2000", "MEMBER"))
	d.do(func(ctx context.Context, tx *change.Tx) error {
		if _, err := tx.Lock(ctx, "all_delta"); err != nil {
			return err
		}
		if err := tx.Update("all_delta", map[string]any{"founded": "2010"}); err != nil {
			return err
		}
		base, err := tx.Create("PracticeBase", map[string]any{"name": "Lab"})
		if err == nil {
			_, err = tx.Begin(change.Tie{Type: "HOSTS", From: "uni_east", To: base})
		}
		return err
	})
	for _, c := range []struct{ founded, role, want string }{
		{"2000", "MEMBER", `[["HOSTS","2000"],["MEMBER_OF","2010"]]`},
		{"2015", "MEMBER", `[["HOSTS","2015"],["MEMBER_OF","2015"]]`},
		{"2005", "FOUNDER", `[["HOSTS","2005"],["MEMBER_OF","2010"]]`},
	} {
		d.imports(files(c.founded, c.role))
		d.is("MATCH (:Node)-[r]->(:Node) WITH r ORDER BY type(r) RETURN [type(r), toString(r.holdsFrom.year)]", c.want)
		if c := d.imports(files(c.founded, c.role)); len(c.Known()) != 1 || c.Unchanged != 2 {
			t.Errorf("a second import: %+v", c)
		}
	}
}
