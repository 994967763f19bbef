package compile

import (
	"fmt"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// subject is what a filter is held against: a thing, and the relationship that ties it to where its list was asked.
type subject struct {
	thing cypher.Var
	tie   cypher.Var // "" where no single relationship does
	edge  bool       // compare the relationship rather than the thing
}

func (s subject) compared() cypher.Var {
	if s.edge {
		return s.tie
	}
	return s.thing
}

// filter writes a filter on a row; nil when it keeps everything.
func (c *compiler) filter(f plan.Filter, s subject) cypher.Expr {
	switch f := f.(type) {
	case nil:
		return nil
	case *plan.And:
		var of []cypher.Expr
		for _, e := range f.Of {
			of = append(of, c.filter(e, s))
		}
		return cypher.AndAll(of...)
	case *plan.Or:
		of := []cypher.Expr{cypher.Lit("false")}
		for _, e := range f.Of {
			of = append(of, always(c.filter(e, s)))
		}
		return cypher.OrAny(of...)
	case *plan.Not:
		return fails(c.filter(f.Of, s))
	case *plan.Compare:
		return c.compare(f, s.compared())
	case *plan.During:
		return during(f, s.compared())
	case *plan.Present:
		return present(f, s.compared())
	case *plan.OnEdge:
		s.edge = true
		return c.filter(f.Of, s)
	case *plan.About:
		return c.about(f)
	case *plan.Linked:
		return c.linked(f, s.thing)
	case *plan.Counted:
		return compareWith(c.count(f.Hops, f.Of, s.thing), f.Op, cypher.Param{Value: f.Value})
	case *plan.Near:
		return c.near(f, s.thing)
	case *plan.Inside:
		return c.inside(f, s.thing)
	}
	panic(fmt.Sprintf("no Cypher for a filter %T", f))
}

func always(e cypher.Expr) cypher.Expr {
	if e == nil {
		return cypher.Lit("true")
	}
	return e
}

// fails is met by what doesn't meet a condition. An absent property meets nothing, so that its negation is met: null
// must not swallow it.
func fails(e cypher.Expr) cypher.Expr {
	return cypher.NotExpr{Of: cypher.Call("coalesce", always(e), cypher.Lit("false"))}
}

func (c *compiler) compare(f *plan.Compare, of cypher.Var) cypher.Expr {
	read := c.operand(f.Of, of)
	if f.Of.Kind == plan.Text && !f.Of.Exact && f.Of.Key == "" {
		read = cypher.Call("toLower", cypher.Call("normalize", read, cypher.Lit("NFKC")))
	}
	out := compareWith(read, f.Op, cypher.Param{Value: f.Value})
	if f.Of.Property == "id" {
		// The index of ids is one for all things, and known by their common label.
		out = cypher.AndAll(cypher.HasLabel{Of: of, Labels: []string{"Node"}}, out)
	}
	return out
}

var signs = map[plan.Op]string{
	plan.Eq: "=", plan.In: "IN", plan.Gt: ">", plan.Gte: ">=", plan.Lt: "<", plan.Lte: "<=",
	plan.Contains: "CONTAINS", plan.StartsWith: "STARTS WITH",
}

func compareWith(of cypher.Expr, op plan.Op, with cypher.Expr) cypher.Expr {
	return cypher.Cmp(of, signs[op], with)
}

// during holds a date of reduced precision against another: whichever days are meant, the comparison is met.
func during(f *plan.During, of cypher.Var) cypher.Expr {
	earliest, latest := prop(of, network.EarliestOf(f.Property)), prop(of, network.LatestOf(f.Property))
	first, last := cypher.Param{Value: f.First}, cypher.Param{Value: f.Last}
	switch f.Op {
	case plan.Gt:
		return cypher.Cmp(earliest, ">", last)
	case plan.Gte:
		return cypher.Cmp(earliest, ">=", first)
	case plan.Lt:
		return cypher.Cmp(latest, "<", first)
	case plan.Lte:
		return cypher.Cmp(latest, "<=", last)
	}
	return cypher.AndAll(cypher.Cmp(earliest, ">=", first), cypher.Cmp(latest, "<=", last))
}

func present(f *plan.Present, of cypher.Var) cypher.Expr {
	absent := cypher.IsNull{Of: cypher.Prop{Of: of, Name: f.Of.Property}}
	if f.Not {
		return absent
	}
	return cypher.NotExpr{Of: absent}
}

// about holds what a record is about, which its row has under the name of the field, against a filter.
func (c *compiler) about(f *plan.About) cypher.Expr {
	of := cypher.Var(f.Name)
	return cypher.AndAll(not(cypher.IsNull{Of: of}), c.filter(f.Of, subject{thing: of, tie: of, edge: f.Tie}))
}

// linked looks behind a connection, under the same days as the selection.
func (c *compiler) linked(f *plan.Linked, n cypher.Var) cypher.Expr {
	t := c.trail(f.Hops, n)
	inner := c.filter(f.Of, subject{thing: t.end, tie: t.tie})
	if f.Quant == plan.Every {
		inner = fails(inner)
	}
	q := cypher.Query{cypher.Match{Patterns: []cypher.Pattern{t.pattern}, Where: cypher.AndAll(t.where, inner)}}
	if f.Quant == plan.One {
		q = append(c.reachedLast(t), cypher.With{Items: cypher.Vars(t.end), Where: always(inner)}, cypher.Return{Items: cypher.Vars(t.end)})
	}
	exists := cypher.Sub{Kind: "EXISTS", Of: q}
	if f.Quant == plan.Some || f.Quant == plan.One {
		return exists
	}
	return cypher.NotExpr{Of: exists}
}

// count counts the rows behind a connection.
func (c *compiler) count(h *plan.Hops, of plan.Filter, n cypher.Var) cypher.Expr {
	return c.source(&plan.Page{Source: h, Filter: of}, row{of: n}).count()
}
