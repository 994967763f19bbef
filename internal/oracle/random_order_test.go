package oracle

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/names"
)

// list draws the arguments of a list of things behind hops.
func (a *asker) list(f *ast.FieldDefinition, hops []graphmap.Hop, out map[string]any) {
	of := a.m.Types[strings.TrimSuffix(f.Arguments.ForName("where").Type.Name(), "Where")]
	a.listBy(orderOfHops(hops), of, hops, a.rows(of, hops), out)
}

// listBy is list for one that has an order of its own.
func (a *asker) listBy(own order, of *graphmap.Type, hops []graphmap.Hop, rows []row, out map[string]any) {
	o := own
	if chance(a.T, 35) {
		entries := a.orderBy(of, hops)
		out["orderBy"] = entries
		if asked := keysOnly(plain(entries)); a.execution().checkOrder(of, hops, asked) == nil {
			o = a.execution().order(of, own, arguments{"orderBy": asked})
		}
	}
	if chance(a.T, 45) {
		out["where"] = a.where(of, hops, pick(a.T, []int{1, 2, 0, 3}))
	}
	a.page(o, rows, out)
}

// rows are some that a list may have.
func (a *asker) rows(of *graphmap.Type, hops []graphmap.Hop) []row {
	if !isSingle(hops) {
		return a.execution().all(of)
	}
	var out []row
	for _, t := range a.oracle.Network.ties {
		near, far := t.from, t.to
		if !hops[0].Out {
			near, far = far, near
		}
		if t.kind == hops[0].Over && far.is(of) {
			out = append(out, row{node: far, hops: hops, paths: []*path{{things: []*thing{near, far}, ties: []*tie{t}}}})
		}
	}
	return out
}

// keysOnly leaves out the filters of an order, which don't name its keys and may hold variables.
func keysOnly(entries any) any {
	for _, entry := range list(entries) {
		for _, v := range entry.(map[string]any) {
			if measure, ok := v.(map[string]any); ok {
				delete(measure, "where")
			}
		}
	}
	return entries
}

// execution is one that looks at the network of today.
func (a *asker) execution() *execution { return &execution{Oracle: a.oracle, days: on(today)} }

// page draws which page of a list is asked for.
func (a *asker) page(o order, rows []row, out map[string]any) {
	if chance(a.T, 50) {
		n := draws(func() any {
			if chance(a.T, 2) {
				return pick(a.T, []int{-1, 201})
			}
			return pick(a.T, []int{1, 2, 3, 1, 2, 3, 4, 0, 200})
		})
		which := pick(a.T, []string{"first", "first", "last"})
		out[which] = n
		if chance(a.T, 2) {
			out["first"], out["last"] = n, n
		}
	}
	if chance(a.T, 20) {
		out["after"] = draws(func() any { return a.cursor(o, rows) })
	}
	if chance(a.T, 15) {
		out["before"] = draws(func() any { return a.cursor(o, rows) })
	}
}

// cursor draws a cursor of a list: of a row that was seen, of one that there is or may not be, or none of this list.
func (a *asker) cursor(o order, rows []row) string {
	switch seen := a.oracle.Cursors[o.name()]; {
	case chance(a.T, 3):
		return a.wrong("no cursor", o.write(make([]any, len(o))), pick(a.T, []order{byName, byNameAndTie, byScore}).write([]any{"a", "b"}))
	case len(seen) > 0 && chance(a.T, 50):
		return pick(a.T, seen)
	case len(rows) > 0 && chance(a.T, 75):
		return o.write(o.keyOf(pick(a.T, rows)))
	}
	var key []any
	for _, k := range o {
		switch {
		case k.gaps && chance(a.T, 30):
			key = append(key, nil)
		case k.kind == "number":
			key = append(key, pick(a.T, []float64{0, 0.72, 1, 2, 3, 7, -1.5, 300}))
		case k.kind == "whole":
			key = append(key, pick(a.T, []float64{0, 1, 2, 3, 7, 30, 1, 2, 3, 0.5}))
		case k.kind == "day" || k.by == "date":
			key = append(key, a.day())
		case k.kind == "moment":
			key = append(key, a.moment())
		case strings.HasSuffix(k.by, "name"):
			key = append(key, names.Key(pick(a.T, someNames)))
		default:
			key = append(key, pick(a.T, []string{"BEGAN", "one", "NATIONAL", "rel_part-of_uni_a1", a.id(a.m.Types["Node"]), a.id(a.m.Types["Node"])}))
		}
	}
	return o.write(key)
}

func (a *asker) moment() string {
	return pick(a.T, []string{"1999-12-31T23:59:59Z", "2100-01-01T08:00:00+08:00", "2010-01-01T00:00:00.5Z"})
}

