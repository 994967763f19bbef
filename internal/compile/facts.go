package compile

import (
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// facts are the things and relationships that somebody should check: for each kind of reason, those of either sort.
func (c *compiler) facts(s *plan.Facts, f plan.Filter) rows {
	const check cypher.Var = "check"
	kind, id := cypher.Var("kind"), cypher.Var("id")
	node, relationship, others := cypher.Var("node"), cypher.Var("relationship"), cypher.Var("others")
	reason := cypher.Var("reason")
	own := ownValues(check, cypher.Map{{Name: "kind", Of: kind}, {Name: "reason", Of: reason}, {Name: "type", Of: cypher.Var("type")}}, kind, id, reason, "fact", node, relationship, others)
	othersOf := func(of cypher.Expr) cypher.Expr {
		return cypher.Case{When: cypher.IsNull{Of: of}, Then: cypher.List{}, Else: others}
	}
	return rows{
		find: func(where cypher.Expr) cypher.Query {
			return cypher.Query{cypher.Either{Parts: c.factBranches(s)}, cypher.With{Items: own, Where: cypher.AndAll(c.filter(f, subject{thing: check}), where)}}
		},
		vars: passed(own),
		key:  c.ownKeys(map[plan.KeyBy]cypher.Expr{plan.ByKind: kind, plan.ByFactID: id}, check),
		row: row{of: cypher.Var("fact"), thing: check, named: map[string]cypher.Expr{
			"kind": kind, "reason": reason, "node": node, "relationship": relationship,
			"otherNodes": othersOf(node), "otherRelationships": othersOf(relationship),
		}},
	}
}

func (c *compiler) factBranches(s *plan.Facts) []cypher.Query {
	var out []cypher.Query
	for _, k := range []struct{ kind, reason, count string }{
		{"NO_SOURCE", "no source is on record", "0"}, {"SINGLE_SOURCE", "one source attests it", "1"},
	} {
		if !s.Wants(k.kind) {
			continue
		}
		if !s.NoThings {
			n, find := c.things(s)
			find.Where = cypher.AndAll(find.Where, not(cypher.HasLabel{Of: n, Labels: []string{s.Sources}}), cypher.Cmp(prop(n, "sourceCount"), "=", cypher.Lit(k.count)))
			out = append(out, cypher.Query{find, c.fact(k.kind, text(k.reason), n, cypher.List{}, s.Types)})
		}
		if !s.NoTies {
			r, _, find := c.ties(s)
			find.Where = cypher.AndAll(find.Where, cypher.Cmp(prop(r, "sourceCount"), "=", cypher.Lit(k.count)))
			out = append(out, cypher.Query{find, c.fact(k.kind, text(k.reason), r, cypher.List{}, nil)})
		}
	}
	if s.Wants("DISAGREEING") && !s.NoThings {
		out = append(out, c.contradictingFigures(s))
	}
	if s.Wants("DISAGREEING") && !s.NoTies {
		out = append(out, c.contradictingTies(s))
	}
	return out
}

// fact gives a row of a branch: a thing of one of some types or, without them, a relationship.
func (c *compiler) fact(kind string, reason cypher.Expr, of cypher.Var, others cypher.Expr, types []string) cypher.Clause {
	var node, relationship cypher.Expr = of, cypher.Lit("null")
	typ := c.typeOf(of, types)
	if types == nil {
		node, relationship, typ = relationship, node, cypher.Call("type", of)
	}
	return cypher.Return{Items: []cypher.Item{
		item(text(kind), "kind"), item(prop(of, "id"), "id"), item(reason, "reason"), item(of, "fact"),
		item(node, "node"), item(relationship, "relationship"), item(others, "others"), item(typ, "type"),
	}}
}

func (c *compiler) things(s *plan.Facts) (cypher.Var, cypher.Match) {
	n := c.fresh("n")
	where := c.holds(n)
	if len(s.Things) > 0 {
		where = cypher.AndAll(where, cypher.HasLabel{Of: n, Labels: s.Things})
	}
	return n, cypher.Match{Patterns: []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: n, Label: "Node"}}}}, Where: where}
}

