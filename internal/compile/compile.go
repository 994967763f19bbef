// Package compile writes a plan as one Cypher statement. The rules that hold on every hop, such as the day, stand here
// once: each relationship and each thing that a statement touches passes through holds.
package compile

import (
	"fmt"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// Statement writes a plan. The statement gives at most one record with one value, in the form that the plan's start
// declares. Equal plans but for values give equal text.
func Statement(p *plan.Plan) cypher.Statement {
	first, last := cypher.Param{Name: "first", Value: p.Days.First}, cypher.Param{Name: "last", Value: p.Days.Last}
	c := &compiler{days: days{first, last}, sight: p.Sight, names: map[string]int{}}
	return cypher.Write(c.guard().Over(c.start(p.Start)))
}

type compiler struct {
	days  days
	sight plan.Sight
	open  bool // leave what lists lead to unguarded, to be counted
	names map[string]int
}

// days are those on any of which a fact must hold, mostly one and the same.
type days struct{ first, last cypher.Expr }

// on writes a part in which other days hold.
func (c *compiler) on(d days, part func()) {
	around := c.days
	c.days = d
	part()
	c.days = around
}

// fresh names a new variable, n1, n2, … for prefix n.
func (c *compiler) fresh(prefix string) cypher.Var {
	c.names[prefix]++
	return cypher.Var(fmt.Sprintf("%s%d", prefix, c.names[prefix]))
}

// holds is the rule of time: a fact holds from its first day until before its last. It is seen when it holds on any of
// the days that are looked at.
func (c *compiler) holds(of cypher.Expr) cypher.Expr {
	return cypher.AndAll(
		cypher.Cmp(cypher.Prop{Of: of, Name: "holdsFrom"}, "<=", c.days.last),
		cypher.Cmp(c.days.first, "<", cypher.Prop{Of: of, Name: "holdsUntil"}),
	)
}

func (c *compiler) holdsIf(dated bool, of cypher.Expr) cypher.Expr {
	if !dated {
		return nil
	}
	return c.holds(of)
}

// holdsAll is the rule of time along a path, for its relationships and the given things of it.
func (c *compiler) holdsAll(path, things cypher.Expr) cypher.Expr {
	r, n := c.fresh("r"), c.fresh("n")
	return cypher.AndAll(
		cypher.All{Var: r, In: cypher.Call("relationships", path), Where: c.holds(r)},
		cypher.All{Var: n, In: things, Where: c.holds(n)},
	)
}

// row is what a selection reads of: the variables that its clauses have bound.
type row struct {
	of    cypher.Expr // the subject, whose properties are read
	at    cypher.Expr // in a zipped selection, the place in the lists
	thing cypher.Var  // the thing of an edge; of a record, the map of its own values
	paths cypher.Expr // all paths behind an edge of several hops
	path  cypher.Expr // the path of a path's row
	named map[string]cypher.Expr
	found map[*plan.Lookup]cypher.Var // what lookups find, where that is bound already
	keys  []groupKey                  // of a group
	// counts are the numbers of rows behind connections that are worked out already.
	counts map[string]cypher.Var
	// values is a map with what is not in named.
	values cypher.Expr
	// elements say how those of a list that the row names are read; by their names, where it doesn't say.
	elements map[string]func(x cypher.Var) row
	// read gives what was read already of a thing that the row names; nil where nothing was.
	read func(*plan.Here) cypher.Expr
}

// value is what the row names; nil when it names no such thing.
func (r row) value(name string) cypher.Expr {
	if of := r.named[name]; of != nil || r.values == nil {
		return of
	}
	return cypher.Prop{Of: r.values, Name: name}
}

// untied tells whether the row is one of a root list: an edge that nothing ties to where it was asked.
func (r row) untied() bool { return r.of == nil && r.paths == nil && r.path == nil }

func thing(n cypher.Var) row { return row{of: n, thing: n} }

func answer(e cypher.Expr) cypher.Clause {
	return cypher.Return{Items: []cypher.Item{{Of: e, As: "answer"}}}
}

func (c *compiler) start(s plan.Start) cypher.Query {
	switch s := s.(type) {
	case *plan.ByID:
		n := c.fresh("n")
		found := c.byID(n, s.Label, cypher.Param{Value: s.ID}, s.Survivor)
		return append(found, answer(c.selection(s.Of, thing(n))))
	case *plan.ByIDs:
		return c.byIDs(s)
	case *plan.List:
		return cypher.Query{answer(c.page(s.Page, row{}))}
	case *plan.Around:
		return c.around(s)
	case *plan.Tally:
		return c.tally(s)
	}
	panic(fmt.Sprintf("no statement for a plan that starts with %T", s))
}

// byID finds a thing by its id, or the one that survived it. The index of ids is one for all things, known by their
// common label.
func (c *compiler) byID(n cypher.Var, label string, id cypher.Expr, survivor string) cypher.Query {
	find := func(n cypher.Var, id cypher.Expr) cypher.Match {
		out := cypher.Match{Patterns: []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: n, Label: "Node", ID: id, Types: c.sight.Types[label]}}}}}
		if label != "Node" {
			out.Where = cypher.HasLabel{Of: n, Labels: []string{label}}
		}
		return out
	}
	if survivor == "" {
		return cypher.Query{find(n, id)}
	}
	named := c.fresh("m")
	instead := cypher.Prop{Of: named, Name: survivor}
	return cypher.Query{find(named, id), cypher.Either{Sees: []cypher.Var{named}, Parts: []cypher.Query{
		{cypher.With{Items: cypher.Vars(named), Where: cypher.IsNull{Of: instead}}, cypher.Return{Items: []cypher.Item{{Of: named, As: n}}}},
		{find(n, instead), cypher.Return{Items: cypher.Vars(n)}},
	}}}
}

func (c *compiler) byIDs(s *plan.ByIDs) cypher.Query {
	n, i, found := c.fresh("n"), c.fresh("i"), c.fresh("found")
	ids := cypher.Param{Name: "ids", Value: s.IDs}
	each := append(c.byID(n, s.Label, cypher.Index{Of: ids, At: i}, s.Survivor), cypher.Return{Items: []cypher.Item{{Of: c.selection(s.Of, thing(n))}}})
	return cypher.Query{answer(collect(
		cypher.Unwind{List: indices(ids), As: i},
		cypher.With{Items: []cypher.Item{{Of: collect(each...), As: found}}},
		cypher.Return{Items: []cypher.Item{{Of: cypher.Call("head", found)}}},
	))}
}

func (c *compiler) selection(s *plan.Selection, r row) cypher.Expr {
	out := cypher.List{}
	for _, col := range s.Columns {
		out = append(out, c.column(col, r))
	}
	return out
}
