package compile

import (
	_ "embed" // the fixed part

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

//go:embed fragments/changes.cypher
var changesFile string

var changesClauses = clauses(changesFile)

func (c *compiler) changes(s *plan.Changes, f plan.Filter) rows {
	const change cypher.Var = "change"
	text := cypher.Fixed{
		Binds: []cypher.Var{"date", "what", "stated", "first", "last", "type", "node", "relationship", "id"}, Things: []cypher.Var{"node"}, Ties: []cypher.Var{"relationship"},
		Text: changesClauses, Params: map[string]any{
			"from": s.From, "until": s.Until, "things": some(s.Things), "ties": some(s.Relationships),
			"noThings": s.NoThings, "noTies": s.NoTies, "begins": s.Begins, "ends": s.Ends,
		}}
	own := ownValues(change, cypher.Map{
		{Name: "kind", Of: cypher.Var("what")}, {Name: "on", Of: cypher.Var("stated")}, {Name: network.EarliestOf("on"), Of: cypher.Var("first")},
		{Name: network.LatestOf("on"), Of: cypher.Var("last")}, {Name: "type", Of: cypher.Var("type")},
	}, "date", "what", "stated", "node", "relationship", "id")
	return rows{
		find: func(where cypher.Expr) cypher.Query {
			return cypher.Query{text, cypher.With{Items: own, Where: cypher.AndAll(c.filter(f, subject{thing: change}), where)}}
		},
		vars: passed(own),
		key: c.ownKeys(map[plan.KeyBy]cypher.Expr{
			plan.ByDate: cypher.Call("toString", cypher.Var("date")), plan.ByWhat: cypher.Var("what"), plan.ByChangeID: cypher.Var("id"),
		}, change),
		row: row{thing: change, named: map[string]cypher.Expr{
			"kind": cypher.Var("what"), "on": cypher.Var("stated"), "node": cypher.Var("node"), "relationship": cypher.Var("relationship"),
		}},
	}
}
