package compile

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// groupKey is one key of the groups of a list's rows.
type groupKey struct {
	plan.Grouping
	of   cypher.Var
	sums map[string]cypher.Var // of numbers of the relationships that lead to it, by property
}

// groups writes the groups of a list's rows, which q finds: beside each row its keys, then one row for each group.
func (c *compiler) groups(g *plan.Grouped, rs rows, q cypher.Query) cypher.Expr {
	keys := make([]groupKey, len(g.By))
	var items []cypher.Item
	for i, by := range g.By {
		keys[i] = groupKey{Grouping: by, of: c.fresh("k"), sums: map[string]cypher.Var{}}
		if by.Hops == nil {
			items = append(items, cypher.Item{Of: c.groupValue(by, rs.row.thing), As: keys[i].of})
			continue
		}
		reach, sums := c.groupEnds(g, &keys[i], rs)
		q = append(q, reach...)
		items = append(append(items, cypher.Item{Of: keys[i].of}), sums...)
	}
	named := map[string]cypher.Expr{}
	measure := func(m plan.Measure) cypher.Expr {
		if named[measureName(m)] == nil {
			as := c.fresh("m")
			named[measureName(m)] = as
			items = append(items, cypher.Item{Of: c.measure(m, rs), As: as})
		}
		return named[measureName(m)]
	}
	count := measure(plan.Measure{Make: "COUNT"})
	for _, col := range g.Of.Columns {
		if m, ok := col.(*plan.Measured); ok {
			measure(m.Measure)
		}
	}
	var having []cypher.Expr
	for _, h := range g.Having {
		having = append(having, compareWith(measure(h.Measure), h.Op, cypher.Param{Value: h.Value}))
	}
	order := groupOrder(g, keys, measure)
	if len(g.Order) == 0 {
		order = slices.Insert(order, 0, cypher.Sort{By: count, Desc: true})
	}
	return cypher.Sub{Kind: "COLLECT", Of: append(q,
		cypher.With{Items: items, Where: cypher.AndAll(having...)},
		cypher.With{Items: passed(items), Order: order, Limit: cypher.Param{Value: g.Limit}},
		cypher.Return{Items: []cypher.Item{{Of: c.selection(g.Of, row{named: named, keys: keys})}}},
	)}
}

// passed passes items on under their names.
func passed(items []cypher.Item) []cypher.Item {
	var out []cypher.Item
	for _, it := range items {
		if it.As != "" {
			it = cypher.Item{Of: it.As}
		}
		out = append(out, it)
	}
	return out
}

// groupValue is the value that a thing is grouped by.
func (c *compiler) groupValue(by plan.Grouping, n cypher.Var) cypher.Expr {
	if by.Types != nil {
		return c.typeOf(n, by.Types)
	}
	of := prop(n, by.Of.Property)
	year := func(of cypher.Expr) cypher.Expr {
		return cypher.Call("substring", of, cypher.Lit("0"), cypher.Lit("4"))
	}
	switch by.Of.Kind {
	case plan.Date:
		return year(of)
	case plan.Moment:
		return year(cypher.Call("toString", of))
	case plan.Truth, plan.Whole:
		return cypher.Call("toString", of)
	}
	return of
}

// groupEnds puts each thing that a key leads to beside its row, once; null where there is none. It gives the sums that
// are asked of the relationships between them, as items of the groups.
func (c *compiler) groupEnds(g *plan.Grouped, k *groupKey, rs rows) (cypher.Query, []cypher.Item) {
	t := c.trail(k.Hops, rs.row.thing)
	if k.Link {
		reached := cypher.Sub{Kind: "COLLECT", Of: append(c.reachedLast(t), cypher.Return{Items: cypher.Vars(t.end)})}
		return cypher.Query{cypher.With{Items: append(slices.Clone(rs.vars), cypher.Item{Of: cypher.Call("head", reached), As: k.of})}}, nil
	}
	beside := append(slices.Clone(rs.vars), cypher.Item{Of: t.end, As: k.of})
	var sums []cypher.Item
	if k.Hops.Single() {
		for _, property := range keySums(g.Of) {
			ofRow, ofGroup := c.fresh("s"), c.fresh("s")
			k.sums[property] = ofGroup
			beside = append(beside, cypher.Item{Of: cypher.Call("sum", cypher.Prop{Of: t.tie, Name: property}), As: ofRow})
			sums = append(sums, cypher.Item{Of: cypher.Call("sum", ofRow), As: ofGroup})
		}
	}
	return cypher.Query{
		cypher.Match{Optional: true, Patterns: []cypher.Pattern{t.pattern}, Where: t.where},
		cypher.With{Distinct: len(sums) == 0, Items: beside},
	}, sums
}

// keySums lists the numbers whose sums are asked of the keys of a group, each once.
func keySums(s *plan.Selection) []string {
	var out []string
	for _, col := range s.Columns {
		keys, ok := col.(*plan.GroupKeys)
		if !ok {
			continue
		}
		for _, col := range keys.Of.Columns {
			if sum, ok := col.(*plan.KeySum); ok && !slices.Contains(out, sum.Property) {
				out = append(out, sum.Property)
			}
		}
	}
	return out
}

// groupOrder sorts groups as asked, and what is left by their keys; what has no value comes last.
func groupOrder(g *plan.Grouped, keys []groupKey, measure func(plan.Measure) cypher.Expr) []cypher.Sort {
	var out []cypher.Sort
	last := func(of cypher.Expr, desc bool, by ...cypher.Expr) {
		out = append(out, cypher.Sort{By: cypher.IsNull{Of: of}})
		for _, e := range by {
			out = append(out, cypher.Sort{By: e, Desc: desc})
		}
	}
	byKeys := func(desc bool) {
		for _, k := range keys {
			switch {
			case k.Of != nil && k.Of.Kind == plan.Whole: // 2 before 10
				last(k.of, desc, cypher.Call("toInteger", k.of))
			case k.Hops == nil:
				last(k.of, desc, byUnit(k.of))
			default:
				last(k.of, desc, cypher.Prop{Of: k.of, Name: "nameKey"}, cypher.Prop{Of: k.of, Name: "id"})
			}
		}
	}
	for _, s := range g.Order {
		if s.Measure == nil {
			byKeys(s.Desc)
			continue
		}
		of := measure(*s.Measure)
		last(of, s.Desc, of)
	}
	byKeys(false)
	return out
}

// groupKeys reads what the rows of a group have in common.
func (c *compiler) groupKeys(col *plan.GroupKeys, r row) cypher.Expr {
	out := cypher.List{}
	null := cypher.Lit("null")
	for _, k := range r.keys {
		named := map[string]cypher.Expr{"field": cypher.Lit("'" + k.Field + "'"), "value": k.of, "node": null}
		if k.Hops != nil {
			named["value"], named["node"] = null, k.of
		}
		for _, property := range keySums(&plan.Selection{Columns: []plan.Column{col}}) {
			named["sum "+property] = null
			if of := k.sums[property]; of != "" {
				named["sum "+property] = of
			}
		}
		out = append(out, c.selection(col.Of, row{named: named}))
	}
	return out
}
