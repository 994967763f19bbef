package oracle

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// where draws a filter on what hops lead to.
func (a *asker) where(of *graphmap.Type, hops []graphmap.Hop, depth int) any {
	var logic, compared, linked, links, around []*ast.FieldDefinition
	for _, f := range a.m.Schema.Types[of.Name+"Where"].Fields {
		switch {
		case f.Name == "and" || f.Name == "or":
			logic = append(logic, f)
		case f.Name == "not":
			logic = append(logic, f, f, f)
		case f.Name == "near" || f.Name == "inside":
			around = append(around, f)
		case f.Name == "edge":
			if isSingle(hops) {
				around = append(around, f, f)
			} else if len(around) == 0 && chance(a.T, 1) {
				around = append(around, f)
			}
		case of.Kind == graphmap.Row && strings.HasSuffix(f.Type.Name(), "Where"): // what it is about
			around = append(around, f)
		case strings.HasSuffix(f.Type.Name(), "Links") || strings.HasSuffix(f.Type.Name(), "Where"):
			linked = append(linked, f)
			if strings.HasSuffix(f.Type.Name(), "Where") { // few fields lead to one thing
				links = append(links, f)
			}
		case f.Name == "id" || f.Name == "version" || f.Name == "createdAt" || f.Name == "updatedAt" || f.Name == "synthetic":
			compared = append(compared, f)
		default: // what is absent now and then
			compared = append(compared, f, f)
		}
	}
	out := fields{}
	used := map[string]bool{}
	for range pick(a.T, []int{1, 1, 1, 2, 2, 0}) {
		var f *ast.FieldDefinition
		switch n := number(a.T, 0, 99); {
		case depth > 0 && n >= 88 && len(links) > 0:
			f = pick(a.T, links)
		case depth > 0 && n >= 70 && len(linked) > 0:
			f = pick(a.T, a.likely(of, linked))
		case depth > 0 && n >= 45:
			f = pick(a.T, logic)
		case n >= 30 && len(around) > 0:
			f = pick(a.T, around)
		default:
			f = pick(a.T, compared)
		}
		if used[f.Name] {
			continue
		}
		used[f.Name] = true
		out = append(out, member{f.Name, a.perhapsVariable(f.Type, a.condition(of, hops, f, depth), 8)})
	}
	return out
}

// likely puts aside the connections over relationships that the network doesn't hold, mostly.
func (a *asker) likely(of *graphmap.Type, linked []*ast.FieldDefinition) []*ast.FieldDefinition {
	var out []*ast.FieldDefinition
	for _, f := range linked {
		if a.present(of.Field(f.Name).Hops[len(of.Field(f.Name).Hops)-1].Over) {
			out = append(out, f)
		}
	}
	if len(out) == 0 || chance(a.T, 20) {
		return linked
	}
	return out
}

func (a *asker) present(kind string) bool {
	for _, t := range a.oracle.Network.ties {
		if t.kind == kind {
			return true
		}
	}
	return false
}

func (a *asker) condition(of *graphmap.Type, hops []graphmap.Hop, f *ast.FieldDefinition, depth int) any {
	switch {
	case chance(a.T, 2):
		return nil
	case f.Name == "and" || f.Name == "or":
		return a.several(func() any { return a.where(of, hops, depth-1) })
	case f.Name == "not":
		return a.where(of, hops, depth-1)
	case f.Name == "edge":
		return a.edge(hops, 1)
	case f.Name == "near":
		return a.near()
	case f.Name == "inside":
		return draws(func() any { return a.id(a.m.Types["Place"]) })
	}
	mf := of.Field(f.Name)
	switch {
	case f.Name == "relationship":
		return a.edge(nil, 1)
	case of.Kind == graphmap.Row && mf.Target != nil:
		return a.where(mf.Target, nil, depth)
	case len(mf.Hops) == 0:
		return a.comparison(mf, a.m.Schema.Types[f.Type.Name()].Fields, a.valuesOf(of, mf))
	case mf.Target.Kind == graphmap.Connection:
		return a.links(mf, depth)
	}
	return a.where(mf.Target, nil, depth-1)
}

