package oracle

import (
	"testing"

	"pgregory.net/rapid"
)

// TestEveryRootField asks for each root field of the schema on one network, so that none depends on luck.
func TestEveryRootField(t *testing.T) {
	p := open(t)
	checks(t, 1)
	rapid.Check(t, func(rt *rapid.T) {
		n := networkOf(p.m).Draw(rt, "network").Network
		o := p.fill(rt, n)
		asking := rapid.Custom(func(rt *rapid.T) asking {
			var out asking
			for _, f := range p.m.Schema.Query.Fields {
				if r := p.m.Roots[f.Name]; r != nil {
					a := &asker{T: rt, m: p.m, oracle: o, query: &query{viewer: admin}, budget: 5, pages: 1}
					a.query.roots = []*node{a.rootField(r)}
					out = append(out, o.expect(rt, a.query))
				}
			}
			return out
		}).Draw(rt, "queries")
		if wrong := p.disagreeing(rt, asking); wrong != nil {
			p.report(rt, n, wrong)
		}
	})
}
