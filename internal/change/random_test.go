package change_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
)

// TestStoredAsTheImportStores: whatever is written through a change, at once or bit by bit, is stored as if it had been
// imported, property by property, but for the digest.
func TestStoredAsTheImportStores(t *testing.T) {
	for name, value := range map[string]string{"rapid.checks": "12", "rapid.shrinktime": "5s", "rapid.nofailfile": "true"} {
		if !slices.ContainsFunc(os.Args, func(arg string) bool { return strings.Contains(arg, name) }) {
			if err := flag.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	d := openDesk(t)
	now := time.Date(2026, 11, 21, 8, 30, 0, 0, time.UTC)
	d.writer.Now = func() time.Time { return now }
	rapid.Check(t, func(t *rapid.T) {
		r := drawer{t, d.m, now}
		first := r.network()
		last := r.redrawn(first)
		steps := []*network.Network{first, last}
		for i, n := range steps {
			imported := d.imported(t, n)
			if err := d.store.Wipe(d.ctx); err != nil {
				t.Fatal(err)
			}
			for j, part := range steps[:i+1] { // the first as a whole, the last as a change of it
				d.written(t, part, j > 0)
			}
			written, err := d.store.Dump(d.ctx)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(imported, written, cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" {
				t.Fatalf("step %d (-imported +written):\n%s", i, diff)
			}
		}
	})
}

// imported is a network as the import stores it.
func (d *desk) imported(t *rapid.T, n *network.Network) *network.Network {
	whole := &network.Network{}
	for _, one := range n.Things {
		one.Properties = maps.Clone(one.Properties)
		whole.Things = append(whole.Things, one)
	}
	for _, one := range n.Ties {
		one.Properties = maps.Clone(one.Properties)
		whole.Ties = append(whole.Ties, one)
	}
	ingest.NewCompleter(d.m).Complete(whole)
	if err := d.store.Wipe(d.ctx); err != nil {
		t.Fatal(err)
	}
	if err := d.store.Write(d.ctx, whole.Things, whole.Ties); err != nil {
		t.Fatal(err)
	}
	out, err := d.store.Dump(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	for i := range out.Things {
		delete(out.Things[i].Properties, "digest")
	}
	for i := range out.Ties {
		delete(out.Ties[i].Properties, "digest")
	}
	return out
}

// written writes a network through changes: makes it, or changes what is there to it.
func (d *desk) written(t *rapid.T, n *network.Network, there bool) {
	evidence := func(p map[string]any) (out []change.Evidence) {
		locators, _ := p["locators"].([]string)
		sources, _ := p["sources"].([]string)
		for i := range sources {
			out = append(out, change.Evidence{Source: sources[i], Locator: locators[i]})
		}
		return out
	}
	own := func(p map[string]any) map[string]any {
		p = maps.Clone(p)
		for _, k := range []string{"sources", "locators", "recordedAt", "recordedBy"} {
			delete(p, k)
		}
		return p
	}
	r := request("random", "", "{}")
	r.RecordedBy = recorder
	_, err := d.writer.Do(d.ctx, r, func(ctx context.Context, tx *change.Tx) (none change.Answer, err error) {
		for _, one := range n.Things {
			if !there {
				_, err = tx.Create(one.Labels[0], own(one.Properties), evidence(one.Properties)...)
			} else if _, err = tx.Lock(ctx, one.ID); err == nil {
				err = tx.Update(one.ID, d.cleared(one.Labels[0], own(one.Properties)), evidence(one.Properties)...)
			}
			if err != nil {
				return none, err
			}
		}
		for _, one := range n.Ties {
			if !there {
				_, err = tx.Begin(change.Tie{Type: one.Type, From: one.From, To: one.To, Properties: own(without(one.Properties, "id")), Evidence: evidence(one.Properties)})
			} else {
				err = tx.Amend(ctx, one.ID, d.cleared(one.Type, own(without(one.Properties, "id"))), evidence(one.Properties)...)
			}
			if err != nil {
				return none, err
			}
		}
		return none, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func without(p map[string]any, key string) map[string]any {
	p = maps.Clone(p)
	delete(p, key)
	return p
}

// cleared names all that properties don't say, so that an update clears it.
func (d *desk) cleared(kind string, p map[string]any) map[string]any {
	fields := []*graphmap.Field{}
	if of := d.m.Types[kind]; of != nil {
		fields = of.Fields
	} else {
		for _, name := range append([]string{"since", "until"}, d.m.Relationships[kind].Properties...) {
			fields = append(fields, d.m.Types["Relationship"].Field(name))
		}
	}
	for _, f := range fields {
		names := []string{f.Property}
		if f.Target != nil && f.Target.Kind == graphmap.Item {
			if f.Name == "evidence" {
				continue
			}
			names = nil
			for _, part := range f.Target.Fields {
				names = append(names, part.Property)
			}
		}
		for _, name := range names {
			if _, said := p[name]; !said && f.IsHeld() && !slices.Contains(kept, name) {
				p[name] = nil
			}
		}
	}
	return p
}

const recorder = "East University, partner office"

// kept are the fields that nobody says.
var kept = []string{"id", "createdAt", "updatedAt", "version", "sourceCount"}

// drawer draws networks as the files of a dataset say them.
type drawer struct {
	*rapid.T
	m   *graphmap.Map
	now time.Time
}

func (r drawer) chance(what string) bool { return rapid.Bool().Draw(r.T, what) }

// network draws a thing of every type, and a tie of most.
func (r drawer) network() *network.Network {
	n := &network.Network{}
	for _, of := range r.m.Things() {
		for i := range 2 {
			id := fmt.Sprintf("%s_%d", of.Prefix, i)
			n.Things = append(n.Things, network.Thing{ID: id, Labels: r.m.Labels(of), Properties: r.thing(of, id)})
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(r.m.Relationships)) {
		rel := r.m.Relationships[kind]
		join := rapid.SampledFrom(rel.Joins).Draw(r.T, "join")
		from := r.m.Types[rapid.SampledFrom(join.From).Draw(r.T, "from")].Prefix + rapid.SampledFrom([]string{"_0", "_1"}).Draw(r.T, "which")
		to := r.m.Types[rapid.SampledFrom(join.To).Draw(r.T, "to")].Prefix + "_1"
		id := ingest.TieID(kind, from, to, "k")
		n.Ties = append(n.Ties, network.Tie{ID: id, Type: kind, From: from, To: to, Properties: r.tie(rel, id)})
	}
	return n
}

// redrawn is the network with other values, some of which are as they were.
func (r drawer) redrawn(n *network.Network) *network.Network {
	out := &network.Network{}
	for _, one := range n.Things {
		if r.chance("change") {
			one.Properties = stillSaid(one.Properties, r.thing(r.m.Types[one.Labels[0]], one.ID))
		}
		out.Things = append(out.Things, one)
	}
	for _, one := range n.Ties {
		if r.chance("change") {
			one.Properties = stillSaid(one.Properties, r.tie(r.m.Relationships[one.Type], one.ID))
		}
		out.Ties = append(out.Ties, one)
	}
	return out
}

// stillSaid is the next of some properties: evidence is replaced, but never taken back.
func stillSaid(before, next map[string]any) map[string]any {
	if next["sources"] == nil && before["sources"] != nil {
		for _, k := range []string{"sources", "locators", "recordedAt", "recordedBy"} {
			next[k] = before[k]
		}
	}
	return next
}

func (r drawer) thing(of *graphmap.Type, id string) map[string]any {
	p := map[string]any{"id": id, "synthetic": r.chance("synthetic")}
	for _, f := range of.Fields {
		if f.IsHeld() && !slices.Contains(kept, f.Name) && p[f.Property] == nil && (f.Type.NonNull || r.chance(f.Name)) {
			r.field(f, p)
		}
	}
	if p[of.Ends] != nil && p[of.Begins] != nil {
		delete(p, of.Ends)
	}
	return p
}

func (r drawer) tie(rel *graphmap.Rel, id string) map[string]any {
	p := map[string]any{"id": id, "key": "k"}
	for _, name := range append([]string{rapid.SampledFrom([]string{"since", "until"}).Draw(r.T, "day"), "evidence"}, rel.Properties...) {
		if r.chance(name) {
			r.field(r.m.Types["Relationship"].Field(name), p)
		}
	}
	return p
}

func (r drawer) field(f *graphmap.Field, p map[string]any) {
	texts := rapid.SampledFrom([]string{"one", "Two words", "江苏大学", "ＯＮＥ", "Été", "a 'quoted' text"})
	switch {
	case f.Target != nil && f.Target.Kind == graphmap.Point:
		p[f.Property] = network.Point{Latitude: rapid.Float64Range(-90, 90).Draw(r.T, "north"), Longitude: rapid.Float64Range(-180, 180).Draw(r.T, "east")}
	case f.Name == "aliases":
		p["aliases"], p["aliasSources"], p["aliasLocators"] = []string{"Alias", texts.Draw(r.T, "alias")}, []string{"", "src_0"}, []string{"¶1", ""}
	case f.Name == "evidence":
		p["sources"], p["locators"] = []string{"src_0", "src_1"}, []string{"", "¶2"}
		p["recordedAt"], p["recordedBy"] = []time.Time{r.now, r.now}, []string{recorder, recorder}
	case f.Name == "creditCode":
		p[f.Property] = "914403001922038216"
	case f.Type.Elem != nil:
		p[f.Property] = rapid.SliceOfN(texts, 1, 3).Draw(r.T, f.Name)
	case r.m.Schema.Types[f.Type.Name()].Kind == ast.Enum:
		p[f.Property] = rapid.SampledFrom(r.m.Schema.Types[f.Type.Name()].EnumValues).Draw(r.T, f.Name).Name
	default:
		switch f.Type.Name() {
		case "Boolean":
			p[f.Property] = r.chance(f.Name)
		case "Int":
			p[f.Property] = int64(rapid.Int32().Draw(r.T, f.Name))
		case "Float":
			p[f.Property] = rapid.Float64Range(-1e9, 1e9).Draw(r.T, f.Name)
		case "PartialDate":
			p[f.Property] = rapid.SampledFrom([]string{"1999", "2018-06", "2020-02-29", "2026-11-22"}).Draw(r.T, f.Name)
		case "DateTime":
			p[f.Property] = r.now.Add(-time.Duration(rapid.IntRange(0, 1e6).Draw(r.T, f.Name)) * time.Second)
		case "ID":
			p[f.Property] = "bas_another"
		case "String":
			p[f.Property] = texts.Draw(r.T, f.Name)
		default:
			r.Fatalf("no random value of type %s", f.Type.Name())
		}
	}
}
