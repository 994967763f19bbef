package compile

import (
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// around is a thing, the things around it, nearest first, and the relationships among all that is shown.
func (c *compiler) around(s *plan.Around) cypher.Query {
	center, far, path := c.fresh("n"), c.fresh("n"), c.fresh("p")
	found, shown, distance := cypher.Var("found"), cypher.Var("shown"), cypher.Var("distance")
	a, b, r := c.fresh("n"), c.fresh("n"), c.fresh("r")
	all := cypher.Op{Sign: "+", Of: []cypher.Expr{shown, cypher.List{center}}}
	walk := cypher.Query{
		cypher.Match{
			Patterns: []cypher.Pattern{{
				Path:  path,
				Nodes: []cypher.NodePattern{{Var: center}, {Var: far}},
				Rels:  []cypher.RelPattern{{Types: s.Over, Direction: cypher.Both, Least: 1, Most: s.Depth, Star: true}},
			}},
			// The thing in the middle was named by its id, which finds it on any day.
			Where: cypher.AndAll(c.holdsAll(path, cypher.Call("tail", cypher.Call("nodes", path))), cypher.Cmp(far, "<>", center)),
		},
		cypher.With{Items: []cypher.Item{{Of: far}, {Of: cypher.Call("min", cypher.Call("length", path)), As: distance}}, Order: []cypher.Sort{
			{By: distance}, {By: cypher.Prop{Of: far, Name: "nameKey"}}, {By: cypher.Prop{Of: far, Name: "id"}},
		}},
		cypher.Return{Items: cypher.Vars(far)},
	}
	among := cypher.Sub{Kind: "COLLECT", Of: cypher.Query{
		cypher.Unwind{List: all, As: a},
		cypher.Match{
			Patterns: []cypher.Pattern{{
				Nodes: []cypher.NodePattern{{Var: a}, {Var: b}},
				Rels:  []cypher.RelPattern{{Var: r, Types: s.Over, Direction: cypher.Out}},
			}},
			Where: cypher.AndAll(c.holds(r), cypher.Cmp(b, "IN", all)),
		},
		cypher.Return{Items: cypher.Vars(r), Order: []cypher.Sort{{By: cypher.Prop{Of: r, Name: "id"}}}},
	}}
	limit := cypher.Param{Name: "limit", Value: s.Limit}
	return cypher.Query{
		cypher.Match{Patterns: []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: center, Label: "Node", ID: cypher.Param{Value: s.ID}}}}}},
		cypher.With{Items: []cypher.Item{{Of: center}, {Of: cypher.Sub{Kind: "COLLECT", Of: walk}, As: found}}},
		cypher.With{Items: []cypher.Item{{Of: center}, {Of: found}, {Of: cypher.Slice{Of: found, First: limit}, As: shown}}},
		cypher.With{Items: []cypher.Item{{Of: center}, {Of: found}, {Of: shown}, {Of: among, As: "ties"}}},
		answer(c.selection(s.Of, row{named: map[string]cypher.Expr{
			"center": center, "nodes": shown, "relationships": cypher.Var("ties"),
			"totalCount": cypher.Call("size", found),
			"truncated":  cypher.Cmp(cypher.Call("size", found), ">", limit),
		}})),
	}
}
