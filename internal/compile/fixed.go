package compile

import (
	"strings"

	"github.com/partnergraph/partnergraph/internal/cypher"
)

// clauses are a file's lines without its comments.
func clauses(text string) string {
	var kept []string
	for _, l := range strings.Split(text, "\n") {
		if !strings.HasPrefix(l, "//") {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// bounded ends fixed clauses with the condition that bounds the page.
func bounded(f cypher.Fixed, vars []cypher.Item, where cypher.Expr) cypher.Query {
	if where == nil {
		return cypher.Query{f}
	}
	return cypher.Query{f, cypher.With{Items: vars, Where: where}}
}

// some is a list that is empty rather than absent, as the fixed clauses expect.
func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
