package compile

import "github.com/partnergraph/partnergraph/internal/cypher"

// found are a map for each member, with its bases and what they are about.
func (v *covering) found() cypher.Expr {
	m, bases, rows := v.fresh("m"), v.fresh("bs"), v.fresh("rs")
	values := cypher.Map{{Name: "member", Of: m}, {Name: "bases", Of: bases}, {Name: "rows", Of: rows}}
	if v.asks("members", "columnCount") || v.asks("gaps") {
		values = append(values, cypher.Entry{Name: "columns", Of: v.pick(v.columns, rows, "column")})
	}
	if v.asksStudents() {
		students := func() cypher.Expr { return v.students(m, bases, rows) }
		values = append(values, cypher.Entry{Name: "students", Of: students()})
		if some, _ := v.hidesPeople(); some {
			values = append(values, cypher.Entry{Name: "all", Of: v.counted(students)})
		}
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

// studentCount is a number that is worked out of a list of students: of those that are seen, and of all.
func (v *covering) studentCount(of func(list string) cypher.Expr) cypher.Expr {
	return v.people(of("students"), func() cypher.Expr { return of("all") })
}

// studentsIn counts the students of a member in a column.
func (v *covering) studentsIn(member, column cypher.Expr) cypher.Expr {
	return v.studentCount(func(list string) cypher.Expr { return size(v.inColumn(prop(member, list), column)) })
}

// inColumn keeps the rows of a column.
func (v *covering) inColumn(rows, column cypher.Expr) cypher.Expr {
	return v.only(rows, func(y cypher.Var) cypher.Expr { return cypher.Cmp(prop(y, "column"), "=", column) })
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
	students := v.studentCount(func(list string) cypher.Expr {
		return cypher.Sub{Kind: "COUNT", Of: cypher.Query{
			cypher.Unwind{List: prop(x, list), As: s},
			cypher.Return{Distinct: true, Items: []cypher.Item{item(prop(s, "student"), "student")}},
		}}
	})
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

func (v *covering) gaps() cypher.Expr {
	x, d := v.fresh("x"), v.fresh("d")
	return collect(
		cypher.Unwind{List: v.members, As: x},
		cypher.Unwind{List: v.only(v.columns, func(d cypher.Var) cypher.Expr { return not(in(d, prop(x, "columns"))) }), As: d},
		give(entries(
			askedOf(v.of.Of, "gaps"),
			cypher.Entry{Name: "member", Of: prop(x, "member")},
			cypher.Entry{Name: "column", Of: d},
			cypher.Entry{Name: "students", Of: v.studentsIn(x, d)},
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
