package store_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/network"
)

// TestLoadOfUnlikeElements: each element has its own properties and no other's, whatever those before it have.
func TestLoadOfUnlikeElements(t *testing.T) {
	s := dbtest.Open(t)
	labels := []string{"Node", "Place"}
	thing := func(id string, p map[string]any) network.Thing {
		p["id"] = id
		return network.Thing{ID: id, Labels: labels, Properties: p}
	}
	tie := func(id, from, to string, p map[string]any) network.Tie {
		p["id"] = id
		return network.Tie{ID: id, Type: "PART_OF", From: from, To: to, Properties: p}
	}
	parts := []*network.Network{
		{Things: []network.Thing{
			thing("loc_a", map[string]any{"name": "A", "number": int64(3)}),
			thing("loc_b", map[string]any{"holdsFrom": network.NewDay(2019, 1, 1), "a `name`": true}),
		}},
		{
			Things: []network.Thing{thing("loc_c", map[string]any{"name": "C"}), thing("loc_d", map[string]any{"list": []string{"x"}})},
			Ties: []network.Tie{
				tie("rel_1", "loc_a", "loc_c", map[string]any{"since": "2019"}),
				tie("rel_2", "loc_d", "loc_c", map[string]any{"until": "2020", "number": 2.5}),
			},
		},
		{Ties: []network.Tie{tie("rel_3", "loc_b", "loc_a", map[string]any{"number": 1.5})}},
	}
	if err := s.Load(ctx, slices.Values(parts)); err != nil {
		t.Fatal(err)
	}
	got, err := s.Dump(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := &network.Network{}
	for _, p := range parts {
		want.Things, want.Ties = append(want.Things, p.Things...), append(want.Ties, p.Ties...)
	}
	for _, thing := range got.Things {
		slices.Sort(thing.Labels)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dumped (-want +got):\n%s", diff)
	}
}
