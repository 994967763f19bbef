package cypher

import (
	"slices"
	"strings"
)

// Neo4j takes an aggregation within a subquery expression for one of the list or object that the subquery stands in,
// and refuses it beside other values. Such subqueries are therefore run as clauses of their own, just before the clause
// that reads them: `CALL (*) { … RETURN collect(…) AS h1 }` instead of `COLLECT { … }`.

// gives is `CALL (*) { … }`, a subquery that gives one row.
type gives struct{ of Query }

func (g gives) write(w *writer) {
	w.text("CALL (*) {")
	w.block(g.of)
	w.line()
	w.text("}")
}

type hoister struct{ made int }

// query gives a query of which no list holds an aggregation.
func (h *hoister) query(q Query) Query {
	var out Query
	for _, c := range q {
		var before Query
		lift := func(e Expr) Expr { return h.lift(e, &before) }
		switch x := c.(type) {
		case With:
			x.Items, x.Order = liftItems(x.Items, lift), liftOrder(x.Order, lift)
			c = x
		case Return:
			x.Items, x.Order = liftItems(x.Items, lift), liftOrder(x.Order, lift)
			c = x
		case Unwind:
			x.List = lift(x.List)
			c = x
		}
		out = append(append(out, before...), c)
	}
	return out
}

func liftItems(items []Item, lift func(Expr) Expr) []Item {
	out := slices.Clone(items)
	for i := range out {
		out[i].Of = lift(out[i].Of)
	}
	return out
}

func liftOrder(order []Sort, lift func(Expr) Expr) []Sort {
	out := slices.Clone(order)
	for i := range out {
		out[i].By = lift(out[i].By)
	}
	return out
}

// lift takes the subqueries that aggregate out of an expression.
func (h *hoister) lift(e Expr, before *Query) Expr {
	sub, ok := e.(Sub)
	if !ok {
		return rewrite(e, func(part Expr) Expr { return h.lift(part, before) })
	}
	if !aggregates(sub.Of) {
		return sub
	}
	h.made++
	as := Var("h" + itoa(h.made))
	*before = append(*before, gives{one(sub.Kind, h.query(sub.Of), as)})
	return as
}

// one makes a subquery give its value in one row.
func one(kind string, q Query, as Var) Query {
	last, _ := q[len(q)-1].(Return)
	switch kind {
	case "COUNT", "EXISTS":
		q = append(q[:len(q)-1:len(q)-1], With{Distinct: last.Distinct, Items: last.Items})
		var count Expr = Call("count", Lit("*"))
		if kind == "EXISTS" {
			count = Cmp(count, ">", Lit("0"))
		}
		return append(q, Return{Items: []Item{{Of: count, As: as}}})
	}
	v := as + "v"
	q = append(q[:len(q)-1:len(q)-1], With{Distinct: last.Distinct, Items: []Item{{Of: last.Items[0].Of, As: v}}, Order: last.Order, Limit: last.Limit})
	switch last.Items[0].Of.(type) {
	case List, Map: // never null
		return append(q, Return{Items: []Item{{Of: Call("collect", v), As: as}}})
	}
	// collect leaves out null, which a list of things by id holds for what isn't there.
	wrapped := Comprehension{Var: "x", In: Call("collect", List{v}), Give: Index{Of: Var("x"), At: Lit("0")}}
	return append(q, Return{Items: []Item{{Of: wrapped, As: as}}})
}

var aggregations = []string{"count", "sum", "avg", "min", "max", "collect"}

// aggregates tells whether an aggregation stands anywhere in a query or below it.
func aggregates(q Query) bool {
	found := false
	var look func(Expr) Expr
	look = func(e Expr) Expr {
		switch e := e.(type) {
		case Func:
			found = found || slices.Contains(aggregations, e.Name)
		case Sub:
			found = found || aggregates(e.Of)
		}
		return rewrite(e, look)
	}
	for _, c := range q {
		switch c := c.(type) {
		case With:
			liftItems(c.Items, look)
			liftOrder(c.Order, look)
		case Return:
			liftItems(c.Items, look)
			liftOrder(c.Order, look)
		case Unwind:
			look(c.List)
		case gives:
			found = found || aggregates(c.of)
		case Either:
			for _, q := range c.Parts {
				found = found || aggregates(q)
			}
		case Fixed:
			found = found || strings.Contains(c.Text, "collect(")
		}
	}
	return found
}
