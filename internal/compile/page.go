package compile

import (
	"fmt"
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
	key      func(plan.KeyBy) cypher.Expr
	row      row
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
		rs := c.source(p, from)
		out = append(out, cypher.Sub{Kind: "EXISTS", Of: append(rs.find(cypher.NotExpr{Of: bound(p.Order, rs.key, p.After, false)}), rs.end())})
	}
	if p.Parts.Later {
		rs := c.source(p, from)
		out = append(out, cypher.Sub{Kind: "EXISTS", Of: append(rs.find(cypher.NotExpr{Of: bound(p.Order, rs.key, p.Before, true)}), rs.end())})
	}
	return out
}

func (rs rows) end() cypher.Clause {
	return cypher.Return{Distinct: rs.distinct, Items: rs.vars}
}

// pageRows writes the rows of a page: found, bounded by the cursors, put in order, cut one past the limit, read.
func (c *compiler) pageRows(p *plan.Page, from row) cypher.Expr {
	rs := c.source(p, from)
	var bounds []cypher.Expr
	if p.After != nil {
		bounds = append(bounds, bound(p.Order, rs.key, p.After, false))
	}
	if p.Before != nil {
		bounds = append(bounds, bound(p.Order, rs.key, p.Before, true))
	}
	var order []cypher.Sort
	for _, k := range p.Order {
		order = append(order, cypher.Sort{By: rs.key(k.By), Desc: k.Desc != p.Backward})
	}
	r := rs.row
	r.named = named(r.named, p, rs.key)
	limit := cypher.Param{Value: p.Limit + 1}
	read := c.selection(&plan.Selection{Columns: p.Columns}, r)
	if rs.path != "" {
		return cypher.Sub{Kind: "COLLECT", Of: c.pathRows(rs, cypher.AndAll(bounds...), order, limit, read)}
	}
	return cypher.Sub{Kind: "COLLECT", Of: append(rs.find(cypher.AndAll(bounds...)),
		cypher.With{Distinct: rs.distinct, Items: rs.vars, Order: order, Limit: limit},
		cypher.Return{Items: []cypher.Item{{Of: read}}},
	)}
}

func named(of map[string]cypher.Expr, p *plan.Page, key func(plan.KeyBy) cypher.Expr) map[string]cypher.Expr {
	out := map[string]cypher.Expr{}
	for k, v := range of {
		out[k] = v
	}
	for _, k := range p.Order {
		out["KEY "+string(k.By)] = key(k.By)
	}
	return out
}

// bound is the condition that a row lies behind a key, or before it, in the order.
func bound(order []plan.Key, key func(plan.KeyBy) cypher.Expr, values []any, before bool) cypher.Expr {
	var out cypher.Expr
	for i, k := range slices.Backward(order) {
		sign := ">"
		if k.Desc != before {
			sign = "<"
		}
		v := cypher.Param{Value: values[i]}
		beyond := cypher.Cmp(key(k.By), sign, v)
		if out == nil {
			out = beyond
			continue
		}
		out = cypher.OrAny(beyond, cypher.AndAll(cypher.Cmp(key(k.By), "=", cypher.Param{Value: values[i]}), out))
	}
	return out
}

func (c *compiler) source(p *plan.Page, from row) rows {
	switch s := p.Source.(type) {
	case *plan.All:
		n := c.fresh("n")
		return rows{
			find: func(where cypher.Expr) cypher.Query {
				return cypher.Query{cypher.Match{
					Patterns: []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: n, Label: s.Label}}}},
					Where:    cypher.AndAll(c.holdsIf(s.Dated, n), c.filter(p.Filter, n), where),
				}}
			},
			vars: cypher.Vars(n),
			key:  thingKey(n, ""),
			row:  row{thing: n},
		}
	case *plan.Hops:
		return c.hopRows(s, p, from)
	case *plan.Search:
		return c.search(s)
	case *plan.Between:
		return c.between(s)
	case *plan.Changes:
		return c.changes(s)
	case *plan.Ending:
		return c.ending(s, p)
	case *plan.Facts:
		return c.facts(s)
	}
	panic(fmt.Sprintf("no Cypher for a source %T", p.Source))
}

func thingKey(n, tie cypher.Var) func(plan.KeyBy) cypher.Expr {
	return func(by plan.KeyBy) cypher.Expr {
		switch by {
		case plan.ByTieID:
			return cypher.Prop{Of: tie, Name: "id"}
		case plan.ByName:
			// Neo4j sorts texts as they are stored by code point, but compares them with a parameter by UTF-16 unit. A
			// text that was put together is sorted by unit too, so that a cursor stands where its row does.
			return cypher.Op{Sign: "+", Of: []cypher.Expr{cypher.Prop{Of: n, Name: "name"}, cypher.Lit("''")}}
		}
		return cypher.Prop{Of: n, Name: string(by)}
	}
}
