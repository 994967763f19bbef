package compile

import (
	"fmt"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// column writes one value of a row.
func (c *compiler) column(col plan.Column, r row) cypher.Expr {
	if r.untied() {
		switch col := col.(type) {
		case *plan.Computed:
			return cypher.Lit("null")
		case *plan.Named:
			if r.value(col.Name) == nil {
				return cypher.Lit("null")
			}
		case *plan.Zip, *plan.Paths:
			return cypher.List{}
		}
	}
	switch col := col.(type) {
	case *plan.Property:
		return c.property(col, r)
	case *plan.TypeOf:
		return c.typeOf(r.of, col.Types)
	case *plan.Computed:
		return c.computed(col, r)
	case *plan.Span:
		return c.span(col, r)
	case *plan.Named:
		return r.value(col.Name)
	case *plan.Zip:
		return c.zip(col, r)
	case *plan.Globe:
		point := cypher.Prop{Of: r.of, Name: col.Property}
		return orNull(point, c.selection(col.Of, row{of: point}))
	case *plan.Lookup:
		return c.lookup(col, r)
	case *plan.Link:
		return guarded(col.If, r, c.link(col, r))
	case *plan.Connection:
		return guarded(col.If, r, c.page(col.Page, r))
	case *plan.Here:
		return c.here(col, r)
	case *plan.Node:
		return c.node(col, r)
	case *plan.Tie:
		return c.tie(col, r)
	case *plan.Route:
		return c.selection(col.Of, row{path: r.path})
	case *plan.Paths:
		return c.paths(col, r)
	case *plan.Each:
		return c.each(col, r)
	case *plan.Measured:
		return r.named[measureName(col.Measure)]
	case *plan.Grouped:
		return r.named[fmt.Sprintf("%p", col)]
	case *plan.GroupKeys:
		return c.groupKeys(col, r)
	case *plan.KeySum:
		return r.named["sum "+col.Property]
	case *plan.Analysis:
		return guarded(col.If, r, c.analysis(col, r.thing))
	case *plan.Inner:
		return c.inner(col, r)
	case *plan.Told:
		return guarded(col.If, r, c.told(col, r.thing))
	}
	panic(fmt.Sprintf("no Cypher for a column %T", col))
}

// typeOf is which of some types a thing is of.
func (c *compiler) typeOf(n cypher.Expr, types []string) cypher.Expr {
	l := c.fresh("l")
	return cypher.Call("head", cypher.Comprehension{
		Var: l, In: cypher.Call("labels", n), Where: cypher.Cmp(l, "IN", cypher.Param{Name: "types", Value: types}),
	})
}

// orNull reads a selection only where its subject is there.
func orNull(of, read cypher.Expr) cypher.Expr {
	return cypher.Case{When: cypher.NotExpr{Of: cypher.IsNull{Of: of}}, Then: read}
}

// guarded reads a value only for things of some types.
func guarded(labels []string, r row, read cypher.Expr) cypher.Expr {
	if len(labels) == 0 {
		return read
	}
	return cypher.Case{When: cypher.HasLabel{Of: r.of, Labels: labels}, Then: read}
}

func (c *compiler) property(p *plan.Property, r row) cypher.Expr {
	if r.of == nil { // an edge of several hops has no properties of its own
		return cypher.Lit("null")
	}
	var read cypher.Expr = cypher.Prop{Of: r.of, Name: p.Name}
	if r.at != nil {
		return cypher.Index{Of: read, At: r.at}
	}
	if p.Else != "" {
		return cypher.Call("coalesce", read, cypher.Prop{Of: r.of, Name: p.Else})
	}
	return read
}

func (c *compiler) computed(col *plan.Computed, r row) cypher.Expr {
	switch col.As {
	case "CERTAINTY":
		return c.certainty(r)
	case "RELATIONSHIP_TYPE":
		return cypher.Call("type", r.of)
	case "LENGTH":
		return cypher.Call("length", r.path)
	}
	panic("nothing computes " + col.As)
}

// indices are the places of a list, from 0.
func indices(list cypher.Expr) cypher.Expr {
	last := cypher.Op{Sign: "-", Of: []cypher.Expr{cypher.Call("size", list), cypher.Lit("1")}}
	return cypher.Call("range", cypher.Lit("0"), last)
}

// assumed tells whether nobody stated the start of a relationship and the day is before its first source.
func (c *compiler) assumed(rel cypher.Expr) cypher.Expr {
	attested := cypher.Prop{Of: rel, Name: "attestedOn"}
	return cypher.AndAll(
		cypher.IsNull{Of: cypher.Prop{Of: rel, Name: "since"}},
		cypher.OrAny(cypher.IsNull{Of: attested}, cypher.Cmp(c.days.last, "<", attested)),
	)
}

// certainty of an edge of several hops is that of its best path, and a path is as certain as its least certain hop.
func (c *compiler) certainty(r row) cypher.Expr {
	if r.of != nil {
		return cypher.Case{When: c.assumed(r.of), Then: cypher.Lit("'ASSUMED'"), Else: cypher.Lit("'STATED'")}
	}
	p, rel := c.fresh("p"), c.fresh("r")
	allAssumed := cypher.All{Var: p, In: r.paths, Where: cypher.NotExpr{Of: cypher.All{
		Var: rel, In: cypher.Call("relationships", p), Where: cypher.NotExpr{Of: c.assumed(rel)},
	}}}
	return cypher.Case{When: allAssumed, Then: cypher.Lit("'ASSUMED'"), Else: cypher.Lit("'STATED'")}
}

// span is since or until of an edge of several hops. A path holds from the start of its hop that begins last, until
// the end of its hop that ends first; the edge holds as soon and as long as any of its paths.
func (c *compiler) span(col *plan.Span, r row) cypher.Expr {
	bound, text, latestFirst := "holdsFrom", "since", true
	if col.Until {
		bound, text, latestFirst = "holdsUntil", "until", false
	}
	p := c.fresh("p")
	one := func(path cypher.Expr) cypher.Expr {
		return c.decisive(cypher.Call("relationships", path), bound, latestFirst)
	}
	all := cypher.Comprehension{Var: p, In: r.paths, Give: one(p)}
	return cypher.Prop{Of: c.decisive(all, bound, !latestFirst), Name: text}
}

// decisive is the relationship of a list that begins or ends last, or first; of several the one with the least id.
func (c *compiler) decisive(list cypher.Expr, bound string, last bool) cypher.Expr {
	best, rel := c.fresh("r"), c.fresh("r")
	sign := "<"
	if last {
		sign = ">"
	}
	of := func(v cypher.Var) cypher.Expr { return cypher.Prop{Of: v, Name: bound} }
	before := cypher.Cmp(cypher.Prop{Of: rel, Name: "id"}, "<", cypher.Prop{Of: best, Name: "id"})
	return cypher.Reduce{
		Sum: best, From: cypher.Call("head", list), Var: rel, In: list,
		Next: cypher.Case{
			When: cypher.OrAny(cypher.Cmp(of(rel), sign, of(best)), cypher.AndAll(cypher.Cmp(of(rel), "=", of(best)), before)),
			Then: rel, Else: best,
		},
	}
}

// zip reads parallel lists. Of an edge of several hops, the lists of all its relationships, one after another.
func (c *compiler) zip(col *plan.Zip, r row) cypher.Expr {
	of, i := r.of, c.fresh("i")
	var q cypher.Query
	if of == nil {
		p, rel := c.fresh("p"), c.fresh("r")
		of = rel
		q = cypher.Query{
			cypher.Unwind{List: r.paths, As: p},
			cypher.Unwind{List: cypher.Call("relationships", p), As: rel},
			cypher.With{Distinct: true, Items: cypher.Vars(rel), Order: []cypher.Sort{{By: cypher.Prop{Of: rel, Name: "id"}}}},
		}
	}
	places := indices(cypher.Call("coalesce", cypher.Prop{Of: of, Name: col.Length}, cypher.List{}))
	if r.of != nil && col.Of.Plain() {
		return cypher.Comprehension{Var: i, In: places, Give: c.selection(col.Of, row{of: of, at: i})}
	}
	q = append(q, cypher.Unwind{List: places, As: i})
	found := map[*plan.Lookup]cypher.Var{}
	for _, e := range col.Of.Columns {
		if l, ok := e.(*plan.Lookup); ok {
			find := c.look(l, row{of: of, at: i})
			find.Optional = true
			found[l] = find.Patterns[0].Nodes[0].Var
			q = append(q, find)
		}
	}
	return cypher.Sub{Kind: "COLLECT", Of: append(q,
		cypher.Return{Items: []cypher.Item{{Of: c.selection(col.Of, row{of: of, at: i, found: found})}}},
	)}
}

// look finds the thing whose id stands at a place of a list.
func (c *compiler) look(col *plan.Lookup, r row) cypher.Match {
	id := cypher.Index{Of: cypher.Prop{Of: r.of, Name: col.Property}, At: r.at}
	return cypher.Match{Patterns: []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: c.fresh("n"), Label: col.Label, ID: id}}}}}
}

