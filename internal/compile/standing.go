package compile

import (
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/cypher"
)

// Standing writes a statement that says of the things whose ids are $p.ids which of some conditions they meet for a
// viewer, who comes as $p.offices and $p.reviews: a record for each thing that is there, with its id and a list of truths.
func Standing(conditions ...access.Condition) string {
	c := &compiler{names: map[string]int{}}
	id, n := c.fresh("id"), c.fresh("n")
	var met cypher.List
	for _, cond := range conditions {
		met = append(met, always(c.meets(cond, n)))
	}
	each := append(cypher.Query{cypher.Unwind{List: cypher.Prop{Of: cypher.Lit("$p"), Name: "ids"}, As: id}}, c.byID(n, "Node", id, "")...)
	return cypher.Write(append(each, cypher.Return{Items: []cypher.Item{item(prop(n, "id"), "id"), item(met, "met")}})).Text
}
