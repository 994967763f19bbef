package compile

import (
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// tally counts by type, once for each list that is asked for.
func (c *compiler) tally(s *plan.Tally) cypher.Query {
	n, r, from, to := c.fresh("n"), c.fresh("r"), c.fresh("n"), c.fresh("n")
	label := c.typeOf(n, s.Types)
	things := cypher.Match{Patterns: []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: n, Label: "Node"}}}}, Where: c.holds(n)}
	ties := cypher.Match{Patterns: []cypher.Pattern{{
		Nodes: []cypher.NodePattern{{Var: from, Label: "Node"}, {Var: to}},
		Rels:  []cypher.RelPattern{{Var: r, Direction: cypher.Out}},
	}}, Where: cypher.AndAll(c.holds(r), c.holds(from), c.holds(to))}
	lists := map[string]cypher.Expr{
		"nodes":         c.thingCounts(things, n, label),
		"relationships": counts(ties, cypher.Call("type", r)),
	}
	var counted []cypher.Item
	named := map[string]cypher.Expr{}
	for _, col := range s.Of.Columns {
		name := col.(*plan.Each).Name
		if named[name] == nil {
			named[name] = cypher.Var(name)
			counted = append(counted, cypher.Item{Of: lists[name], As: cypher.Var(name)})
		}
	}
	if len(counted) == 0 { // only __typename
		return cypher.Query{answer(cypher.List{})}
	}
	return cypher.Query{cypher.With{Items: counted}, answer(c.selection(s.Of, row{named: named}))}
}

// thingCounts are the counts of things. Of people that the viewer doesn't see, about how many there are.
func (c *compiler) thingCounts(things cypher.Match, n cypher.Var, label cypher.Expr) cypher.Expr {
	var people []string
	var rounded cypher.List
	for _, h := range c.sight.Hidden {
		if h.Totals && !h.Everything() {
			people = append(people, h.Label)
			total := c.total(&plan.All{Label: h.Label, Dated: true}, nil, row{})
			rounded = append(rounded, cypher.Map{{Name: "type", Of: text(h.Label)}, {Name: "count", Of: total}})
		}
	}
	if len(people) == 0 {
		return counts(things, label)
	}
	x := c.fresh("x")
	things.Where = cypher.AndAll(things.Where, not(cypher.HasLabel{Of: n, Labels: people}))
	return collect(
		cypher.Unwind{List: cypher.Op{Sign: "+", Of: []cypher.Expr{counts(things, label), rounded}}, As: x},
		cypher.With{Items: cypher.Vars(x), Where: not(cypher.IsNull{Of: prop(x, "count")}), Order: []cypher.Sort{{By: prop(x, "count"), Desc: true}, {By: prop(x, "type")}}},
		give(x),
	)
}

// counts lists how many rows there are of each type, most first.
func counts(of cypher.Match, kind cypher.Expr) cypher.Expr {
	name, count := cypher.Var("type"), cypher.Var("count")
	return cypher.Sub{Kind: "COLLECT", Of: cypher.Query{
		of,
		cypher.With{Items: []cypher.Item{{Of: kind, As: name}}},
		cypher.With{
			Items: []cypher.Item{{Of: name}, {Of: cypher.Call("count", cypher.Lit("*")), As: count}},
			Order: []cypher.Sort{{By: count, Desc: true}, {By: name}},
		},
		cypher.Return{Items: []cypher.Item{{Of: cypher.Map{{Name: "type", Of: name}, {Name: "count", Of: count}}}}},
	}}
}
