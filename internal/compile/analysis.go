package compile

import (
	"fmt"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// analysis writes a question about a thing: clauses that work it out step by step, and what is read of the last one. A
// step is a list, mostly of maps.
func (c *compiler) analysis(a *plan.Analysis, of cypher.Var) cypher.Expr {
	days := c.days
	if a.Days != nil {
		days = c.own(a.Days)
	}
	var out cypher.Expr
	c.on(days, func() {
		q, answered := c.workedOut(a, of)
		out = cypher.Call("head", cypher.Sub{Kind: "COLLECT", Of: append(q, give(c.selection(a.Of, answered)))})
	})
	return out
}

// own are days with parameters of their own.
func (c *compiler) own(d *plan.Days) days {
	return days{
		cypher.Param{Name: string(c.fresh("first")), Value: d.First}, cypher.Param{Name: string(c.fresh("last")), Value: d.Last},
	}
}

// workedOut gives the clauses of a question, and the row that its answer is read of.
func (c *compiler) workedOut(a *plan.Analysis, of cypher.Var) (q cypher.Query, answered row) {
	switch a.As {
	case "COVERAGE":
		return c.coverage(a, of)
	case "CAPACITY":
		q, answered.named = c.capacity(a, of)
	case "ENDING":
		q, answered.named = c.falling(a, of)
	case "REMOVAL":
		q, answered.named = c.removal(a, of)
	default:
		panic("no Cypher for the analysis " + a.As)
	}
	return q, answered
}

// A few words for what the steps are made of.

func prop(of cypher.Expr, name string) cypher.Expr { return cypher.Prop{Of: of, Name: name} }

func size(list cypher.Expr) cypher.Expr { return cypher.Call("size", list) }

func in(e, list cypher.Expr) cypher.Expr { return cypher.Cmp(e, "IN", list) }

func not(e cypher.Expr) cypher.Expr { return cypher.NotExpr{Of: e} }

func item(of cypher.Expr, as cypher.Var) cypher.Item { return cypher.Item{Of: of, As: as} }

func with(items ...cypher.Item) cypher.With { return cypher.With{Items: items} }

func give(of cypher.Expr) cypher.Clause { return cypher.Return{Items: []cypher.Item{{Of: of}}} }

// collect is a list by a subquery.
func collect(q ...cypher.Clause) cypher.Expr { return cypher.Sub{Kind: "COLLECT", Of: q} }

// match follows a trail.
func match(t trail) cypher.Clause {
	return cypher.Match{Patterns: []cypher.Pattern{t.pattern}, Where: t.where}
}

// once keeps each thing once, by name and id.
func once(n cypher.Var) cypher.With {
	return cypher.With{Distinct: true, Items: cypher.Vars(n), Order: byName(n)}
}

func byName(n cypher.Var) []cypher.Sort {
	return []cypher.Sort{{By: prop(n, "nameKey")}, {By: prop(n, "id")}}
}

// reached lists the things at the end of a trail, each once.
func reached(t trail) cypher.Expr {
	return collect(match(t), once(t.end), give(t.end))
}

// only keeps the elements of a list that meet a condition.
func (c *compiler) only(list cypher.Expr, where func(x cypher.Var) cypher.Expr) cypher.Expr {
	x := c.fresh("x")
	return cypher.Comprehension{Var: x, In: list, Where: where(x)}
}

// from gives something of each element of a list.
func (c *compiler) from(list cypher.Expr, give func(x cypher.Var) cypher.Expr) cypher.Expr {
	x := c.fresh("x")
	return cypher.Comprehension{Var: x, In: list, Give: give(x)}
}

// sum adds up a property of the elements of a list. What is unknown adds nothing.
func (c *compiler) sum(list cypher.Expr, property string) cypher.Expr {
	sum, x := c.fresh("s"), c.fresh("x")
	return cypher.Reduce{Sum: sum, From: cypher.Lit("0"), Var: x, In: list, Next: cypher.Op{
		Sign: "+", Of: []cypher.Expr{sum, cypher.Call("coalesce", prop(x, property), cypher.Lit("0"))},
	}}
}

// entries are the values of a row's map that the selection asks for.
func entries(asked func(name string) bool, all ...cypher.Entry) cypher.Map {
	var out cypher.Map
	for _, e := range all {
		if asked(e.Name) {
			out = append(out, e)
		}
	}
	return out
}

func askedOf(s *plan.Selection, of string) func(string) bool {
	return func(name string) bool { return s.Asks(of, name) }
}

func text(s string) cypher.Expr { return cypher.Lit(fmt.Sprintf("'%s'", s)) }