// ties finds relationships; the ends come back as well.
func (c *compiler) ties(s *plan.Facts) (cypher.Var, [2]cypher.Var, cypher.Match) {
	a, b, r := c.fresh("n"), c.fresh("n"), c.fresh("r")
	return r, [2]cypher.Var{a, b}, cypher.Match{
		Patterns: []cypher.Pattern{{
			Nodes: []cypher.NodePattern{{Var: a, Label: "Node"}, {Var: b}},
			Rels:  []cypher.RelPattern{{Var: r, Types: s.Relationships, Direction: cypher.Out}},
		}},
		Where: cypher.AndAll(c.holds(r), c.holds(a), c.holds(b)),
	}
}

// same tells whether two facts have one value, or neither has any.
func same(a, b cypher.Expr, name string) cypher.Expr {
	return cypher.Cmp(cypher.Call("coalesce", prop(a, name), text("")), "=", cypher.Call("coalesce", prop(b, name), text("")))
}

// contradicted keeps what others contradict.
func contradicted(of cypher.Var, others cypher.Var, by cypher.Expr) cypher.Query {
	return cypher.Query{
		with(item(of, ""), item(by, others)),
		cypher.With{Items: cypher.Vars(of, others), Where: cypher.Cmp(size(others), ">", cypher.Lit("0"))},
	}
}

func onceByID(n cypher.Var) cypher.Clause {
	return cypher.With{Distinct: true, Items: cypher.Vars(n), Order: []cypher.Sort{{By: prop(n, "id")}}}
}

// contradictingFigures are figures of one thing with the same name, unit and date that differ.
func (c *compiler) contradictingFigures(s *plan.Facts) cypher.Query {
	n, find := c.things(s)
	find.Where = cypher.AndAll(find.Where, cypher.HasLabel{Of: n, Labels: []string{s.Figures}})
	t := c.trail(s.Alike, n)
	t.where = cypher.AndAll(t.where,
		cypher.Cmp(prop(t.end, "name"), "=", prop(n, "name")), same(t.end, n, "unit"),
		cypher.Cmp(prop(t.end, "date"), "=", prop(n, "date")), cypher.Cmp(prop(t.end, "value"), "<>", prop(n, "value")),
	)
	others := c.fresh("os")
	return append(append(cypher.Query{find}, contradicted(n, others, collect(match(t), onceByID(t.end), give(t.end)))...),
		c.fact("DISAGREEING", text("another figure of the same name, unit and date has another value"), n, others, s.Types))
}

// contradictingTies are relationships that tell the same but for when it began or ended.
func (c *compiler) contradictingTies(s *plan.Facts) cypher.Query {
	r, ends, find := c.ties(s)
	q := c.fresh("r")
	// A date that states the other more precisely begins with it.
	differ := func(q cypher.Expr, name string) cypher.Expr {
		one, other := prop(q, name), prop(r, name)
		return cypher.AndAll(not(cypher.Cmp(one, "STARTS WITH", other)), not(cypher.Cmp(other, "STARTS WITH", one)))
	}
	beside := cypher.Match{
		Patterns: []cypher.Pattern{{
			Nodes: []cypher.NodePattern{{Var: ends[0]}, {Var: ends[1]}},
			Rels:  []cypher.RelPattern{{Var: q, Types: s.Relationships, Direction: cypher.Out}},
		}},
		Where: cypher.AndAll(
			c.holds(q), cypher.Cmp(q, "<>", r), cypher.Cmp(cypher.Call("type", q), "=", cypher.Call("type", r)),
			same(q, r, "role"), same(q, r, "title"), same(q, r, "side"), cypher.OrAny(differ(q, "since"), differ(q, "until")),
		),
	}
	others := c.fresh("os")
	some := func(name string) cypher.Expr {
		return cypher.Cmp(size(c.only(others, func(o cypher.Var) cypher.Expr { return differ(o, name) })), ">", cypher.Lit("0"))
	}
	reason := cypher.Case{
		When: cypher.AndAll(some("since"), some("until")), Then: text("another relationship states another beginning and another end"),
		Else: cypher.Case{
			When: some("since"), Then: text("another relationship states another beginning"),
			Else: text("another relationship states another end"),
		},
	}
	return append(append(cypher.Query{find}, contradicted(r, others, collect(beside, onceByID(q), give(q)))...),
		c.fact("DISAGREEING", reason, r, others, nil))
}
