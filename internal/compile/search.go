package compile

import (
	_ "embed" // the fixed parts

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/names"
	"github.com/partnergraph/partnergraph/internal/plan"
)

//go:embed fragments/search_hits.cypher
var hitsFile string

//go:embed fragments/search_scores.cypher
var scoresFile string

var hitsClauses, scoresClauses = clauses(hitsFile), clauses(scoresFile)

// search are the things whose names match a text: what the index finds, of that what may be seen, of that how well it fits.
func (c *compiler) search(s *plan.Search, f plan.Filter) rows {
	query := plan.Part(s.Text, names.ParseQuery)
	n := cypher.Var("n")
	hits := cypher.Fixed{Text: hitsClauses, Binds: []cypher.Var{n}, Things: []cypher.Var{n}, Params: map[string]any{
		"lucene": plan.Part(query, func(q names.Query) string { return q.Lucene }),
	}}
	scores := cypher.Fixed{Text: scoresClauses, Binds: []cypher.Var{n, "score", "matched", "matchedKind"}, Params: map[string]any{
		"folded":    plan.Part(query, func(q names.Query) string { return q.Folded }),
		"joined":    plan.Part(query, func(q names.Query) string { return q.Joined }),
		"words":     plan.Part(query, func(q names.Query) []string { return q.Words }),
		"scattered": plan.Part(query, func(q names.Query) string { return q.Scattered }),
	}}
	var among cypher.Expr
	if l := c.fresh("l"); len(s.Labels) > 0 {
		kinds := cypher.Comprehension{Var: l, In: cypher.Call("labels", n), Where: cypher.Cmp(l, "IN", cypher.Param{Name: "labels", Value: s.Labels})}
		among = cypher.Cmp(cypher.Call("size", kinds), ">", cypher.Lit("0"))
	}
	seen := cypher.With{Items: cypher.Vars(n), Where: cypher.AndAll(c.holds(n), c.named(n), among, c.filter(f, subject{thing: n}))}
	vars := cypher.Vars(n, "score", "matched", "matchedKind")
	return rows{
		find: func(where cypher.Expr) cypher.Query {
			q := cypher.Query{hits, seen, scores}
			if where != nil {
				q = append(q, cypher.With{Items: vars, Where: where})
			}
			return q
		},
		vars: vars,
		key:  c.ownKeys(map[plan.KeyBy]cypher.Expr{plan.ByScore: cypher.Var("score")}, n),
		row: row{thing: n, named: map[string]cypher.Expr{
			"score": cypher.Var("score"), "matched": cypher.Var("matched"), "matchedKind": cypher.Var("matchedKind"),
		}},
	}
}
