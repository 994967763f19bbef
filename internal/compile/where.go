package compile

import (
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// inside tells whether a thing is in a place or a part of it.
func (c *compiler) inside(f *plan.Inside, n cypher.Var) cypher.Expr {
	t := c.trail(f.Hops, n)
	return cypher.Sub{Kind: "EXISTS", Of: cypher.Query{cypher.Match{
		Patterns: []cypher.Pattern{t.pattern},
		Where:    cypher.AndAll(t.where, cypher.Cmp(cypher.Prop{Of: t.end, Name: "id"}, "=", cypher.Param{Value: f.Place})),
	}}}
}

// near tells whether a thing is within a distance of a point, or of one of the points where another thing is.
func (c *compiler) near(f *plan.Near, n cypher.Var) cypher.Expr {
	if f.Point.IsGiven() {
		return c.within(f, n, cypher.Param{Value: f.Point})
	}
	// The other thing is where its own position says, or else where its places are.
	m, point := c.fresh("n"), c.fresh("n")
	t := c.trail(f.Places, m)
	own := cypher.Prop{Of: m, Name: position}
	at := cypher.Call("coalesce", own, cypher.Prop{Of: t.end, Name: position})
	return cypher.Sub{Kind: "EXISTS", Of: cypher.Query{
		cypher.Match{Patterns: []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: m, Label: "Node", ID: cypher.Param{Value: f.Thing}}}}}},
		cypher.Match{Optional: true, Patterns: []cypher.Pattern{t.pattern}, Where: t.where},
		cypher.With{Items: []cypher.Item{{Of: n}, {Of: at, As: point}}},
		cypher.With{Items: cypher.Vars(n, point), Where: c.within(f, n, point)},
		cypher.Return{Items: cypher.Vars(point)},
	}}
}

const position = "position"

// within tells whether a thing is within the distance of one point.
func (c *compiler) within(f *plan.Near, n cypher.Var, point cypher.Expr) cypher.Expr {
	meters := cypher.Param{Value: f.Meters}
	close := func(of cypher.Var) cypher.Expr {
		return cypher.Cmp(cypher.Call("point.distance", cypher.Prop{Of: of, Name: position}, point), "<=", meters)
	}
	t := c.trail(f.Places, n)
	places := cypher.Sub{Kind: "EXISTS", Of: cypher.Query{
		cypher.Match{Patterns: []cypher.Pattern{t.pattern}, Where: cypher.AndAll(t.where, close(t.end))},
	}}
	if !f.Own {
		return places
	}
	return cypher.Call("coalesce", close(n), places)
}
