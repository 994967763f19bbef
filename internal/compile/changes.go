package compile

import (
	_ "embed" // the fixed part

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

//go:embed fragments/changes.cypher
var changesFile string

var changesClauses = clauses(changesFile)

func (c *compiler) changes(s *plan.Changes) rows {
	text := cypher.Fixed{
		Binds: []cypher.Var{"date", "what", "stated", "node", "relationship", "id"}, Things: []cypher.Var{"node"}, Ties: []cypher.Var{"relationship"},
		Text: changesClauses, Params: map[string]any{
			"from": s.From, "until": s.Until, "things": some(s.Things), "ties": some(s.Relationships),
			"noThings": s.NoThings, "noTies": s.NoTies, "begins": s.Begins, "ends": s.Ends,
		}}
	vars := cypher.Vars("date", "what", "stated", "node", "relationship", "id")
	return rows{
		find: func(where cypher.Expr) cypher.Query { return bounded(text, vars, where) },
		vars: vars,
		key: func(k plan.Key) sortKey {
			return namedKey(k, map[plan.KeyBy]cypher.Expr{
				plan.ByDate: cypher.Call("toString", cypher.Var("date")), plan.ByWhat: cypher.Var("what"), plan.ByChangeID: cypher.Var("id"),
			}[k.By])
		},
		row: row{named: map[string]cypher.Expr{
			"kind": cypher.Var("what"), "on": cypher.Var("stated"), "node": cypher.Var("node"), "relationship": cypher.Var("relationship"),
		}},
	}
}
