package compile

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// rows is a source written as clauses.
type rows struct {
	// find binds the rows; it takes a condition on their things and relationships, which may be nil.
	find func(where cypher.Expr) cypher.Query
	vars []cypher.Item // what a row is
	// once makes each row one where find gives it more than once; nil where it doesn't.
	once cypher.Clause
	key  func(plan.Key) sortKey
	// named is met by every row, and tells the database that an index has them all in the order of their names.
	named cypher.Expr
	row   row
	tie   cypher.Var // the one relationship behind a row, if there is one
}

// all finds each row once.
func (rs rows) all(where cypher.Expr) cypher.Query {
	q := rs.find(where)
	if rs.once != nil {
		q = append(q, rs.once)
	}
	return q
}

// count counts the rows.
func (rs rows) count() cypher.Expr {
	_, distinct := rs.once.(cypher.With)
	return cypher.Sub{Kind: "COUNT", Of: append(rs.find(nil), cypher.Return{Distinct: distinct, Items: rs.vars})}
}

// page writes a page as the list of its parts. Each part has variables of its own.
func (c *compiler) page(p *plan.Page, from row) cypher.Expr {
	out := cypher.List{}
	var walked cypher.Expr
	switch rs := c.source(p, from); {
	case p.Parts.Rows && p.Parts.Total && rs.once != nil && !c.rounds(p.Source, p.Filter) && from.counts[countName(p.Source, p.Filter)] == "":
		walked = c.rowsAndTotal(p, rs)
	case p.Parts.Rows:
		out = append(out, cypher.Sub{Kind: "COLLECT", Of: c.pageRows(p, rs, rs.all)})
	}
	if known := from.counts[countName(p.Source, p.Filter)]; p.Parts.Total && known != "" && !c.rounds(p.Source, p.Filter) {
		out = append(out, known)
	} else if p.Parts.Total && walked == nil {
		out = append(out, c.total(p.Source, p.Filter, from))
	}
	if p.Parts.Earlier {
		out = append(out, c.beyond(p, from, p.After, false))
	}
	if p.Parts.Later {
		out = append(out, c.beyond(p, from, p.Before, true))
	}
	for _, a := range p.Amounts {
		var count cypher.Expr
		if c.rounds(p.Source, p.Filter) {
			count = c.total(p.Source, p.Filter, from)
		}
		out = append(out, c.amounts(a, count, func() rows { return c.source(&plan.Page{Source: p.Source, Filter: p.Filter}, from) }))
	}
	switch {
	case walked == nil:
		return out
	case len(out) == 0:
		return walked
	}
	return cypher.Op{Sign: "+", Of: []cypher.Expr{walked, out}}
}

// countName names the number of all rows behind a connection; "" if a filter narrows them.
func countName(source plan.Source, f plan.Filter) string {
	hops, ok := source.(*plan.Hops)
	if !ok || f != nil {
		return ""
	}
	return hops.String()
}

// rowsAndTotal walks a way of several hops once, for its rows and for their number: [rows, total].
func (c *compiler) rowsAndTotal(p *plan.Page, rs rows) cypher.Expr {
	found, again := c.kept(rs)
	return cypher.Call("head", cypher.Sub{Kind: "COLLECT", Of: append(rs.all(nil),
		cypher.With{Items: []cypher.Item{{Of: cypher.Call("collect", found.of), As: found.as}}},
		cypher.Return{Items: []cypher.Item{{Of: cypher.List{
			cypher.Sub{Kind: "COLLECT", Of: c.pageRows(p, rs, again)}, cypher.Call("size", found.as),
		}}}},
	)})
}

// keeping is what is kept of a row in a list, and how the list is called.
type keeping struct {
	of cypher.List
	as cypher.Var
}

// kept keeps the rows of a walk as a list, from which they can be taken again.
func (c *compiler) kept(rs rows) (keeping, func(where cypher.Expr) cypher.Query) {
	out, each := keeping{as: c.fresh("f")}, c.fresh("f")
	var back []cypher.Item
	for i, v := range passed(rs.vars) {
		out.of = append(out.of, v.Of)
		back = append(back, cypher.Item{Of: cypher.Index{Of: each, At: cypher.Lit(strconv.Itoa(i))}, As: v.Of.(cypher.Var)})
	}
	return out, func(where cypher.Expr) cypher.Query {
		return cypher.Query{cypher.Unwind{List: out.as, As: each}, cypher.With{Items: back, Where: where}}
	}
}