// orderBy draws the keys of an order.
func (a *asker) orderBy(of *graphmap.Type, hops []graphmap.Hop) any {
	entries := []any{}
	for range pick(a.T, []int{1, 1, 1, 2, 2, 3, 0}) {
		entries = append(entries, a.orderEntry(of, hops))
	}
	if len(entries) == 1 && chance(a.T, 20) {
		return entries[0]
	}
	return entries
}

func (a *asker) direction() word { return pick(a.T, []word{"ASC", "DESC"}) }

func (a *asker) orderEntry(of *graphmap.Type, hops []graphmap.Hop) fields {
	var plain, measured []*ast.FieldDefinition
	tied := false
	for _, f := range a.m.Schema.Types[of.Name+"Order"].Fields {
		switch {
		case f.Type.Name() == "SortDirection":
			plain = append(plain, f)
		case f.Name == "edge":
			tied = true
		default:
			measured = append(measured, f)
		}
	}
	switch n := number(a.T, 0, 99); {
	case n < 1:
		return fields{}
	case n < 2 && len(plain) > 1:
		return fields{{plain[0].Name, a.direction()}, {plain[len(plain)-1].Name, a.direction()}}
	case tied && (n < 3 || n < 30 && isSingle(hops)):
		by := pick(a.T, a.m.Schema.Types["EdgeOrder"].Fields).Name
		if carried := a.carried(hops); len(carried) > 0 && chance(a.T, 95) {
			by = pick(a.T, carried)
		}
		return fields{{"edge", fields{{by, a.direction()}}}}
	case n < 55 && len(measured) > 0:
		f := of.Field(pick(a.T, a.likely(of, measured)).Name)
		out := a.measure(f.Target.Node, switchedOn(f, nil))
		if chance(a.T, 35) {
			out = append(out, member{"where", a.where(f.Target.Node, switchedOn(f, nil), 0)})
		}
		return fields{{f.Name, append(out, member{"direction", a.direction()})}}
	}
	out := fields{{pick(a.T, plain).Name, a.direction()}}
	if tied && chance(a.T, 5) {
		out = append(out, member{"edge", nil})
	}
	return out
}

// carried lists the properties of the one relationship behind a list.
func (a *asker) carried(hops []graphmap.Hop) []string {
	if !isSingle(hops) {
		return nil
	}
	own := a.m.Relationships[hops[0].Over].Properties
	return slices.Concat([]string{"since", "until", "sourceCount"}, own, own)
}

// measure draws what is measured of the rows of a list.
func (a *asker) measure(of *graphmap.Type, hops []graphmap.Hop) fields {
	out := fields{{"measure", pick(a.T, []word{"COUNT", "COUNT", "SUM", "AVG", "MIN", "MAX"})}}
	if a.m.Schema.Types[of.Name+"Number"] == nil { // nothing but a count can be made of the rows
		return fields{{"measure", word("COUNT")}}
	}
	if out[0].value == word("COUNT") == chance(a.T, 3) {
		around := a.in
		a.in = listed{of: of, hops: hops}
		out = append(out, member{"of", a.numberOf(ast.NamedType(of.Name+"Number", nil))})
		a.in = around
	} else if out[0].value == word("COUNT") && chance(a.T, 30) { // which it is when nothing is said
		out = fields{}
	}
	return out
}

// numberOf draws a number or date of the rows of the list, or of the relationships that lead to the key of a group;
// seldom one that they can't have.
func (a *asker) numberOf(of *ast.Type) word {
	fit := a.fitting(of)
	if len(fit) == 0 || chance(a.T, 2) {
		return word(pick(a.T, a.m.Schema.Types[of.Name()].EnumValues).Name)
	}
	return pick(a.T, fit)
}

// fitting lists the numbers or dates that the rows of the list can have.
func (a *asker) fitting(of *ast.Type) []word {
	carried, hops := map[string]bool{}, a.in.hops
	if of.Name() == "EdgeNumber" {
		hops = nil
		for _, by := range a.in.by {
			if f := fieldIn(a.in.of, by); f.Target != nil && f.Target.Kind == graphmap.Connection {
				hops = switchedOn(f, nil)
			}
		}
	}
	for _, name := range a.carried(hops) {
		carried[capitals(name)] = true
	}
	var out []word
	for _, v := range a.m.Schema.Types[of.Name()].EnumValues {
		bare, ofEdge := strings.CutPrefix(v.Name, "EDGE_")
		if ofEdge = ofEdge || of.Name() == "EdgeNumber"; !ofEdge || carried[bare] {
			out = append(out, word(v.Name))
		}
	}
	return out
}
