package compile

import (
	"fmt"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// filter writes a filter on a thing; nil when it keeps everything.
func (c *compiler) filter(f plan.Filter, n cypher.Var) cypher.Expr {
	switch f := f.(type) {
	case nil:
		return nil
	case *plan.And:
		var of []cypher.Expr
		for _, e := range f.Of {
			of = append(of, c.filter(e, n))
		}
		return cypher.AndAll(of...)
	case *plan.Or:
		of := []cypher.Expr{cypher.Lit("false")}
		for _, e := range f.Of {
			of = append(of, always(c.filter(e, n)))
		}
		return cypher.OrAny(of...)
	case *plan.Not:
		// An absent property meets nothing, so that its negation is met: null must not swallow it.
		return cypher.NotExpr{Of: cypher.Call("coalesce", always(c.filter(f.Of, n)), cypher.Lit("false"))}
	case *plan.Compare:
		return compare(cypher.Prop{Of: n, Name: f.Property}, f.Op, f.Value)
	case *plan.SourceCount:
		return compare(c.sourceCount(n), f.Op, f.Value)
	case *plan.Linked:
		return c.linked(f, n)
	}
	panic(fmt.Sprintf("no Cypher for a filter %T", f))
}

func always(e cypher.Expr) cypher.Expr {
	if e == nil {
		return cypher.Lit("true")
	}
	return e
}

func compare(of cypher.Expr, op plan.Op, value any) cypher.Expr {
	v := cypher.Param{Value: value}
	switch op {
	case plan.Eq:
		return cypher.Cmp(of, "=", v)
	case plan.In:
		return cypher.Cmp(of, "IN", v)
	case plan.Gte:
		return cypher.Cmp(of, ">=", v)
	case plan.Lte:
		return cypher.Cmp(of, "<=", v)
	case plan.Contains:
		// Both sides by the database, whose small letters of İ and Σ are others than Go's.
		return cypher.Cmp(cypher.Call("toLower", of), "CONTAINS", cypher.Call("toLower", v))
	}
	panic("no Cypher for the comparison " + string(op))
}

// linked looks behind a connection, under the same day as the selection.
func (c *compiler) linked(f *plan.Linked, n cypher.Var) cypher.Expr {
	t := c.trail(f.Hops, n)
	inner := c.filter(f.Of, t.end)
	if f.Quant == plan.Every {
		inner = cypher.NotExpr{Of: cypher.Call("coalesce", always(inner), cypher.Lit("false"))}
	}
	exists := cypher.Sub{Kind: "EXISTS", Of: cypher.Query{
		cypher.Match{Patterns: []cypher.Pattern{t.pattern}, Where: cypher.AndAll(t.where, inner)},
	}}
	if f.Quant == plan.Some {
		return exists
	}
	return cypher.NotExpr{Of: exists}
}