// beyond tells whether there is a row on the other side of a cursor.
func (c *compiler) beyond(p *plan.Page, from row, at plan.Input[[]any], before bool) cypher.Expr {
	rs := c.source(&plan.Page{Source: p.Source, Filter: p.Filter}, from)
	keys := rs.keys(p.Order)
	q := rs.bounded(rs.all, keys, cypher.NotExpr{Of: bound(keys, at, before)})
	return cypher.Sub{Kind: "EXISTS", Of: append(q, cypher.Return{Items: rs.vars})}
}

func (rs rows) keys(order []plan.Key) []sortKey {
	var out []sortKey
	for _, k := range order {
		out = append(out, rs.key(k))
	}
	return out
}

// dear lists the keys that are worked out once and named.
func dear(keys []sortKey) []cypher.Item {
	var out []cypher.Item
	for _, k := range keys {
		if k.as != "" {
			out = append(out, cypher.Item{Of: k.value, As: k.as})
		}
	}
	return out
}

// bounded finds the rows that meet a condition on their keys.
func (rs rows) bounded(all func(cypher.Expr) cypher.Query, keys []sortKey, where cypher.Expr) cypher.Query {
	named := dear(keys)
	if len(named) == 0 {
		return all(where)
	}
	return append(all(nil), cypher.With{Items: append(slices.Clone(rs.vars), named...), Where: where})
}

// pageRows writes the rows of a page: found, bounded by the cursors, put in order, cut one past the limit, read.
func (c *compiler) pageRows(p *plan.Page, rs rows, all func(cypher.Expr) cypher.Query) cypher.Query {
	keys := rs.keys(p.Order)
	var bounds []cypher.Expr
	if p.After.IsGiven() {
		bounds = append(bounds, bound(keys, p.After, false))
	}
	if p.Before.IsGiven() {
		bounds = append(bounds, bound(keys, p.Before, true))
	}
	if len(bounds) == 0 && keys[0].By == plan.ByName && rs.named != nil {
		bounds = append(bounds, rs.named)
	}
	r := rs.row
	r.named = maps.Clone(r.named)
	if r.named == nil {
		r.named = map[string]cypher.Expr{}
	}
	items := slices.Clone(rs.vars)
	var order []cypher.Sort
	for _, k := range keys {
		order = append(order, cypher.Sort{By: k.sort, Desc: k.Desc != p.Backward})
		r.named["KEY "+k.Name] = k.value
		if k.as != "" { // worked out already
			r.named["KEY "+k.Name] = k.as
			items = append(items, cypher.Item{Of: k.as})
			if k.Amount.Measure.Of == nil {
				r.counts = map[string]cypher.Var{countName(k.Amount.Hops, k.Amount.Of): k.as}
			}
		}
	}
	return append(rs.bounded(all, keys, cypher.AndAll(bounds...)),
		cypher.With{Items: items, Order: order, Limit: cypher.Param{Value: plan.Part(p.Limit, func(n int) int { return n + 1 })}},
		cypher.Return{Items: []cypher.Item{{Of: c.selection(&plan.Selection{Columns: p.Columns}, r)}}},
	)
}

// ownValues puts the map of a record's own values, by the names of its fields, before the other variables of its row.
func ownValues(record cypher.Var, values cypher.Map, others ...cypher.Var) []cypher.Item {
	return append([]cypher.Item{{Of: values, As: record}}, cypher.Vars(others...)...)
}

func (c *compiler) source(p *plan.Page, from row) rows {
	switch s := p.Source.(type) {
	case *plan.All:
		return c.allRows(s, p)
	case *plan.Hops:
		return c.hopRows(s, p, from)
	case *plan.Search:
		return c.search(s, p.Filter)
	case *plan.Between:
		return c.between(s, p.Filter)
	case *plan.Changes:
		return c.changes(s, p.Filter)
	case *plan.Ending:
		return c.ending(s, p)
	case *plan.Facts:
		return c.facts(s, p.Filter)
	}
	panic(fmt.Sprintf("no Cypher for a source %T", p.Source))
}
