package compile

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// guard lays what the viewer may see over a statement: on each thing that is touched and each property that is read.
func (c *compiler) guard() cypher.Guard {
	return cypher.Guard{
		Thing:    c.seen,
		Property: c.shown,
		Types:    func(label string) []string { return c.sight.Types[label] },
	}
}

// hidden lists the types of which something is hidden, among some; nil stands for any.
func (c *compiler) hidden(types []string) []plan.Hidden {
	var out []plan.Hidden
	for _, h := range c.sight.Hidden {
		if types == nil || slices.Contains(types, h.Label) {
			out = append(out, h)
		}
	}
	return out
}

// seen is the condition that the viewer sees a thing; nil when it is always met.
func (c *compiler) seen(of cypher.Expr, types []string) cypher.Expr {
	hidden := c.hidden(types)
	if len(types) == 1 && len(hidden) == 1 {
		return c.meets(hidden[0].Part, of)
	}
	var never []string
	var all []cypher.Expr
	for _, h := range hidden {
		switch part := c.meets(h.Part, of); {
		case h.Nothing():
			never = append(never, h.Label)
		case part != nil:
			all = append(all, cypher.OrAny(not(cypher.HasLabel{Of: of, Labels: []string{h.Label}}), part))
		}
	}
	if len(never) > 0 {
		all = append([]cypher.Expr{not(cypher.HasLabel{Of: of, Labels: never})}, all...)
	}
	return cypher.AndAll(all...)
}

// shown is what the viewer sees of a property: of one that is confidential the value only if they see the whole thing,
// else nothing, and instead of a name the id. So they filter, order and group by what they see. Nil: the property itself.
func (c *compiler) shown(p cypher.Prop, types []string) cypher.Expr {
	var out cypher.Expr
	for _, h := range c.hidden(types) {
		if h.Nothing() || h.Entire() || !slices.Contains(h.Confidential, p.Name) {
			continue
		}
		var read cypher.Expr = p
		if out != nil {
			read = out
		}
		var instead cypher.Expr = cypher.Lit("null")
		if p.Name == "name" || p.Name == "nameKey" {
			instead = prop(p.Of, "id")
		}
		whole := c.meets(h.Whole, p.Of)
		switch {
		case len(types) == 1 && whole == cypher.Lit("false"):
			return instead
		case len(types) == 1:
			return cypher.Case{When: whole, Then: p, Else: instead}
		}
		when := cypher.AndAll(cypher.HasLabel{Of: p.Of, Labels: []string{h.Label}}, not(whole))
		if whole == cypher.Lit("false") {
			when = cypher.HasLabel{Of: p.Of, Labels: []string{h.Label}}
		}
		out = cypher.Case{When: when, Then: instead, Else: read}
	}
	return out
}

// named is the condition that the viewer sees the names of a thing, by which it is found; nil when it is always met.
func (c *compiler) named(of cypher.Expr) cypher.Expr {
	var all []cypher.Expr
	for _, h := range c.hidden(nil) {
		if slices.Contains(h.Confidential, "name") && !h.Nothing() && !h.Entire() {
			whole := c.meets(h.Whole, of)
			if whole == cypher.Lit("false") {
				whole = nil
			}
			all = append(all, cypher.OrAny(not(cypher.HasLabel{Of: of, Labels: []string{h.Label}}), whole))
		}
	}
	return cypher.AndAll(all...)
}

// meets writes a condition of access; nil for what always holds.
func (c *compiler) meets(cond access.Condition, of cypher.Expr) cypher.Expr {
	switch cond := cond.(type) {
	case access.Always:
		return nil
	case access.Never:
		return cypher.Lit("false")
	case access.Having:
		var values cypher.List
		for _, v := range cond.Values {
			values = append(values, text(v))
		}
		has := in(prop(of, cond.Property), values)
		if cond.Absent {
			return cypher.OrAny(cypher.IsNull{Of: prop(of, cond.Property)}, has)
		}
		return cypher.Call("coalesce", has, cypher.Lit("false"))
	case access.Tied:
		return c.tied(cond, of)
	case access.Either:
		var parts []cypher.Expr
		for _, part := range cond {
			parts = append(parts, always(c.meets(part, of)))
		}
		return cypher.OrAny(parts...)
	case access.Both:
		var parts []cypher.Expr
		for _, part := range cond {
			parts = append(parts, c.meets(part, of))
		}
		return cypher.AndAll(parts...)
	case access.Not:
		return not(always(c.meets(cond.Of, of)))
	}
	panic("no Cypher for a condition of access")
}

// tied looks for a walk to one of the viewer's organisations. What it passes is not shown, so it isn't guarded.
func (c *compiler) tied(cond access.Tied, of cypher.Expr) cypher.Expr {
	var q cypher.Query
	start, ok := of.(cypher.Var)
	if !ok {
		start = c.fresh("own")
		q = cypher.Query{cypher.Unwind{List: cypher.List{of}, As: start}}
	}
	pattern, end := c.walk(cond, start)
	ids := c.sight.Offices
	if cond.To == access.Reviews {
		ids = c.sight.Reviews
	}
	whose := in(prop(end, "id"), cypher.Param{Name: string(cond.To), Value: ids})
	return cypher.Sub{Kind: "EXISTS", Of: append(q, cypher.Match{Patterns: []cypher.Pattern{pattern}, Where: whose})}
}

// walk is the pattern of a walk from a thing, and what is at its end.
func (c *compiler) walk(cond access.Tied, start cypher.Var) (pattern cypher.Pattern, end cypher.Var) {
	pattern = cypher.Pattern{Nodes: []cypher.NodePattern{{Var: start}}, Open: true}
	for _, s := range cond.Walk {
		end = c.fresh("own")
		rel := cypher.RelPattern{Types: []string{s.Over}, Direction: direction(s.Out), Least: s.Least, Most: s.Most}
		rel.Star = s.Least != 1 || s.Most != 1
		pattern.Rels = append(pattern.Rels, rel)
		pattern.Nodes = append(pattern.Nodes, cypher.NodePattern{Var: end})
	}
	return pattern, end
}
