package compile

import (
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// between are the paths between two things. No path passes a thing twice.
func (c *compiler) between(s *plan.Between, f plan.Filter) rows {
	a, b, p := c.fresh("n"), c.fresh("n"), c.fresh("p")
	const path cypher.Var = "path"
	pattern := cypher.Pattern{
		Path:  p,
		Nodes: []cypher.NodePattern{{Var: a}, {Var: b}},
		Rels:  []cypher.RelPattern{{Types: s.Over, Direction: cypher.Both, Least: 1, Most: s.Most, Star: true}},
	}
	nodes := cypher.Call("nodes", p)
	where := c.holdsAll(p, nodes)
	if s.Shortest {
		pattern.Function = "allShortestPaths"
	} else {
		n, m := c.fresh("n"), c.fresh("n")
		same := cypher.Comprehension{Var: m, In: nodes, Where: cypher.Cmp(m, "=", n)}
		where = cypher.AndAll(where, cypher.All{Var: n, In: nodes, Where: cypher.Cmp(cypher.Call("size", same), "=", cypher.Lit("1"))})
	}
	rel := c.fresh("r")
	sum := cypher.Var("s")
	route := cypher.Reduce{
		Sum: sum, From: cypher.Lit("''"), Var: rel, In: cypher.Call("relationships", p),
		Next: cypher.Op{Sign: "+", Of: []cypher.Expr{sum, cypher.Prop{Of: rel, Name: "id"}, cypher.Lit("' '")}},
	}
	return rows{
		find: func(more cypher.Expr) cypher.Query {
			return cypher.Query{
				cypher.Match{Patterns: []cypher.Pattern{
					{Nodes: []cypher.NodePattern{{Var: a, Label: "Node", ID: cypher.Param{Value: s.From}}}},
					{Nodes: []cypher.NodePattern{{Var: b, Label: "Node", ID: cypher.Param{Value: s.To}}}},
				}},
				cypher.Match{Patterns: []cypher.Pattern{pattern}, Where: where},
				// Not beside the pattern: the shortest paths that meet a condition need not be the shortest ones.
				cypher.With{Items: ownValues(path, cypher.Map{{Name: "length", Of: cypher.Call("length", p)}}, p), Where: cypher.AndAll(c.filter(f, subject{thing: path}), more)},
			}
		},
		vars: cypher.Vars(path, p),
		key:  c.ownKeys(map[plan.KeyBy]cypher.Expr{plan.ByLength: prop(path, "length"), plan.ByRoute: route}, path),
		row:  row{thing: path, path: p},
	}
}
