package compile

import (
	"fmt"
	"maps"
	"slices"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// rows is a source written as clauses.
type rows struct {
	// find binds the rows; it takes the condition that bounds the page, which may be nil.
	find     func(where cypher.Expr) cypher.Query
	vars     []cypher.Item // what a row is
	distinct bool          // find gives a row more than once
	key      func(plan.Key) sortKey
	row      row
	tie      cypher.Var // the one relationship behind a row, if there is one
	// path is the path to each row, when all paths to a thing are kept; "" otherwise.
	path cypher.Var
}

// page writes a page as the list of its parts. Each part has variables of its own.
func (c *compiler) page(p *plan.Page, from row) cypher.Expr {
	out := cypher.List{}
	if p.Parts.Rows {
		out = append(out, c.pageRows(p, from))
	}
	if p.Parts.Total {
		rs := c.source(p, from)
		out = append(out, cypher.Sub{Kind: "COUNT", Of: append(rs.find(nil), rs.end())})
	}
	if p.Parts.Earlier {
		out = append(out, c.beyond(p, from, p.After, false))
	}
	if p.Parts.Later {
		out = append(out, c.beyond(p, from, p.Before, true))
	}
	for _, a := range p.Amounts {
		out = append(out, c.amounts(a, func() rows { return c.source(&plan.Page{Source: p.Source, Filter: p.Filter}, from) }))
	}
	return out
}

func (rs rows) end() cypher.Clause {
	return cypher.Return{Distinct: rs.distinct, Items: rs.vars}
}

// beyond tells whether there is a row on the other side of a cursor.
func (c *compiler) beyond(p *plan.Page, from row, at plan.Input[[]any], before bool) cypher.Expr {
	rs := c.source(p, from)
	keys := rs.keys(p.Order)
	q := rs.bounded(keys, cypher.NotExpr{Of: bound(keys, at, before)})
	return cypher.Sub{Kind: "EXISTS", Of: append(q, rs.end())}
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
func (rs rows) bounded(keys []sortKey, where cypher.Expr) cypher.Query {
	named := dear(keys)
	if len(named) == 0 {
		return rs.find(where)
	}
	q := rs.find(nil)
	if rs.distinct {
		q = append(q, cypher.With{Distinct: true, Items: rs.vars})
	}
	return append(q, cypher.With{Items: append(slices.Clone(rs.vars), named...), Where: where})
}

// pageRows writes the rows of a page: found, bounded by the cursors, put in order, cut one past the limit, read.
func (c *compiler) pageRows(p *plan.Page, from row) cypher.Expr {
	rs := c.source(p, from)
	keys := rs.keys(p.Order)
	var bounds []cypher.Expr
	if p.After.IsGiven() {
		bounds = append(bounds, bound(keys, p.After, false))
	}
	if p.Before.IsGiven() {
		bounds = append(bounds, bound(keys, p.Before, true))
	}
	where := cypher.AndAll(bounds...)
	var order []cypher.Sort
	for _, k := range keys {
		order = append(order, cypher.Sort{By: k.sort, Desc: k.Desc != p.Backward})
	}
	r := rs.row
	r.named = maps.Clone(r.named)
	if r.named == nil {
		r.named = map[string]cypher.Expr{}
	}
	items := rs.vars
	for _, k := range keys {
		r.named["KEY "+k.Name] = k.value
		if k.as != "" && rs.path == "" { // named already
			r.named["KEY "+k.Name] = k.as
			items = append(slices.Clone(items), cypher.Item{Of: k.as})
		}
	}
	limit := cypher.Param{Value: plan.Part(p.Limit, func(n int) int { return n + 1 })}
	read := c.selection(&plan.Selection{Columns: p.Columns}, r)
	if rs.path != "" {
		return cypher.Sub{Kind: "COLLECT", Of: c.pathRows(rs, where, keys, order, limit, read)}
	}
	return cypher.Sub{Kind: "COLLECT", Of: append(rs.bounded(keys, where),
		cypher.With{Distinct: rs.distinct && len(dear(keys)) == 0, Items: items, Order: order, Limit: limit},
		cypher.Return{Items: []cypher.Item{{Of: read}}},
	)}
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
		return c.between(s)
	case *plan.Changes:
		return c.changes(s)
	}
	panic(fmt.Sprintf("no Cypher for a source %T", p.Source))
}
