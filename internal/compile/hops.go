package compile

import (
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// trail is a traversal written as a pattern.
type trail struct {
	pattern cypher.Pattern
	where   cypher.Expr // the day, on every relationship and every thing on the way and at the end
	end     cypher.Var
	tie     cypher.Var // the one relationship, if there is one
}

// trail writes hops. Every relationship that is followed passes through holds here and nowhere else.
func (c *compiler) trail(h *plan.Hops, from cypher.Expr) trail {
	start, ok := from.(cypher.Var)
	if !ok {
		panic("a traversal starts at a variable")
	}
	out := trail{pattern: cypher.Pattern{Nodes: []cypher.NodePattern{{Var: start}}}}
	var where []cypher.Expr
	for i, s := range h.Steps {
		last := i == len(h.Steps)-1
		n := cypher.NodePattern{Var: c.fresh("n"), Label: s.Through, Types: s.Reaches}
		dated := true
		if last {
			n.Label, dated = farLabel(h.Label), h.Dated
			n.Types = among(s.Reaches, h.Types)
			n.Open = c.open && c.mayCount(n.Types)
		}
		r := cypher.RelPattern{Var: c.fresh("r"), Types: []string{s.Over}, Direction: direction(s.Out), Least: s.Least, Most: s.Most}
		if s.Least == 1 && s.Most == 1 {
			where = append(where, c.holds(r.Var), c.holdsIf(dated, n.Var))
		} else {
			inside := cypher.NodePattern{Var: c.fresh("n"), Label: s.Through, Types: s.Reaches}
			r.Inside = inside
			r.Where = cypher.AndAll(c.holds(r.Var), c.holds(inside.Var))
			if !last { // a repetition of none leads back to the subject, whatever its label
				n.Label = ""
			}
		}
		out.tie, out.end = r.Var, n.Var
		out.pattern.Rels = append(out.pattern.Rels, r)
		out.pattern.Nodes = append(out.pattern.Nodes, n)
	}
	out.where = cypher.AndAll(where...)
	return out
}

// among are the types of both lists.
func among(a, b []string) []string {
	out := []string{}
	for _, t := range a {
		if slices.Contains(b, t) {
			out = append(out, t)
		}
	}
	return out
}

// farLabel leaves out the label that everything has.
func farLabel(label string) string {
	if label == "Node" {
		return ""
	}
	return label
}

func direction(out bool) cypher.Direction {
	if out {
		return cypher.Out
	}
	return cypher.In
}

// hopRows are the rows of a traversal. The paths are kept only where something is read of them.
func (c *compiler) hopRows(h *plan.Hops, p *plan.Page, from row) rows {
	t := c.trail(h, from.of)
	out := rows{row: row{thing: t.end}}
	if h.Single() {
		out.tie = t.tie
	}
	out.key = func(k plan.Key) sortKey { return c.keyOf(k, t.end, out.tie) }
	path, readsTies := c.fresh("p"), readsTies(p.Columns)
	readsPath := readsTies && !h.Single() || slices.ContainsFunc(p.Columns, isPaths)
	if readsPath {
		t.pattern.Path = path
	}
	out.find = func(where cypher.Expr) cypher.Query {
		return cypher.Query{cypher.Match{
			Patterns: []cypher.Pattern{t.pattern},
			Where:    cypher.AndAll(t.where, c.filter(p.Filter, subject{thing: t.end, tie: out.tie}), where),
		}}
	}
	out.vars = cypher.Vars(t.end)
	if h.Single() {
		out.vars = cypher.Vars(t.end, t.tie)
		out.row.of = t.tie
		if readsPath {
			out.vars = cypher.Vars(t.end, t.tie, path)
			out.row.paths = cypher.List{path}
		}
		return out
	}
	out.once = cypher.With{Distinct: true, Items: out.vars}
	if readsTies {
		paths := c.fresh("ps")
		out.row.paths, out.vars = paths, cypher.Vars(t.end, paths)
		out.once = cypher.With{Items: []cypher.Item{{Of: t.end}, {Of: cypher.Call("collect", path), As: paths}}}
	}
	return out
}

// readsTies tells whether anything is read of what ties a row to its subject, beside the thing itself and the key.
func readsTies(cols []plan.Column) bool {
	for _, col := range cols {
		switch col := col.(type) {
		case *plan.Here:
		case *plan.Named:
			if !strings.HasPrefix(col.Name, "KEY ") {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func isPaths(col plan.Column) bool {
	_, ok := col.(*plan.Paths)
	return ok
}

// reachedLast finds the one thing that a traversal reached last.
func (c *compiler) reachedLast(t trail) cypher.Query {
	return cypher.Query{
		cypher.Match{Patterns: []cypher.Pattern{t.pattern}, Where: t.where},
		cypher.With{Items: cypher.Vars(t.end, t.tie), Order: []cypher.Sort{
			{By: cypher.Prop{Of: t.tie, Name: "holdsFrom"}, Desc: true}, {By: cypher.Prop{Of: t.end, Name: "id"}},
		}, Limit: cypher.Lit("1")},
	}
}

// link reads the thing that a traversal reached last.
func (c *compiler) link(col *plan.Link, from row) cypher.Expr {
	t := c.trail(col.Hops, from.of)
	return cypher.Call("head", cypher.Sub{Kind: "COLLECT", Of: append(c.reachedLast(t),
		cypher.Return{Items: []cypher.Item{{Of: c.selection(col.Of, thing(t.end))}}},
	)})
}
