package compile

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// covering is a coverage on its way into clauses. A fact of it is that a base is about a column, with how many places,
// and serves some of the members: the list [base, places, served], where served are places in the list of members. Each
// fact is read once, however many members it counts for.
//
// Things are put in order in the first steps only: what is sorted carries all that its clauses can see, and the later
// steps see long lists. They keep the order by grouping in it, and by picking from lists that have it.
type covering struct {
	*compiler
	of *plan.Analysis
	// The steps, each of which there is if something asks for it.
	all     cypher.Var // the members
	bases   cypher.Var // of all members
	grouped cypher.Var // a map for each column: column, facts, and the totals of the column
	columns cypher.Var // the disciplines, industries or places that those bases are about
	members cypher.Var // a map for each member: member, bases, rows, columns; students and dependsOn if they are asked for
	cells   cypher.Var // a list for each member and column that have facts: their places, and the totals
	counts  cypher.Var // of each column the members that it has cells with
	// What cells read of members and columns, each a list with a value for each of them: it is read once, and there are
	// many cells.
	read map[*plan.Here]cypher.Var
}

// The parts of a fact.
func factBase(fact cypher.Expr) cypher.Expr   { return cypher.Index{Of: fact, At: cypher.Lit("0")} }
func factPlaces(fact cypher.Expr) cypher.Expr { return cypher.Index{Of: fact, At: cypher.Lit("1")} }
func factServed(fact cypher.Expr) cypher.Expr { return cypher.Index{Of: fact, At: cypher.Lit("2")} }

func (c *compiler) coverage(a *plan.Analysis, alliance cypher.Var) (cypher.Query, row) {
	v := &covering{
		c, a, c.fresh("all"), c.fresh("bases"), c.fresh("grouped"), c.fresh("columns"), c.fresh("members"), c.fresh("cells"), c.fresh("counts"),
		map[*plan.Here]cypher.Var{},
	}
	var q cypher.Query
	var kept []cypher.Item
	step := func(asked bool, of func() cypher.Expr, as cypher.Var) {
		if asked {
			q = append(q, with(append(slices.Clone(kept), item(of(), as))...))
			kept = append(kept, item(as, ""))
		}
	}
	students := v.asksStudents()
	columns := v.asks("gaps") || v.asks("members", "columnCount") || students
	cells := v.asks("cells") || v.asks("columns", "memberCount")
	step(true, func() cypher.Expr { return reached(c.trail(a.Leg("members"), alliance)) }, v.all)
	step(v.asks("shared"), v.allBases, v.bases)
	step(columns || cells || v.asks("columns"), v.allGrouped, v.grouped)
	step(columns, v.allColumns, v.columns)
	step(v.asks("members") || v.asks("gaps") || students, v.found, v.members)
	step(cells, v.allCells, v.cells)
	step(v.asks("columns", "memberCount"), v.membersOf, v.counts)
	for _, of := range v.readInCells() {
		v.read[of] = c.fresh("read")
		step(true, func() cypher.Expr { return v.ofAll(of) }, v.read[of])
	}
	return q, row{
		named: map[string]cypher.Expr{
			"by":      text(a.By),
			"members": v.memberTotals(),
			"columns": v.columnTotals(),
			"cells":   v.cells,
			"gaps":    v.gaps(),
			"shared":  v.shared(),
		},
		elements: map[string]func(cypher.Var) row{"cells": v.cell},
	}
}

func (v *covering) asks(path ...string) bool { return v.of.Of.Asks(path...) }

func (v *covering) asksStudents() bool {
	return slices.ContainsFunc([]string{"members", "columns", "cells", "gaps"}, func(of string) bool { return v.asks(of, "students") })
}

func (v *covering) allBases() cypher.Expr {
	m := v.fresh("m")
	b := v.trail(v.of.Leg("bases"), m)
	return collect(cypher.Unwind{List: v.all, As: m}, match(b), once(b.end), give(b.end))
}

// allGrouped are the facts by column, in the order of columns, with what is asked of each column.
func (v *covering) allGrouped() cypher.Expr {
	i, m, served, facts := v.fresh("i"), v.fresh("m"), v.fresh("ms"), v.fresh("fs")
	b := v.trail(v.of.Leg("bases"), m)
	bases := cypher.With{Items: []cypher.Item{item(b.end, ""), item(distinct(i), served)}}
	if v.asks("cells", "bases") || v.asks("columns", "bases") {
		bases.Order = byName(b.end)
	}
	q := cypher.Query{
		cypher.Unwind{List: indices(v.all), As: i}, with(item(i, ""), item(cypher.Index{Of: v.all, At: i}, m)),
		match(b), bases,
	}
	about, column, places := v.about(b.end, served)
	totals, named := v.totals("columns", b.end, places)
	fact := cypher.List{b.end, places, served}
	return collect(append(append(q, about...),
		cypher.With{Items: append([]cypher.Item{item(column, ""), item(cypher.Call("collect", fact), facts)}, totals...), Order: byName(column)},
		give(append(cypher.Map{{Name: "column", Of: column}, {Name: "facts", Of: facts}}, named...)),
	)...)
}

