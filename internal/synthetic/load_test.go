package synthetic

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/network"
)

// A load stores what an import of the same network stores; and it can be taken away again.
func TestLoadIsAnImport(t *testing.T) {
	ctx, m, s := context.Background(), schema(t), dbtest.Open(t)
	stored := func() (*network.Network, any) {
		n, err := s.Dump(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, thing := range n.Things {
			slices.Sort(thing.Labels)
		}
		kept, err := s.Read(ctx, "MATCH (n:Node) RETURN [count(*), sum(n.version), count(n.createdAt), count(n.updatedAt)] AS answer", nil)
		if err != nil {
			t.Fatal(err)
		}
		return n, kept
	}
	dbtest.Fill(t, s, all(m, Demo, 1))
	imported, kept := stored()
	dbtest.Wipe(t, s)
	if err := s.Load(ctx, Parts(m, Demo, 1)); err != nil {
		t.Fatal(err)
	}
	loaded, keptLoaded := stored()
	if diff := cmp.Diff(imported, loaded); diff != "" {
		t.Errorf("imported (-), loaded (+):\n%.3000s", diff)
	}
	if diff := cmp.Diff(kept, keptLoaded); diff != "" {
		t.Errorf("what the store keeps of what is imported (-), loaded (+):\n%s", diff)
	}

	mine := network.Thing{ID: "uni_syn-mine", Labels: []string{"University", "Node"}, Properties: map[string]any{"id": "uni_syn-mine", "synthetic": false}}
	if err := s.Write(ctx, []network.Thing{mine}, nil); err != nil {
		t.Fatal(err)
	}
	apart, err := s.DigestsApart(ctx, Mark)
	if err != nil || len(apart) != 1 {
		t.Errorf("apart from what was made up there are %d (%v), not 1", len(apart), err)
	}
	deleted := 0
	for _, prefix := range Prefixes(m) {
		n, err := s.DeleteSynthetic(ctx, prefix)
		if err != nil {
			t.Fatal(err)
		}
		deleted += n
	}
	left, err := s.Digests(ctx)
	if err != nil || deleted != len(loaded.Things) || len(left) != 1 {
		t.Errorf("%d things of %d deleted (%v); left: %v", deleted, len(loaded.Things), err, left)
	}
}

// A load whose parts don't follow each other fails and says so.
func TestLoadFails(t *testing.T) {
	ctx, m, s := context.Background(), schema(t), dbtest.Open(t)
	twice := func(yield func(*network.Network) bool) {
		for part := range Parts(m, Demo, 1) {
			if !yield(part) || !yield(part) {
				return
			}
		}
	}
	if err := s.Load(ctx, twice); err == nil || !strings.Contains(err.Error(), "already exists") {
		t.Errorf("things that are there already give %v", err)
	}
	stopped, stop := context.WithCancel(ctx)
	parts := 0
	err := s.Load(stopped, func(yield func(*network.Network) bool) {
		for part := range Parts(m, Demo, 2) {
			if parts++; parts == 3 {
				stop()
			}
			if !yield(part) {
				return
			}
		}
	})
	if err == nil || parts > 10 {
		t.Errorf("a load that is stopped makes %d parts and gives %v", parts, err)
	}
}
