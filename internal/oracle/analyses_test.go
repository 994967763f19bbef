package oracle

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// questioned draws the arguments of an analysis.
func (a *asker) questioned(f *graphmap.Field) map[string]any {
	out := map[string]any{}
	for _, def := range f.Def.Arguments {
		switch {
		case def.Name == "by":
			out["by"] = word(pick(a.T, a.m.Schema.Types[def.Type.Name()].EnumValues).Name)
		case def.Type.Name() == "Boolean" && chance(a.T, 50):
			out[def.Name] = chance(a.T, 50)
		case def.Name == "from": // drawn apart, so that a few come the wrong way round
			out["from"] = draws(func() any { return min(a.day(), a.day(), a.day()) })
		case def.Name == "until":
			out["until"] = draws(func() any { return max(a.day(), a.day(), a.day()) })
		case def.Name == "asOf" && chance(a.T, 40):
			out["asOf"] = draws(func() any {
				if chance(a.T, 1) {
					return a.wrong("2023-02-30", "2023")
				}
				return a.day()
			})
		}
	}
	return out
}

// everything asks for all that a row names, and for the ids of the things in it.
func everything(t *graphmap.Type) []*node {
	var out []*node
	for _, f := range t.Fields {
		n := &node{head: f.Name}
		switch {
		case f.Target == nil:
		case f.Target.Kind == graphmap.Row:
			n.kids = everything(f.Target)
		case f.Target.Kind == graphmap.Item:
			n.kids = []*node{{head: "locator"}}
		default:
			n.kids = []*node{{head: "id"}}
		}
		out = append(out, n)
	}
	return out
}

// TestAnalyses asks each analysis in full, of everything that has it, on dense networks: random queries seldom come upon
// numbers other than 0.
func TestAnalyses(t *testing.T) {
	p := open(t)
	checks(t, 12)
	rapid.Check(t, func(rt *rapid.T) {
		n := denseNetworkOf(p.m).Draw(rt, "network").Network
		o := p.fill(rt, n)
		asking := rapid.Custom(func(rt *rapid.T) asking {
			var out asking
			for _, name := range []string{"agreementsEnding", "factsToCheck"} {
				r := p.m.Roots[name]
				for range 4 {
					a := &asker{T: rt, m: p.m, oracle: o, query: &query{viewer: admin}}
					values := a.rootArguments(r)
					values["first"] = 200
					delete(values, "last")
					edges := &node{head: "edges", kids: everything(r.Target.Field("edges").Target)}
					a.query.roots = []*node{{head: name + a.parens(r.Def.Arguments, values), kids: []*node{edges}}}
					out = append(out, o.expect(rt, a.query))
				}
			}
			for _, thing := range o.Network.things {
				for _, f := range thing.of.Fields {
					if f.Analysis == nil {
						continue
					}
					for range 3 {
						a := &asker{T: rt, m: p.m, oracle: o, query: &query{viewer: admin}}
						head := fmt.Sprintf("n: node(id: %q, asOf: %q)", thing.id, pick(rt, []string{"2026-11-21", "2026-11-21", "2020-01-01", a.day()}))
						field := &node{head: f.Name + a.parens(f.Def.Arguments, a.questioned(f)), kids: everything(f.Target)}
						a.query.roots = []*node{{head: head, kids: []*node{{on: thing.of.Name, kids: []*node{field}}}}}
						out = append(out, o.expect(rt, a.query))
					}
				}
			}
			return out
		}).Draw(rt, "queries")
		if wrong := p.disagreeing(rt, asking); wrong != nil {
			p.report(rt, n, wrong)
		}
	})
}

// analyses are the names of all analyses.
func analyses(m *graphmap.Map) []string {
	var out []string
	for _, t := range m.Types {
		for _, f := range t.Fields {
			if f.Analysis != nil && !slices.Contains(out, f.Analysis.As) {
				out = append(out, f.Analysis.As)
			}
		}
	}
	return out
}
