package compile

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// told reads what code needs to answer a field of a thing; null for a viewer who doesn't see the whole thing.
func (c *compiler) told(col *plan.Told, of cypher.Var) cypher.Expr {
	switch col.Name {
	case "PracticeBase.viewerCan":
		return c.registered(of)
	}
	panic("no Cypher for " + col.Name)
}

// registered reads what is registered of a base, with who the viewer is to the organisations that it names: [facts, ids
// of the viewer's own, whether they review for one that it serves].
func (c *compiler) registered(base cypher.Var) cypher.Expr {
	r := c.fresh("reg")
	find := cypher.Match{
		Patterns: []cypher.Pattern{{Open: true, Nodes: []cypher.NodePattern{{Var: r, Label: "Registration"}}}},
		Where:    cypher.AndAll(cypher.Cmp(prop(r, "base"), "=", prop(base, "id")), c.whole("PracticeBase", base)),
	}
	among := func(list string, cond access.Condition, kind string) cypher.Expr {
		id, n := c.fresh("id"), c.fresh("n")
		return cypher.Sub{Kind: kind, Of: cypher.Query{
			cypher.Unwind{List: prop(r, list), As: id},
			cypher.Match{Patterns: []cypher.Pattern{{Open: true, Nodes: []cypher.NodePattern{{Var: n, Label: "Node", ID: id}}}}, Where: c.meets(cond, n)},
			give(prop(n, "id")),
		}}
	}
	return cypher.Call("head", collect(find, give(cypher.List{
		prop(r, "facts"), among("organizations", access.OwnOffice, "COLLECT"), among("served", access.Reviewed, "EXISTS"),
	})))
}

// whole is the condition that the viewer sees a whole thing; nil when it is always met.
func (c *compiler) whole(label string, of cypher.Expr) cypher.Expr {
	at := slices.IndexFunc(c.sight.Hidden, func(h plan.Hidden) bool { return h.Label == label })
	if at < 0 {
		return nil
	}
	return c.meets(c.sight.Hidden[at].Whole, of)
}
