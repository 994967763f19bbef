package cypher

import (
	"maps"
	"slices"
)

// Guard is a rule that a query keeps wherever it touches a thing. It is laid over the whole tree, so that no clause can
// be written that the rule doesn't hold for.
type Guard struct {
	// Thing is the condition on a thing that is bound; nil for none. Types may be nil: it may be of any.
	Thing func(of Expr, types []string) Expr
	// Property is what is read of a thing instead of one of its properties; nil for the property itself.
	Property func(p Prop, types []string) Expr
	// Types are those of the things under a label.
	Types func(label string) []string
}

// Over gives a query that keeps the rule.
func (g Guard) Over(q Query) Query { return g.query(q, known{}) }

// known are the variables that are bound, each with the types that its thing may be of: nil for any, none for what is
// no thing.
type known map[Var][]string

var noThing = []string{}

// typesOf are the types that a value may be of, if it is a thing; a map, a number and null are none.
func (k known) typesOf(e Expr) []string {
	switch e := e.(type) {
	case Var:
		return k[e]
	case Map, Lit:
		return noThing
	}
	return nil
}

// anyOf are the types of what may be either.
func anyOf(a, b []string) []string {
	if a == nil || b == nil {
		return nil
	}
	return append(noThing, slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))...)
}

func (g Guard) query(q Query, around known) Query {
	out, _ := g.scoped(q, maps.Clone(around))
	return out
}

// scoped is query with what is bound at its end, which it adds to scope.
func (g Guard) scoped(q Query, scope known) (Query, known) {
	out := make(Query, 0, len(q))
	for _, c := range q {
		expr := func(e Expr) Expr { return g.expr(e, scope) }
		switch x := c.(type) {
		case Match:
			c = g.match(x, scope)
		case With:
			items := liftItems(x.Items, expr)
			after := known{}
			for _, it := range items {
				after[it.name()] = scope.typesOf(it.Of)
			}
			// An order may name what was there before.
			both := maps.Clone(scope)
			maps.Copy(both, after)
			scope = both
			x.Items, x.Order, x.Where = items, liftOrder(x.Order, expr), g.expr(x.Where, both)
			scope = after
			c = x
		case Return:
			x.Items, x.Order = liftItems(x.Items, expr), liftOrder(x.Order, expr)
			c = x
		case Unwind:
			x.List = expr(x.List)
			scope[x.As] = nil
			c = x
		case Either:
			c = g.either(x, scope)
		case Fixed:
			out = append(out, x)
			c = g.fixed(x, scope)
		}
		if c != nil {
			out = append(out, c)
		}
	}
	return out, scope
}

// either guards the queries of which rows come. What they give is of the types that it is in any of them.
func (g Guard) either(e Either, scope known) Either {
	parts := make([]Query, len(e.Parts))
	given := known{}
	for i, part := range e.Parts {
		sees := known{}
		for _, v := range e.Sees {
			sees[v] = scope[v]
		}
		var bound known
		parts[i], bound = g.scoped(part, sees)
		last, _ := part[len(part)-1].(Return)
		for _, it := range last.Items {
			types := bound.typesOf(it.Of)
			if i > 0 {
				types = anyOf(types, given[it.name()])
			}
			given[it.name()] = types
		}
	}
	maps.Copy(scope, given)
	return Either{e.Sees, parts}
}

// match guards what a pattern binds: what was bound before was guarded then.
func (g Guard) match(m Match, scope known) Match {
	var where []Expr
	patterns := make([]Pattern, len(m.Patterns))
	for i, p := range m.Patterns {
		nodes, rels := make([]NodePattern, len(p.Nodes)), make([]RelPattern, len(p.Rels))
		walked := slices.ContainsFunc(p.Rels, func(r RelPattern) bool { return r.Star }) // its ends are among nodes(path)
		for j, n := range p.Nodes {
			if _, bound := scope[n.Var]; !bound {
				if n.Types == nil {
					n.Types = g.Types(n.Label)
				}
				scope[n.Var] = n.Types
				if !n.Open && !p.Open && !walked {
					where = append(where, g.Thing(n.Var, n.Types))
				}
			}
			n.ID = g.expr(n.ID, scope)
			nodes[j] = n
		}
		for j, r := range p.Rels {
			scope[r.Var] = noThing
			switch {
			case p.Open:
			case r.Star:
				x := "on" + p.Path
				if on := g.Thing(x, nil); on != nil {
					where = append(where, All{Var: x, In: Call("nodes", p.Path), Where: on})
				}
			case !r.once():
				inside := g.Types(r.Inside.Label)
				if r.Inside.Types != nil {
					inside = r.Inside.Types
				}
				r.Where = AndAll(g.expr(r.Where, scope), g.Thing(r.Inside.Var, inside))
			}
			rels[j] = r
		}
		p.Nodes, p.Rels = nodes, rels
		patterns[i] = p
	}
	m.Patterns = patterns
	m.Where = AndAll(append([]Expr{g.expr(m.Where, scope)}, where...)...)
	return m
}

// fixed guards what fixed clauses bind: things, and the ends of relationships.
func (g Guard) fixed(f Fixed, scope known) Clause {
	var where []Expr
	orAbsent := func(v Var, on Expr) {
		if on != nil {
			where = append(where, OrAny(IsNull{v}, on))
		}
	}
	for _, v := range f.Things {
		if _, bound := scope[v]; !bound {
			orAbsent(v, g.Thing(v, nil))
		}
	}
	for _, v := range f.Ties {
		orAbsent(v, AndAll(g.Thing(Call("startNode", v), nil), g.Thing(Call("endNode", v), nil)))
	}
	for _, v := range f.Binds {
		scope[v] = nil
	}
	for _, v := range f.Ties {
		scope[v] = noThing
	}
	if len(where) == 0 {
		return nil
	}
	return With{Items: Vars(f.Binds...), Where: AndAll(where...)}
}

func (g Guard) expr(e Expr, scope known) Expr {
	switch e := e.(type) {
	case nil:
		return nil
	case Sub:
		return Sub{e.Kind, g.query(e.Of, scope)}
	case Prop:
		e.Of = g.expr(e.Of, scope)
		var types []string
		if v, ok := e.Of.(Var); ok {
			types = scope[v]
		}
		if types == nil || len(types) > 0 {
			if instead := g.Property(e, types); instead != nil {
				return instead
			}
		}
		return e
	}
	return rewrite(e, func(part Expr) Expr { return g.expr(part, scope) })
}