func (c *compiler) lookup(col *plan.Lookup, r row) cypher.Expr {
	n := r.found[col]
	return orNull(n, c.selection(col.Of, thing(n)))
}

// here reads a value of a thing that is there, beside the values of the row.
func (c *compiler) here(col *plan.Here, r row) cypher.Expr {
	switch {
	case r.read != nil:
		return r.read(col)
	case col.Name != "":
		return c.column(col.Column, row{of: r.value(col.Name)})
	}
	of := thing(r.thing)
	of.counts = r.counts
	return c.column(col.Column, of)
}

func (c *compiler) node(col *plan.Node, r row) cypher.Expr {
	var of cypher.Expr
	switch col.Name {
	case "START":
		of = cypher.Call("startNode", r.of)
	case "END":
		of = cypher.Call("endNode", r.of)
	default:
		if of = r.named[col.Name]; of == cypher.Lit("null") {
			return of
		}
		of = r.value(col.Name)
	}
	if col.Of.Plain() {
		read := c.selection(col.Of, row{of: of})
		if col.Name == "START" || col.Name == "END" {
			return read
		}
		return orNull(of, read)
	}
	// Bound to a name, because a subquery can start at a variable only.
	n := c.fresh("n")
	return cypher.Call("head", cypher.Sub{Kind: "COLLECT", Of: cypher.Query{
		cypher.Unwind{List: cypher.List{of}, As: n},
		cypher.With{Items: cypher.Vars(n), Where: cypher.NotExpr{Of: cypher.IsNull{Of: n}}},
		cypher.Return{Items: []cypher.Item{{Of: c.selection(col.Of, thing(n))}}},
	}})
}

