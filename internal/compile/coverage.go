package compile

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// covering is a coverage on its way into clauses. A row says that a base is about a column, by which relationship, with
// how many places: {base, column, tie, places}. A student's row is {student, column}.
//
// Things are put in order in the first steps only: what is sorted carries all that its clauses can see, and the later
// steps see long lists of maps. They keep the order by picking from lists that have it.
type covering struct {
	*compiler
	of *plan.Analysis
	// The steps.
	all     cypher.Var // the members
	bases   cypher.Var // of all members
	columns cypher.Var // the disciplines, industries or places of those bases
	members cypher.Var // a map for each member: member, bases, rows, columns; students and dependsOn if they are asked for
	cells   cypher.Var // a map for each member and column that have rows, if they are asked for
}

func (c *compiler) coverage(a *plan.Analysis, alliance cypher.Var) (cypher.Query, map[string]cypher.Expr) {
	v := &covering{c, a, c.fresh("all"), c.fresh("bases"), c.fresh("columns"), c.fresh("members"), c.fresh("cells")}
	var q cypher.Query
	var kept []cypher.Item
	step := func(of cypher.Expr, as cypher.Var) {
		q = append(q, with(append(slices.Clone(kept), item(of, as))...))
		kept = append(kept, item(as, ""))
	}
	// Each step costs a walk, so those go that nothing asks for.
	columns := v.asks("gaps") || v.asks("members", "columnCount") || v.asksStudents()
	step(reached(c.trail(a.Leg("members"), alliance)), v.all)
	if columns || v.asks("shared") || v.asks("columns", "bases") {
		step(v.allBases(), v.bases)
	}
	if columns {
		step(v.allColumns(), v.columns)
	}
	step(v.found(), v.members)
	if v.asks("cells") || v.asks("columns") {
		step(v.allCells(), v.cells)
	}
	return q, map[string]cypher.Expr{
		"by":      text(a.By),
		"members": v.memberTotals(),
		"columns": v.columnTotals(),
		"cells":   v.cells,
		"gaps":    v.gaps(),
		"shared":  v.shared(),
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

func (v *covering) allColumns() cypher.Expr {
	r, d := v.fresh("r"), v.fresh("d")
	return collect(cypher.Unwind{List: v.rows(v.bases), As: r}, with(item(prop(r, "column"), d)), once(d), give(d))
}

// found are a map for each member, with its bases and what they are about.
func (v *covering) found() cypher.Expr {
	m, bases, rows := v.fresh("m"), v.fresh("bs"), v.fresh("rs")
	values := cypher.Map{{Name: "member", Of: m}, {Name: "bases", Of: bases}, {Name: "rows", Of: rows}}
	if v.asks("members", "columnCount") || v.asks("gaps") {
		values = append(values, cypher.Entry{Name: "columns", Of: v.pick(v.columns, rows, "column")})
	}
	if v.asksStudents() {
		values = append(values, cypher.Entry{Name: "students", Of: v.students(m, bases, rows)})
	}
	if v.asks("members", "dependsOn") {
		values = append(values, cypher.Entry{Name: "dependsOn", Of: v.dependsOn(bases, rows)})
	}
	return collect(
		cypher.Unwind{List: v.all, As: m},
		with(item(m, ""), item(reached(v.trail(v.of.Leg("bases"), m)), bases)),
		with(item(m, ""), item(bases, ""), item(v.rows(bases), rows)),
		give(values),
	)
}

// pick keeps of a list that is in order the things that rows name.
func (v *covering) pick(from, rows cypher.Expr, name string) cypher.Expr {
	named, x := v.fresh("xs"), v.fresh("x")
	return cypher.Call("head", collect(
		with(item(v.from(rows, func(y cypher.Var) cypher.Expr { return prop(y, name) }), named)),
		give(cypher.Comprehension{Var: x, In: from, Where: in(x, named)}),
	))
}

// rows say which base is about which column: for a discipline each offer, else each pair once.
func (v *covering) rows(bases cypher.Expr) cypher.Expr {
	b := v.fresh("b")
	row := func(column, tie, places cypher.Expr) cypher.Clause {
		return give(cypher.Map{{Name: "base", Of: b}, {Name: "column", Of: column}, {Name: "tie", Of: tie}, {Name: "places", Of: places}})
	}
	pairs := func(q cypher.Query, column cypher.Var) cypher.Expr {
		return collect(append(q, cypher.With{Distinct: true, Items: cypher.Vars(b, column)}, row(column, cypher.Lit("null"), prop(b, "places")))...)
	}
	q := cypher.Query{cypher.Unwind{List: bases, As: b}}
	switch v.of.By {
	case "DISCIPLINE":
		t := v.trail(v.of.Leg("disciplines"), b)
		return collect(append(q, match(t), row(t.end, prop(t.tie, "id"), prop(t.tie, "places")))...)
	case "INDUSTRY":
		t := v.trail(v.of.Leg("industries"), b)
		return pairs(append(q, match(t)), t.end)
	}
	at := v.trail(v.of.Leg("locations"), b)
	larger := v.trail(v.of.Leg("larger"), at.end)
	provinces, column := v.fresh("ps"), v.fresh("d")
	larger.where = cypher.AndAll(larger.where, cypher.Cmp(prop(larger.end, "kind"), "=", text("PROVINCE")))
	return pairs(append(q, match(at),
		with(item(b, ""), item(at.end, ""), item(reached(larger), provinces)),
		cypher.Unwind{As: column, List: cypher.Case{
			When: cypher.Cmp(size(provinces), "=", cypher.Lit("0")), Then: cypher.List{at.end}, Else: provinces,
		}},
	), column)
}

// students are the rows of a member's students.
func (v *covering) students(m cypher.Var, bases, rows cypher.Expr) cypher.Expr {
	s, d := v.trail(v.of.Leg("students"), m), v.fresh("d")
	q := cypher.Query{match(s), cypher.With{Distinct: true, Items: cypher.Vars(s.end)}}
	if v.of.By == "DISCIPLINE" {
		t := v.trail(v.of.Leg("studied"), s.end)
		t.where = cypher.AndAll(t.where, in(t.end, v.columns))
		q = append(q, match(t), with(item(s.end, ""), item(t.end, d)))
	} else {
		p := v.trail(v.of.Leg("placements"), s.end)
		at := v.trail(v.of.Leg("placedAt"), p.end)
		p.where = cypher.AndAll(p.where, takesPlace(p.end))
		at.where = cypher.AndAll(at.where, in(at.end, bases))
		there := v.only(rows, func(y cypher.Var) cypher.Expr { return cypher.Cmp(prop(y, "base"), "=", at.end) })
		y := v.fresh("y")
		q = append(q, match(p), match(at), cypher.Unwind{List: there, As: y}, with(item(s.end, ""), item(prop(y, "column"), d)))
	}
	return collect(append(q,
		cypher.With{Distinct: true, Items: cypher.Vars(s.end, d)},
		give(cypher.Map{{Name: "student", Of: s.end}, {Name: "column", Of: d}}),
	)...)
}

// takesPlace tells whether a placement counts: one that was called off doesn't, one of unknown status does.
func takesPlace(placement cypher.Expr) cypher.Expr {
	return cypher.Cmp(cypher.Call("coalesce", prop(placement, "status"), text("")), "<>", text("CANCELLED"))
}

// inColumn keeps the rows of a column.
func (v *covering) inColumn(rows, column cypher.Expr) cypher.Expr {
	return v.only(rows, func(y cypher.Var) cypher.Expr { return cypher.Cmp(prop(y, "column"), "=", column) })
}

// allCells groups the rows of each member by column. Rows come in the order of their bases, so the bases of a cell do.
func (v *covering) allCells() cypher.Expr {
	i, x, y, d, rows, bases := v.fresh("i"), v.fresh("x"), v.fresh("y"), v.fresh("d"), v.fresh("rs"), v.fresh("bs")
	return collect(
		cypher.Unwind{List: indices(v.members), As: i},
		cypher.Unwind{List: prop(cypher.Index{Of: v.members, At: i}, "rows"), As: y},
		with(item(i, ""), item(prop(y, "column"), d), item(cypher.Call("collect", y), rows), item(distinct(prop(y, "base")), bases)),
		cypher.With{Items: cypher.Vars(i, d, rows, bases), Order: []cypher.Sort{{By: i}, {By: prop(d, "nameKey")}, {By: prop(d, "id")}}},
		with(item(cypher.Index{Of: v.members, At: i}, x), item(d, ""), item(rows, ""), item(bases, "")),
		give(append(cypher.Map{{Name: "column", Of: d}, {Name: "bases", Of: bases}, {Name: "rows", Of: rows}}, entries(
			askedOf(v.of.Of, "cells"),
			cypher.Entry{Name: "member", Of: prop(x, "member")},
			cypher.Entry{Name: "baseCount", Of: size(bases)},
			cypher.Entry{Name: "places", Of: v.sum(rows, "places")},
			cypher.Entry{Name: "basesWithoutPlaces", Of: v.without(bases, rows)},
			cypher.Entry{Name: "students", Of: size(v.inColumn(prop(x, "students"), d))},
		)...)),
	)
}

// distinct is a list of what rows have, each once.
func distinct(of cypher.Expr) cypher.Expr {
	return cypher.Call("collect", cypher.Distinct{Of: of})
}

// without counts the bases of which no row states places.
func (v *covering) without(bases, rows cypher.Expr) cypher.Expr {
	return size(v.only(bases, func(b cypher.Var) cypher.Expr {
		y := v.fresh("y")
		return cypher.All{Var: y, In: rows, Where: cypher.OrAny(cypher.Cmp(prop(y, "base"), "<>", b), cypher.IsNull{Of: prop(y, "places")})}
	}))
}

// statesNothing counts the bases that state no places of their own.
func (v *covering) statesNothing(bases cypher.Expr) cypher.Expr {
	return size(v.only(bases, func(b cypher.Var) cypher.Expr { return cypher.IsNull{Of: prop(b, "places")} }))
}

// placesOf are the known places of bases with their rows, and how many of the bases state none.
func (v *covering) placesOf(bases, rows cypher.Expr) (places, without cypher.Expr) {
	if v.of.By != "DISCIPLINE" {
		return v.sum(bases, "places"), v.statesNothing(bases)
	}
	return v.sum(rows, "places"), v.without(bases, rows)
}

func (v *covering) memberTotals() cypher.Expr {
	x, s := v.fresh("x"), v.fresh("s")
	places, without := v.placesOf(prop(x, "bases"), prop(x, "rows"))
	students := cypher.Sub{Kind: "COUNT", Of: cypher.Query{
		cypher.Unwind{List: prop(x, "students"), As: s},
		cypher.Return{Distinct: true, Items: []cypher.Item{item(prop(s, "student"), "student")}},
	}}
	return collect(cypher.Unwind{List: v.members, As: x}, give(entries(
		askedOf(v.of.Of, "members"),
		cypher.Entry{Name: "member", Of: prop(x, "member")},
		cypher.Entry{Name: "columnCount", Of: size(prop(x, "columns"))},
		cypher.Entry{Name: "baseCount", Of: size(prop(x, "bases"))},
		cypher.Entry{Name: "bases", Of: prop(x, "bases")},
		cypher.Entry{Name: "places", Of: places},
		cypher.Entry{Name: "basesWithoutPlaces", Of: without},
		cypher.Entry{Name: "students", Of: students},
		cypher.Entry{Name: "dependsOn", Of: prop(x, "dependsOn")},
	)))
}

// dependsOn is the host with most of a member's places, or of its bases where no places are known.
func (v *covering) dependsOn(all, rows cypher.Expr) cypher.Expr {
	b, h, y := v.fresh("b"), v.fresh("h"), v.fresh("y")
	hosting, total, bases, places := v.fresh("hs"), v.fresh("t"), v.fresh("bs"), v.fresh("ps")
	host := v.trail(v.of.Leg("hosts"), b)
	pairs := collect(
		cypher.Unwind{List: all, As: b}, match(host), cypher.With{Distinct: true, Items: cypher.Vars(b, host.end)},
		give(cypher.Map{{Name: "base", Of: b}, {Name: "host", Of: host.end}}),
	)
	behind := v.only(hosting, func(y cypher.Var) cypher.Expr { return cypher.Cmp(prop(y, "host"), "=", h) })
	their := v.only(rows, func(y cypher.Var) cypher.Expr { return in(prop(y, "base"), bases) })
	of, _ := v.placesOf(all, rows)
	known, _ := v.placesOf(bases, their)
	anyKnown := cypher.Cmp(total, ">", cypher.Lit("0"))
	share := func(part, whole cypher.Expr) cypher.Expr {
		return cypher.Op{Sign: "/", Of: []cypher.Expr{cypher.Call("toFloat", part), whole}}
	}
	hosts := collect(cypher.Unwind{List: hosting, As: y}, cypher.Return{Distinct: true, Items: []cypher.Item{item(prop(y, "host"), "host")}})
	return cypher.Call("head", collect(
		with(item(pairs, hosting), item(of, total)),
		cypher.Unwind{List: hosts, As: h},
		with(item(total, ""), item(h, ""), item(v.pick(all, behind, "base"), bases)),
		with(item(total, ""), item(h, ""), item(bases, ""), item(known, places)),
		cypher.With{
			Items: cypher.Vars(total, h, bases, places),
			Order: []cypher.Sort{
				{By: cypher.Case{When: anyKnown, Then: places, Else: size(bases)}, Desc: true}, {By: prop(h, "nameKey")}, {By: prop(h, "id")},
			},
			Limit: cypher.Lit("1"),
		},
		give(cypher.Map{
			{Name: "host", Of: h},
			{Name: "share", Of: cypher.Case{When: anyKnown, Then: share(places, total), Else: share(size(bases), size(all))}},
			{Name: "shareOf", Of: cypher.Case{When: anyKnown, Then: text("PLACES"), Else: text("BASES")}},
			{Name: "places", Of: places}, {Name: "baseCount", Of: size(bases)}, {Name: "bases", Of: bases},
		}),
	))
}

// columnTotals groups the cells by column; a base that is in several of them counts once.
func (v *covering) columnTotals() cypher.Expr {
	d, cells, rows, bases := v.fresh("d"), v.fresh("cs"), v.fresh("rs"), v.fresh("bs")
	x, y, s := v.fresh("x"), v.fresh("y"), v.fresh("s")
	students := cypher.Sub{Kind: "COUNT", Of: cypher.Query{
		cypher.Unwind{List: v.members, As: x},
		cypher.Unwind{List: v.inColumn(prop(x, "students"), d), As: s},
		cypher.Return{Distinct: true, Items: []cypher.Item{item(prop(s, "student"), "student")}},
	}}
	return collect(
		cypher.Unwind{List: indices(v.cells), As: x},
		cypher.Unwind{List: prop(cypher.Index{Of: v.cells, At: x}, "rows"), As: y},
		with(item(prop(y, "column"), d), item(cypher.Call("count", cypher.Distinct{Of: x}), cells), item(distinct(y), rows), item(distinct(prop(y, "base")), bases)),
		cypher.With{Items: cypher.Vars(d, cells, rows, bases), Order: []cypher.Sort{{By: prop(d, "nameKey")}, {By: prop(d, "id")}}},
		give(entries(
			askedOf(v.of.Of, "columns"),
			cypher.Entry{Name: "column", Of: d},
			cypher.Entry{Name: "memberCount", Of: cells},
			cypher.Entry{Name: "baseCount", Of: size(bases)},
			cypher.Entry{Name: "bases", Of: v.pick(v.bases, rows, "base")},
			cypher.Entry{Name: "places", Of: v.sum(rows, "places")},
			cypher.Entry{Name: "basesWithoutPlaces", Of: v.without(bases, rows)},
			cypher.Entry{Name: "students", Of: students},
		)),
	)
}

func (v *covering) gaps() cypher.Expr {
	x, d := v.fresh("x"), v.fresh("d")
	return collect(
		cypher.Unwind{List: v.members, As: x},
		cypher.Unwind{List: v.only(v.columns, func(d cypher.Var) cypher.Expr { return not(in(d, prop(x, "columns"))) }), As: d},
		give(entries(
			askedOf(v.of.Of, "gaps"),
			cypher.Entry{Name: "member", Of: prop(x, "member")},
			cypher.Entry{Name: "column", Of: d},
			cypher.Entry{Name: "students", Of: size(v.inColumn(prop(x, "students"), d))},
		)),
	)
}

func (v *covering) shared() cypher.Expr {
	b, served, by, x := v.fresh("b"), v.fresh("ms"), v.fresh("ms"), v.fresh("x")
	m := v.trail(v.of.Leg("served"), b)
	m.where = cypher.AndAll(m.where, in(m.end, v.all))
	return collect(
		cypher.Unwind{List: v.bases, As: b},
		with(item(b, ""), item(collect(match(m), cypher.Return{Distinct: true, Items: cypher.Vars(m.end)}), served)),
		cypher.With{Items: cypher.Vars(b, served), Where: cypher.Cmp(size(served), ">", cypher.Lit("1"))},
		with(item(b, ""), item(cypher.Comprehension{Var: x, In: v.all, Where: in(x, served)}, by)),
		give(cypher.Map{{Name: "base", Of: b}, {Name: "members", Of: by}, {Name: "memberCount", Of: size(by)}}),
	)
}
