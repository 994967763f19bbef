package oracle

import (
	"cmp"
	"slices"
)

// about is that a base is about a column, by an offer or otherwise.
type about struct {
	base, column *thing
	places       any
}

// covered is a member with its bases and students.
type covered struct {
	member   *thing
	bases    []*thing
	rows     []about
	students map[*thing][]*thing // by column
}

// coverage answers which bases the members of an alliance have, by what the bases are about.
func (q *questioning) coverage(alliance *thing) any {
	var members []*covered
	var columns []*thing
	for _, m := range q.things("members", alliance) {
		c := &covered{member: m, bases: q.things("bases", m), students: map[*thing][]*thing{}}
		for _, b := range c.bases {
			c.rows = append(c.rows, q.about(b)...)
		}
		for _, r := range c.rows {
			columns = append(columns, r.column)
		}
		members = append(members, c)
	}
	columns = distinct(columns)
	for _, m := range members {
		q.enroll(m, columns)
	}
	return map[string]any{
		"by": q.args.text("by"), "members": q.memberRows(members, columns), "columns": columnRows(members, columns),
		"cells": cellRows(members, columns), "gaps": gapRows(members, columns), "shared": sharedRows(members),
	}
}

// about lists what a base is about.
func (q *questioning) about(b *thing) []about {
	var out []about
	switch q.args.text("by") {
	case "DISCIPLINE":
		for _, p := range q.paths("disciplines", b) {
			out = append(out, about{b, p.end(), p.ties[0].properties["places"]})
		}
		return out
	case "INDUSTRY":
		for _, i := range q.things("industries", b) {
			out = append(out, about{b, i, b.properties["places"]})
		}
		return out
	}
	var places []*thing
	for _, at := range q.things("locations", b) {
		provinces := filter(q.things("larger", at), func(p *thing) bool { return text(p.properties, "kind") == "PROVINCE" })
		if len(provinces) == 0 {
			provinces = []*thing{at}
		}
		places = append(places, provinces...)
	}
	for _, p := range distinct(places) {
		out = append(out, about{b, p, b.properties["places"]})
	}
	return out
}

// enroll finds the students of a member that count in each column.
func (q *questioning) enroll(m *covered, columns []*thing) {
	for _, s := range q.things("students", m.member) {
		var in []*thing
		if q.args.text("by") == "DISCIPLINE" {
			in = q.things("studied", s)
		} else {
			placements := filter(q.things("placements", s), takesPlace)
			at := q.things("placedAt", placements...)
			for _, r := range m.rows {
				if slices.Contains(at, r.base) {
					in = append(in, r.column)
				}
			}
		}
		for _, c := range distinct(in) {
			if slices.Contains(columns, c) {
				m.students[c] = append(m.students[c], s)
			}
		}
	}
}

func (m *covered) in(column *thing) []about {
	return filter(m.rows, func(r about) bool { return r.column == column })
}

func basesOf(rows []about) []*thing {
	var out []*thing
	for _, r := range rows {
		out = append(out, r.base)
	}
	return distinct(out)
}

// known adds up the places of rows, and counts the bases of which no row states any.
func known(bases []*thing, rows []about) (sum int64, without int) {
	for _, b := range bases {
		var stated []any
		for _, r := range rows {
			if r.base == b {
				stated = append(stated, r.places)
			}
		}
		n, unknown := places(stated)
		sum += n
		if unknown == len(stated) {
			without++
		}
	}
	return sum, without
}

func cellRows(members []*covered, columns []*thing) []any {
	out := []any{}
	for _, m := range members {
		for _, c := range columns {
			rows := m.in(c)
			if len(rows) == 0 {
				continue
			}
			bases := basesOf(rows)
			sum, without := known(bases, rows)
			out = append(out, map[string]any{
				"member": m.member, "column": c, "baseCount": len(bases), "bases": anys(bases),
				"places": sum, "basesWithoutPlaces": without, "students": len(m.students[c]),
			})
		}
	}
	return out
}

