package compile

import (
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// ending are the things that hold on the day and end until another.
func (c *compiler) ending(s *plan.Ending, p *plan.Page) rows {
	n := c.fresh("n")
	end := cypher.Call("toString", prop(n, "holdsUntil"))
	return rows{
		find: func(where cypher.Expr) cypher.Query {
			return cypher.Query{cypher.Match{
				Patterns: []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: n, Label: s.Label}}}},
				Where:    cypher.AndAll(c.holds(n), cypher.Cmp(prop(n, "holdsUntil"), "<=", cypher.Param{Name: "ending", Value: s.Last}), c.filter(p.Filter, subject{thing: n}), where),
			}}
		},
		vars: cypher.Vars(n),
		key:  c.ownKeys(map[plan.KeyBy]cypher.Expr{plan.ByEnd: end}, n),
		row:  row{thing: n, named: map[string]cypher.Expr{"on": end}},
	}
}

// falling is what falls when an agreement ends: its last day is where all of it is looked at.
func (c *compiler) falling(a *plan.Analysis, agreement cypher.Var) (cypher.Query, map[string]cypher.Expr) {
	bases, programs, placements := c.fresh("bs"), c.fresh("ps"), c.fresh("ps")
	q := cypher.Query{
		with(item(c.restingOnly(a, "bases", "baseAgreements", agreement), bases)),
		with(item(bases, ""), item(c.restingOnly(a, "programs", "programAgreements", agreement), programs)),
	}
	var placementCount cypher.Expr
	c.on(lastDay(agreement), func() {
		q = append(q, with(item(bases, ""), item(programs, ""), item(c.placementsAt(a, bases), placements)))
		placementCount = c.people(size(placements), func() cypher.Expr { return size(c.placementsAt(a, bases)) })
	})
	return q, map[string]cypher.Expr{
		"bases": bases, "baseCount": size(bases), "programs": programs, "programCount": size(programs),
		"placements": placements, "placementCount": placementCount,
	}
}

func lastDay(of cypher.Expr) days { return days{prop(of, "holdsUntil"), prop(of, "holdsUntil")} }

// restingOnly are the things that rest on an agreement, and on no other that holds when it ends.
func (c *compiler) restingOnly(a *plan.Analysis, route, others string, agreement cypher.Var) cypher.Expr {
	t := c.trail(a.Leg(route), agreement)
	c.on(lastDay(agreement), func() {
		other := c.trail(a.Leg(others), t.end)
		other.where = cypher.AndAll(other.where, cypher.Cmp(other.end, "<>", agreement))
		t.where = cypher.AndAll(t.where, not(cypher.Sub{Kind: "EXISTS", Of: cypher.Query{match(other)}}))
	})
	return reached(t)
}
