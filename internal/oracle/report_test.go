package oracle

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
)

// report cuts a query and its network as small as they still disagree, and fails with them.
func (p *product) report(t *rapid.T, n *network.Network, q *query) {
	o := p.fill(t, n)
	differs := func(q *query) bool {
		doc, variables, err := parse(p.m.Schema, q)
		return err == nil && difference(o.As(q.viewer).Answer(doc, variables), p.ask(q.viewer, q.String(), q.values())) != ""
	}
	q.smaller(differs)
	n = smallerNetwork(n, func(less *network.Network) bool {
		whole, err := ingest.Read(p.m, folder(t, p.m, less))
		if err != nil {
			return false // evidence of a source that was taken out
		}
		o = p.fill(t, whole)
		return differs(q)
	})
	n = stored(t, p.m, n)
	o = p.fill(t, n)
	want, got := o.expect(t, q).want, p.ask(q.viewer, q.String(), q.values())
	t.Fatalf("%s\n\nas %s, query:\n%s\nvariables: %v\n\nwant: %s\ngot:  %s\nlog:  %s\nnetwork:\n%s", difference(want, got), q.viewer, q, q.values(), want.Data, got.Data, p.log.last, p.files(t, n))
}

// files writes a network as its files.
func (p *product) files(t dbtest.TB, n *network.Network) string {
	var out strings.Builder
	dir := folder(t, p.m, n)
	for _, name := range slices.Sorted(maps.Keys(dir)) {
		fmt.Fprintf(&out, "-- %s --\n%s", name, dir[name].Data)
	}
	return out.String()
}

// smallerNetwork takes out things and relationships, many at a time and then one by one, while it still fails.
func smallerNetwork(n *network.Network, fails func(*network.Network) bool) *network.Network {
	for size := len(n.Things) + len(n.Ties); size > 0; size /= 2 {
		for at := 0; at < len(n.Ties); {
			less := &network.Network{Things: n.Things, Ties: without(n.Ties, at, size)}
			if fails(less) {
				n = less
				continue
			}
			at += size
		}
		for at := 0; at < len(n.Things); {
			less := &network.Network{Things: without(n.Things, at, size)}
			left := map[string]bool{}
			for _, t := range less.Things {
				left[t.ID] = true
			}
			for _, t := range n.Ties {
				if left[t.From] && left[t.To] {
					less.Ties = append(less.Ties, t)
				}
			}
			if fails(less) {
				n = less
				continue
			}
			at += size
		}
	}
	return n
}

func without[E any](list []E, at, size int) []E {
	return slices.Delete(slices.Clone(list), at, min(at+size, len(list)))
}
