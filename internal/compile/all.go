package compile

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// allRows are all things under a label. Where the filter demands something behind a connection that is named by its id,
// that is where the search begins: its pattern stands among those matched, and not in a condition on each thing.
func (c *compiler) allRows(s *plan.All, p *plan.Page) rows {
	n, open := c.fresh("n"), c.open && c.mayCount(c.sight.Types[s.Label])
	rest, anchor := anchored(p.Filter)
	out := rows{
		vars: cypher.Vars(n),
		key:  func(k plan.Key) sortKey { return c.keyOf(k, n, "") },
		row:  row{thing: n},
	}
	if anchor == nil && !namesID(p.Filter) {
		out.named = cypher.NotExpr{Of: cypher.IsNull{Of: cypher.Prop{Of: n, Name: "nameKey"}}}
	}
	if anchor != nil {
		out.once = cypher.With{Distinct: true, Items: out.vars}
	}
	out.find = func(where cypher.Expr) cypher.Query {
		patterns := []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: n, Label: s.Label, Open: open}}}}
		var behind cypher.Expr
		if anchor != nil {
			t := c.trail(anchor.Hops, n)
			patterns = append(patterns, t.pattern)
			behind = cypher.AndAll(t.where, c.filter(anchor.Of, subject{thing: t.end, tie: t.tie}))
		}
		return cypher.Query{cypher.Match{
			Patterns: patterns,
			Where:    cypher.AndAll(c.holdsIf(s.Dated, n), behind, c.filter(rest, subject{thing: n}), where),
		}}
	}
	return out
}

// anchored takes out of a filter the first demand that names something behind a connection by its id. Only one: two could
// be met by the same relationship, which a pattern passes once.
func anchored(f plan.Filter) (plan.Filter, *plan.Linked) {
	switch f := f.(type) {
	case *plan.Linked:
		if f.Quant == plan.Some && namesID(f.Of) {
			return nil, f
		}
	case *plan.And:
		for i, e := range f.Of {
			if kept, anchor := anchored(e); anchor != nil {
				rest := slices.Delete(slices.Clone(f.Of), i, i+1)
				if kept != nil {
					rest = append(rest, kept)
				}
				return &plan.And{Of: rest}, anchor
			}
		}
	}
	return f, nil
}

// namesID tells whether only things with ids that are named meet a filter.
func namesID(f plan.Filter) bool {
	switch f := f.(type) {
	case *plan.Compare:
		return f.Of.Property == "id"
	case *plan.And:
		return slices.ContainsFunc(f.Of, namesID)
	}
	return false
}