func (c *compiler) tie(col *plan.Tie, r row) cypher.Expr {
	if col.Name == "ROW" {
		return c.selection(col.Of, r)
	}
	of := r.value(col.Name)
	return orNull(of, c.selection(col.Of, row{of: of}))
}

// inner reads a row within the row.
func (c *compiler) inner(col *plan.Inner, r row) cypher.Expr {
	of := r.value(col.Name)
	if col.Of.Plain() {
		return orNull(of, c.selection(col.Of, row{values: of}))
	}
	x := c.fresh("x")
	return cypher.Call("head", cypher.Sub{Kind: "COLLECT", Of: cypher.Query{
		cypher.Unwind{List: cypher.List{of}, As: x},
		cypher.With{Items: cypher.Vars(x), Where: cypher.NotExpr{Of: cypher.IsNull{Of: x}}},
		cypher.Return{Items: []cypher.Item{{Of: c.selection(col.Of, row{values: x})}}},
	}})
}

// each reads a selection for each element of a list.
func (c *compiler) each(col *plan.Each, r row) cypher.Expr {
	var list cypher.Expr
	switch col.Name {
	case "NODES":
		list = cypher.Call("nodes", r.path)
	case "RELATIONSHIPS":
		list = cypher.Call("relationships", r.path)
	default:
		list = r.value(col.Name)
	}
	if col.Limit.IsGiven() {
		list = cypher.Slice{Of: list, First: cypher.Param{Value: col.Limit}}
	}
	x := c.fresh("x")
	sub := row{of: x, thing: x}
	if col.Over == plan.Rows {
		sub = row{values: x}
	}
	if of := r.elements[col.Name]; of != nil {
		sub = of(x)
	}
	if col.Of.Plain() {
		return cypher.Comprehension{Var: x, In: list, Give: c.selection(col.Of, sub)}
	}
	return cypher.Sub{Kind: "COLLECT", Of: cypher.Query{
		cypher.Unwind{List: list, As: x},
		cypher.Return{Items: []cypher.Item{{Of: c.selection(col.Of, sub)}}},
	}}
}

// paths reads the paths behind an edge, shortest first.
func (c *compiler) paths(col *plan.Paths, r row) cypher.Expr {
	p, rel := c.fresh("p"), c.fresh("r")
	return cypher.Sub{Kind: "COLLECT", Of: cypher.Query{
		cypher.Unwind{List: r.paths, As: p},
		cypher.With{
			Items: cypher.Vars(p),
			Order: []cypher.Sort{
				{By: cypher.Call("length", p)},
				{By: cypher.Comprehension{Var: rel, In: cypher.Call("relationships", p), Give: cypher.Prop{Of: rel, Name: "id"}}},
			},
			Limit: cypher.Param{Value: col.Limit},
		},
		cypher.Return{Items: []cypher.Item{{Of: c.selection(col.Of, row{path: p})}}},
	}}
}
