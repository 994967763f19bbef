package compile

import (
	_ "embed" // the fixed part

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/names"
	"github.com/partnergraph/partnergraph/internal/plan"
)

//go:embed fragments/search.cypher
var searchFile string

var searchClauses = clauses(searchFile)

func (c *compiler) search(s *plan.Search) rows {
	q := names.ParseQuery(s.Text)
	text := cypher.Fixed{Text: searchClauses, Params: map[string]any{
		"lucene": q.Lucene, "folded": q.Folded, "joined": q.Joined, "words": q.Words, "scattered": q.Scattered, "labels": some(s.Labels), "day": c.day,
	}}
	vars := cypher.Vars("n", "score", "matched", "matchedKind")
	return rows{
		find: func(where cypher.Expr) cypher.Query { return bounded(text, vars, where) },
		vars: vars,
		key: func(by plan.KeyBy) cypher.Expr {
			if by == plan.ByScore {
				return cypher.Var("score")
			}
			return cypher.Prop{Of: cypher.Var("n"), Name: "id"}
		},
		row: row{thing: cypher.Var("n"), named: map[string]cypher.Expr{
			"score": cypher.Var("score"), "matched": cypher.Var("matched"), "matchedKind": cypher.Var("matchedKind"),
		}},
	}
}
