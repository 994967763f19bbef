package compile

import (
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// removal is what would be lost if an organisation left.
func (c *compiler) removal(a *plan.Analysis, of cypher.Var) (cypher.Query, map[string]cypher.Expr) {
	lost, served := c.fresh("lost"), c.fresh("served")
	q := cypher.Query{with(item(c.hostedAlone(a, of), lost))}
	if a.Of.Asks("leftWithoutBase") || a.Of.Asks("leftWithoutDiscipline") {
		q = append(q, with(item(lost, ""), item(c.servedBy(a, of, lost), served)))
	}
	placements := c.placementsAt(a, lost)
	without := c.only(lost, func(b cypher.Var) cypher.Expr { return cypher.IsNull{Of: prop(b, "places")} })
	nothingLeft := c.only(served, func(x cypher.Var) cypher.Expr {
		return cypher.Cmp(size(c.only(prop(x, "bases"), func(b cypher.Var) cypher.Expr { return not(in(b, lost)) })), "=", cypher.Lit("0"))
	})
	return q, map[string]cypher.Expr{
		"bases": lost, "baseCount": size(lost), "places": c.sum(lost, "places"), "basesWithoutPlaces": size(without),
		"placements": placements, "placementCount": c.people(size(placements), func() cypher.Expr { return size(c.placementsAt(a, lost)) }),
		"leftWithoutBase":       c.from(nothingLeft, func(x cypher.Var) cypher.Expr { return prop(x, "member") }),
		"leftWithoutDiscipline": c.disciplineLosses(lost, served),
		"agreements":            c.fallenAgreements(a, of),
	}
}

// hostedAlone are the bases that have no other host.
func (c *compiler) hostedAlone(a *plan.Analysis, of cypher.Var) cypher.Expr {
	hosted := c.trail(a.Leg("hosted"), of)
	host := c.trail(a.Leg("hosts"), hosted.end)
	host.where = cypher.AndAll(host.where, cypher.Cmp(host.end, "<>", of))
	hosted.where = cypher.AndAll(hosted.where, not(cypher.Sub{Kind: "EXISTS", Of: cypher.Query{match(host)}}))
	return reached(hosted)
}

// fromNowOn are the days from one of now on: what has not begun yet is lost as well.
func (c *compiler) fromNowOn() days {
	return days{c.days.first, cypher.Param{Name: "forever", Value: network.Forever}}
}

// placementsAt are the placements at bases that are planned or active, from now on.
func (c *compiler) placementsAt(a *plan.Analysis, bases cypher.Expr) cypher.Expr {
	b := c.fresh("b")
	var out cypher.Expr
	c.on(c.fromNowOn(), func() {
		p := c.trail(a.Leg("placements"), b)
		p.where = cypher.AndAll(p.where, in(prop(p.end, "status"), cypher.List{text("PLANNED"), text("ACTIVE")}))
		out = collect(cypher.Unwind{List: bases, As: b}, match(p), once(p.end), give(p.end))
	})
	return out
}

// servedBy is a map for each that the lost bases serve: member, bases, and rows that say which base offers what.
func (c *compiler) servedBy(a *plan.Analysis, of, lost cypher.Var) cypher.Expr {
	b, bases := c.fresh("b"), c.fresh("bs")
	m := c.trail(a.Leg("served"), b)
	m.where = cypher.AndAll(m.where, cypher.Cmp(m.end, "<>", of))
	base := c.fresh("b")
	offer := c.trail(a.Leg("offers"), base)
	rows := collect(
		cypher.Unwind{List: bases, As: base}, match(offer), cypher.With{Distinct: true, Items: cypher.Vars(base, offer.end)},
		give(cypher.Map{{Name: "base", Of: base}, {Name: "discipline", Of: offer.end}}),
	)
	return collect(
		cypher.Unwind{List: lost, As: b}, match(m), once(m.end),
		with(item(m.end, ""), item(reached(c.trail(a.Leg("bases"), m.end)), bases)),
		give(cypher.Map{{Name: "member", Of: m.end}, {Name: "bases", Of: bases}, {Name: "rows", Of: rows}}),
	)
}

// disciplineLosses are the disciplines in which all bases of somebody go.
func (c *compiler) disciplineLosses(lost, served cypher.Var) cypher.Expr {
	x, y, d, bases := c.fresh("x"), c.fresh("y"), c.fresh("d"), c.fresh("bs")
	n, b := c.fresh("n"), c.fresh("b")
	offered := collect(cypher.Unwind{List: prop(x, "rows"), As: y}, with(item(prop(y, "discipline"), n)), once(n), give(n))
	theirs := c.from(
		c.only(prop(x, "rows"), func(y cypher.Var) cypher.Expr { return cypher.Cmp(prop(y, "discipline"), "=", d) }),
		func(y cypher.Var) cypher.Expr { return prop(y, "base") },
	)
	return collect(
		cypher.Unwind{List: served, As: x},
		cypher.Unwind{List: offered, As: d},
		with(item(x, ""), item(d, ""), item(theirs, bases)),
		cypher.With{Items: cypher.Vars(x, d, bases), Where: cypher.All{Var: b, In: bases, Where: in(b, lost)}},
		give(cypher.Map{
			{Name: "member", Of: prop(x, "member")}, {Name: "discipline", Of: d},
			{Name: "bases", Of: c.only(lost, func(b cypher.Var) cypher.Expr { return in(b, bases) })},
		}),
	)
}

// fallenAgreements are those that it is a party to, with what rests on them.
func (c *compiler) fallenAgreements(a *plan.Analysis, of cypher.Var) cypher.Expr {
	g, governed := c.trail(a.Leg("agreements"), of), c.fresh("gs")
	return collect(
		match(g), once(g.end),
		with(item(g.end, ""), item(reached(c.trail(a.Leg("governed"), g.end)), governed)),
		give(cypher.Map{{Name: "agreement", Of: g.end}, {Name: "governs", Of: governed}, {Name: "governsCount", Of: size(governed)}}),
	)
}
