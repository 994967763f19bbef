package compile

import (
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// measuring is a capacity on its way into clauses. What is free can become less only on a day on which something begins
// or an offer ends, so these are the days on which the network is looked at, each as any other day is.
type measuring struct {
	*compiler
	of    *plan.Analysis
	base  cypher.Var
	turns cypher.Var // the list of those days
}

func (c *compiler) capacity(a *plan.Analysis, base cypher.Var) (cypher.Query, map[string]cypher.Expr) {
	m := &measuring{c, a, base, c.fresh("days")}
	tightest, placements := c.fresh("x"), c.fresh("ps")
	return cypher.Query{
			with(item(m.allTurns(), m.turns)),
			with(item(m.turns, ""), item(m.tightest(""), tightest)),
			with(item(m.turns, ""), item(tightest, ""), item(m.placements(""), placements)),
		}, map[string]cypher.Expr{
			"on": prop(tightest, "on"), "places": prop(tightest, "places"), "taken": prop(tightest, "taken"), "free": prop(tightest, "free"),
			"placementCount": m.people(size(placements), func() cypher.Expr { return size(m.placements("")) }), "placements": placements, "disciplines": m.disciplines(),
		}
}

func (m *measuring) allTurns() cypher.Expr {
	t, d := m.fresh("t"), m.fresh("d")
	begins := func(of ...cypher.Expr) cypher.Query {
		var days cypher.List
		for _, e := range of {
			days = append(days, prop(e, "holdsFrom"))
		}
		return cypher.Query{cypher.Unwind{List: days, As: t}, give(t)}
	}
	offer := m.trail(m.of.Leg("offers"), m.base)
	placed, placement := m.taking()
	student := m.trail(m.of.Leg("student"), placement.end)
	studied := m.trail(m.of.Leg("studied"), student.end)
	all := cypher.Op{Sign: "+", Of: []cypher.Expr{
		cypher.List{m.days.first},
		collect(match(offer), cypher.Unwind{List: cypher.List{prop(offer.tie, "holdsFrom"), prop(offer.tie, "holdsUntil")}, As: t}, give(t)),
		collect(append(cypher.Query{placed}, begins(placement.tie, placement.end)...)...),
		collect(append(cypher.Query{placed, match(student), match(studied)}, begins(student.tie, studied.tie)...)...),
	}}
	return collect(
		cypher.Unwind{List: all, As: d},
		cypher.With{Distinct: true, Items: cypher.Vars(d), Where: cypher.AndAll(cypher.Cmp(m.days.first, "<=", d), cypher.Cmp(d, "<=", m.days.last))},
		give(d),
	)
}

// taking finds the placements at the base that take a place.
func (m *measuring) taking() (cypher.Clause, trail) {
	t := m.trail(m.of.Leg("placements"), m.base)
	t.where = cypher.AndAll(t.where, takesPlace(t.end))
	return match(t), t
}

// placed finds the placements, those of students of a discipline if there is one.
func (m *measuring) placed(discipline cypher.Var) (cypher.Query, cypher.Var) {
	find, t := m.taking()
	q := cypher.Query{find}
	if discipline != "" {
		student := m.trail(m.of.Leg("student"), t.end)
		studied := m.trail(m.of.Leg("studied"), student.end)
		studied.where = cypher.AndAll(studied.where, cypher.Cmp(studied.end, "=", discipline))
		q = append(q, match(student), match(studied))
	}
	return q, t.end
}

func (m *measuring) placements(discipline cypher.Var) cypher.Expr {
	q, p := m.placed(discipline)
	return collect(append(q, once(p), give(p))...)
}

// offered lists what the offers state, in all disciplines or in one.
func (m *measuring) offered(discipline cypher.Var) cypher.Expr {
	t := m.trail(m.of.Leg("offers"), m.base)
	if discipline != "" {
		t.where = cypher.AndAll(t.where, cypher.Cmp(t.end, "=", discipline))
	}
	return collect(match(t), give(t.tie))
}

// tightest gives the figures of the first day on which the fewest places are free.
func (m *measuring) tightest(discipline cypher.Var) cypher.Expr {
	day, places, taken, known := m.fresh("day"), m.fresh("places"), m.fresh("taken"), m.fresh("known")
	stated := size(m.only(m.offered(discipline), func(r cypher.Var) cypher.Expr { return not(cypher.IsNull{Of: prop(r, "places")}) }))
	var isKnown cypher.Expr = cypher.Cmp(stated, ">", cypher.Lit("0"))
	var there, count cypher.Expr
	m.on(days{day, day}, func() {
		there = m.sum(m.offered(discipline), "places")
		placed := func() cypher.Expr {
			q, p := m.placed(discipline)
			return cypher.Sub{Kind: "COUNT", Of: append(q, cypher.Return{Distinct: true, Items: cypher.Vars(p)})}
		}
		count = m.people(placed(), placed)
	})
	if discipline == "" {
		own := prop(m.base, "places")
		isKnown = cypher.OrAny(not(cypher.IsNull{Of: own}), isKnown)
		there = cypher.Call("coalesce", own, there)
	}
	ifKnown := func(e cypher.Expr) cypher.Expr { return cypher.Case{When: known, Then: e} }
	free := cypher.Op{Sign: "-", Of: []cypher.Expr{places, taken}}
	return cypher.Call("head", collect(
		with(item(isKnown, known)),
		cypher.Unwind{List: m.turns, As: day},
		with(item(known, ""), item(day, ""), item(there, places), item(count, taken)),
		cypher.With{Items: cypher.Vars(known, day, places, taken), Order: []cypher.Sort{{By: free}, {By: day}}, Limit: cypher.Lit("1")},
		give(cypher.Map{
			{Name: "on", Of: cypher.Call("toString", day)}, {Name: "places", Of: ifKnown(places)}, {Name: "taken", Of: taken}, {Name: "free", Of: ifKnown(free)},
		}),
	))
}

func (m *measuring) disciplines() cypher.Expr {
	offer := m.trail(m.of.Leg("offers"), m.base)
	d, x, placements := offer.end, m.fresh("x"), m.fresh("ps")
	return collect(
		match(offer), once(d),
		with(item(d, ""), item(m.tightest(d), x)),
		with(item(d, ""), item(x, ""), item(m.placements(d), placements)),
		give(cypher.Map{
			{Name: "discipline", Of: d}, {Name: "on", Of: prop(x, "on")}, {Name: "places", Of: prop(x, "places")}, {Name: "taken", Of: prop(x, "taken")},
			{Name: "free", Of: prop(x, "free")}, {Name: "placementCount", Of: m.people(size(placements), func() cypher.Expr { return size(m.placements(d)) })}, {Name: "placements", Of: placements},
		}),
	)
}