// several draws the list of and or or.
func (a *asker) several(one func() any) any {
	list := []any{}
	for range pick(a.T, []int{2, 1, 0, 3}) {
		list = append(list, one())
	}
	if len(list) == 1 && chance(a.T, 30) {
		return list[0]
	}
	return list
}

// links draws how many of the rows behind a connection must meet a filter.
func (a *asker) links(f *graphmap.Field, depth int) fields {
	inner := func() any {
		if chance(a.T, 12) { // from where a search may begin
			return fields{{"id", a.comparison(f.Target.Node.Field("id"), a.m.Schema.Types["IdFilter"].Fields, a.valuesOf(f.Target.Node, f.Target.Node.Field("id")))}}
		}
		if chance(a.T, 75) {
			return a.where(f.Target.Node, switchedOn(f, nil), depth-1)
		}
		return fields{}
	}
	if chance(a.T, 60) {
		return fields{{pick(a.T, []string{"some", "none", "every"}), inner()}}
	}
	ops := a.m.Schema.Types["IntFilter"].Fields
	if chance(a.T, 97) {
		ops = slices.DeleteFunc(slices.Clone(ops), func(op *ast.FieldDefinition) bool { return op.Name == "present" })
	}
	out := fields{{"count", a.comparison(a.m.Types["Node"].Field("sourceCount"), ops, []any{0, 1, 2})}}
	if chance(a.T, 2) {
		out = fields{}
	}
	if chance(a.T, 60) {
		out = append(out, member{"where", inner()})
	}
	return out
}

// edge draws a filter on the relationship behind a row.
func (a *asker) edge(hops []graphmap.Hop, depth int) any {
	def := a.m.Schema.Types["EdgeWhere"]
	out := fields{}
	for range pick(a.T, []int{1, 1, 2, 0}) {
		f := def.Fields.ForName(pick(a.T, []string{"and", "or", "not"}))
		if depth <= 0 || chance(a.T, 70) {
			f = pick(a.T, def.Fields[3:])
			if carried := a.carried(hops); len(carried) > 0 && chance(a.T, 97) {
				f = def.Fields.ForName(pick(a.T, carried))
			}
		}
		var v any
		switch {
		case len(out) > 0 && out[0].key == f.Name:
			continue
		case f.Name == "not":
			v = a.edge(hops, depth-1)
		case f.Name == "and" || f.Name == "or":
			v = a.several(func() any { return a.edge(hops, depth-1) })
		default:
			of := a.m.Types["Relationship"].Field(f.Name)
			v = a.comparison(of, a.m.Schema.Types[f.Type.Name()].Fields, a.valuesOfTies(hops, of))
		}
		out = append(out, member{f.Name, v})
	}
	return out
}

// near draws somewhere and a distance. No two positions of a random network are that far apart within a metre.
func (a *asker) near() fields {
	def := a.m.Schema.Types["Near"].Fields
	km := a.perhapsVariable(def.ForName("km").Type, draws(func() any {
		return pick(a.T, append(slices.Repeat([]float64{0.001, 0.5, 100, 2000, 9000, 20100}, 7), -1))
	}), 50)
	at := fields{
		{"latitude", draws(func() any { return pick(a.T, append(slices.Repeat(append(someLatitudes, 31.24, 90), 8), 90.5)) })},
		{"longitude", draws(func() any { return pick(a.T, append(slices.Repeat(append(someLongitudes, 121.5, 180), 8), -200)) })},
	}
	for i := range at {
		at[i].value = a.perhapsVariable(ast.NonNullNamedType("Float", nil), at[i].value, 40)
	}
	thing := a.perhapsVariable(def.ForName("thing").Type, draws(func() any { return a.id(a.m.Types["Node"]) }), 50)
	out := fields{{"km", km}}
	n := number(a.T, 0, 99)
	if n < 50 || n == 99 {
		out = append(out, member{"position", at})
	}
	if n >= 50 && n != 98 {
		out = append(out, member{"thing", thing})
	}
	return out
}