func gapRows(members []*covered, columns []*thing) []any {
	out := []any{}
	for _, m := range members {
		for _, c := range columns {
			if len(m.in(c)) == 0 {
				out = append(out, map[string]any{"member": m.member, "column": c, "students": len(m.students[c])})
			}
		}
	}
	return out
}

func sharedRows(members []*covered) []any {
	var all []*thing
	for _, m := range members {
		all = append(all, m.bases...)
	}
	out := []any{}
	for _, b := range distinct(all) {
		var by []*thing
		for _, m := range members {
			if slices.Contains(m.bases, b) {
				by = append(by, m.member)
			}
		}
		if len(by) > 1 {
			out = append(out, map[string]any{"base": b, "members": anys(by), "memberCount": len(by)})
		}
	}
	return out
}

func columnRows(members []*covered, columns []*thing) []any {
	out := []any{}
	for _, c := range columns {
		var rows []about
		var students []*thing
		in, counted := 0, []*thing{}
		for _, m := range members {
			students = append(students, m.students[c]...)
			if len(m.in(c)) > 0 {
				in++
			}
			for _, b := range basesOf(m.in(c)) { // a base of several members counts once
				if !slices.Contains(counted, b) {
					counted = append(counted, b)
					rows = append(rows, filter(m.in(c), func(r about) bool { return r.base == b })...)
				}
			}
		}
		bases := basesOf(rows)
		sum, without := known(bases, rows)
		out = append(out, map[string]any{
			"column": c, "memberCount": in, "baseCount": len(bases), "bases": anys(bases),
			"places": sum, "basesWithoutPlaces": without, "students": len(distinct(students)),
		})
	}
	return out
}

func (q *questioning) memberRows(members []*covered, columns []*thing) []any {
	out := []any{}
	for _, m := range members {
		in, students := 0, []*thing{}
		for _, c := range columns {
			students = append(students, m.students[c]...)
			if len(m.in(c)) > 0 {
				in++
			}
		}
		sum, without := q.placesOf(m, m.bases)
		out = append(out, map[string]any{
			"member": m.member, "columnCount": in, "baseCount": len(m.bases), "bases": anys(m.bases),
			"places": sum, "basesWithoutPlaces": without, "students": len(distinct(students)), "dependsOn": q.dependsOn(m),
		})
	}
	return out
}

// placesOf are the known places of some of a member's bases: by discipline what they offer, else their own.
func (q *questioning) placesOf(m *covered, bases []*thing) (int64, int) {
	if q.args.text("by") == "DISCIPLINE" {
		return known(bases, m.rows)
	}
	var stated []any
	for _, b := range bases {
		stated = append(stated, b.properties["places"])
	}
	return places(stated)
}

// dependsOn is the host with most of a member's places, or of its bases where no places are known.
func (q *questioning) dependsOn(m *covered) any {
	all, _ := q.placesOf(m, m.bases)
	type hosting struct {
		host   *thing
		bases  []*thing
		places int64
	}
	var hosts []hosting
	for _, h := range q.things("hosts", m.bases...) {
		bases := filter(m.bases, func(b *thing) bool { return slices.Contains(q.things("hosts", b), h) })
		sum, _ := q.placesOf(m, bases)
		hosts = append(hosts, hosting{h, bases, sum})
	}
	if len(hosts) == 0 {
		return nil
	}
	share := func(h hosting) (float64, string) {
		if all > 0 {
			return float64(h.places) / float64(all), "PLACES"
		}
		return float64(len(h.bases)) / float64(len(m.bases)), "BASES"
	}
	best := slices.MaxFunc(hosts, func(a, b hosting) int { // of equal ones the first
		x, _ := share(a)
		y, _ := share(b)
		return cmp.Compare(x, y)
	})
	part, of := share(best)
	return map[string]any{
		"host": best.host, "share": part, "shareOf": of, "places": best.places, "baseCount": len(best.bases), "bases": anys(best.bases),
	}
}
