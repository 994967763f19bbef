package store_test

import (
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
)

// TestProfile: what a statement cost is told for each step of it.
func TestProfile(t *testing.T) {
	s := dbtest.Open(t)
	var things []network.Thing
	for _, id := range []string{"loc_a", "loc_b", "loc_c"} {
		things = append(things, network.Thing{ID: id, Labels: []string{"Place", "Node"}, Properties: map[string]any{"id": id, "name": id}})
	}
	if err := s.Write(ctx, things, nil); err != nil {
		t.Fatal(err)
	}
	p, err := s.Profile(ctx, "MATCH (n:Place) WHERE n.id IN $p.ids AND n.name <> $none RETURN n.name AS answer", map[string]any{
		"p.ids": []string{"loc_a", "loc_b"}, "none": "x",
	})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	var walk func(*store.Operator)
	walk = func(o *store.Operator) {
		names = append(names, o.Name)
		if o.Rows < 2 || o.Hits == 0 && len(o.Of) == 0 { // what others read already costs no hits
			t.Errorf("%s gives %d rows with %d hits", o.Name, o.Rows, o.Hits)
		}
		for _, c := range o.Of {
			walk(c)
		}
	}
	walk(p.Root)
	if len(names) < 3 || names[0] != "ProduceResults" || p.Took <= 0 || p.First <= 0 {
		t.Errorf("the operators are %v, in %v after %v", names, p.Took, p.First)
	}
	text := p.String()
	for _, part := range []string{"rows   db hits", "ProduceResults  answer\n", "  Filter  ", "in all\n", " ms the first time\n"} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in:\n%s", part, text)
		}
	}
	if _, err := s.Profile(ctx, "RETURN", nil); err == nil {
		t.Error("a statement that can't be read has a profile")
	}
}
