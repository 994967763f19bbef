package compile

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// allRows are all things under a label. Where the filter demands something behind a connection that is named by its id,
// that is where the search begins: its pattern stands among those matched, and not in a condition on each thing.
func (c *compiler) allRows(s *plan.All, p *plan.Page) rows {
	n := c.fresh("n")
	rest, anchors := anchored(p.Filter)
	out := rows{
		vars:     cypher.Vars(n),
		distinct: len(anchors) > 0,
		key:      func(k plan.Key) sortKey { return c.keyOf(k, n, "") },
		row:      row{thing: n},
	}
	out.find = func(where cypher.Expr) cypher.Query {
		patterns := []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: n, Label: s.Label}}}}
		conditions := []cypher.Expr{c.holdsIf(s.Dated, n)}
		for _, a := range anchors {
			t := c.trail(a.Hops, n)
			patterns = append(patterns, t.pattern)
			conditions = append(conditions, t.where, c.filter(a.Of, subject{thing: t.end, tie: t.tie}))
		}
		return cypher.Query{cypher.Match{
			Patterns: patterns,
			Where:    cypher.AndAll(append(conditions, c.filter(rest, subject{thing: n}), where)...),
		}}
	}
	return out
}

// anchored takes out of a filter what names something behind a connection by its id.
func anchored(f plan.Filter) (plan.Filter, []*plan.Linked) {
	switch f := f.(type) {
	case *plan.Linked:
		if f.Quant == plan.Some && namesID(f.Of) {
			return nil, []*plan.Linked{f}
		}
	case *plan.And:
		rest := &plan.And{}
		var anchors []*plan.Linked
		for _, e := range f.Of {
			kept, found := anchored(e)
			anchors = append(anchors, found...)
			if kept != nil {
				rest.Of = append(rest.Of, kept)
			}
		}
		return rest, anchors
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