func (v *covering) allColumns() cypher.Expr {
	return v.from(v.grouped, func(x cypher.Var) cypher.Expr { return prop(x, "column") })
}

// totals are the numbers and bases of a column or a cell that are asked for: how to work them out of its facts, and the
// names of what comes out.
func (v *covering) totals(of string, base, places cypher.Expr) (items []cypher.Item, named cypher.Map) {
	count := func(of cypher.Expr) cypher.Expr { return cypher.Call("count", cypher.Distinct{Of: of}) }
	stating := cypher.Case{When: not(cypher.IsNull{Of: places}), Then: base}
	for _, total := range []cypher.Entry{
		{Name: "bases", Of: distinct(base)},
		{Name: "baseCount", Of: count(base)},
		{Name: "places", Of: cypher.Call("sum", places)},
		{Name: "basesWithoutPlaces", Of: cypher.Op{Sign: "-", Of: []cypher.Expr{count(base), count(stating)}}},
	} {
		if v.asks(of, total.Name) {
			as := v.fresh("t")
			items, named = append(items, item(total.Of, as)), append(named, cypher.Entry{Name: total.Name, Of: as})
		}
	}
	return items, named
}

// rows say which base is about which column, with how many places.
func (v *covering) rows(bases cypher.Expr) cypher.Expr {
	b := v.fresh("b")
	about, column, places := v.about(b)
	return collect(append(append(cypher.Query{cypher.Unwind{List: bases, As: b}}, about...),
		give(cypher.Map{{Name: "base", Of: b}, {Name: "column", Of: column}, {Name: "places", Of: places}}),
	)...)
}

// about leads from a base to what it is about: for a discipline by each offer, else to each column once. Variables that
// are kept stay bound.
func (v *covering) about(b cypher.Var, kept ...cypher.Var) (q cypher.Query, column cypher.Var, places cypher.Expr) {
	bound := append([]cypher.Var{b}, kept...)
	switch v.of.By {
	case "DISCIPLINE":
		t := v.trail(v.of.Leg("disciplines"), b)
		return cypher.Query{match(t)}, t.end, prop(t.tie, "places")
	case "INDUSTRY":
		t := v.trail(v.of.Leg("industries"), b)
		q, column = cypher.Query{match(t)}, t.end
	default:
		at := v.trail(v.of.Leg("locations"), b)
		larger := v.trail(v.of.Leg("larger"), at.end)
		provinces := v.fresh("ps")
		column = v.fresh("d")
		larger.where = cypher.AndAll(larger.where, cypher.Cmp(prop(larger.end, "kind"), "=", text("PROVINCE")))
		q = cypher.Query{match(at),
			with(append(cypher.Vars(append(bound, at.end)...), item(reached(larger), provinces))...),
			cypher.Unwind{As: column, List: cypher.Case{
				When: cypher.Cmp(size(provinces), "=", cypher.Lit("0")), Then: cypher.List{at.end}, Else: provinces,
			}},
		}
	}
	return append(q, cypher.With{Distinct: true, Items: cypher.Vars(append(bound, column)...)}), column, prop(b, "places")
}

func (v *covering) columnTotals() cypher.Expr {
	j, x, d, y, s := v.fresh("j"), v.fresh("x"), v.fresh("d"), v.fresh("y"), v.fresh("s")
	students := v.studentCount(func(list string) cypher.Expr {
		return cypher.Sub{Kind: "COUNT", Of: cypher.Query{
			cypher.Unwind{List: v.members, As: y},
			cypher.Unwind{List: v.inColumn(prop(y, list), d), As: s},
			cypher.Return{Distinct: true, Items: []cypher.Item{item(prop(s, "student"), "student")}},
		}}
	})
	total := func(name string) cypher.Entry { return cypher.Entry{Name: name, Of: prop(x, name)} }
	return collect(
		cypher.Unwind{List: indices(v.grouped), As: j},
		with(item(j, ""), item(cypher.Index{Of: v.grouped, At: j}, x), item(prop(cypher.Index{Of: v.grouped, At: j}, "column"), d)),
		give(entries(
			askedOf(v.of.Of, "columns"),
			cypher.Entry{Name: "column", Of: d},
			cypher.Entry{Name: "memberCount", Of: cypher.Index{Of: v.counts, At: j}},
			total("bases"), total("baseCount"), total("places"), total("basesWithoutPlaces"),
			cypher.Entry{Name: "students", Of: students},
		)),
	)
}

// distinct is a list of what rows have, each once.
func distinct(of cypher.Expr) cypher.Expr {
	return cypher.Call("collect", cypher.Distinct{Of: of})
}
