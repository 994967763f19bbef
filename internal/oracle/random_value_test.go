package oracle

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/names"
	"github.com/partnergraph/partnergraph/internal/network"
)

// draws gives a value, another one each time.
type draws func() any

// argument writes a value as it stands or as a variable.
func (a *asker) argument(def *ast.ArgumentDefinition, v any) string {
	return def.Name + ": " + literal(a.perhapsVariable(def.Type, v, 60))
}

// perhapsVariable puts a variable in the place of some values. What a variable draws is drawn anew each time that the
// query is asked.
func (a *asker) perhapsVariable(of *ast.Type, v any, percent int) any {
	again, ok := v.(draws)
	if ok {
		v = again()
	}
	if !chance(a.T, percent) || strings.Contains(literal(v), "$v") { // a variable's value holds none
		return v
	}
	a.names++
	out := &variable{name: fmt.Sprintf("v%dv", a.names), of: of.String(), given: true, value: v, again: again}
	if of.NonNull && chance(a.T, 15) || !of.NonNull && v != nil && chance(a.T, 15) {
		out.byDefault = literal(v)
		out.given = chance(a.T, 30)
	} else if chance(a.T, 3) {
		out.value = lower{v}
	}
	a.query.variables = append(a.query.variables, out)
	return ref(out.name)
}

// day draws a day on which, or beside which, something begins or ends.
func (a *asker) day() string {
	p := network.PartialDate(pick(a.T, someDates))
	day := p.Earliest()
	if chance(a.T, 50) {
		day = p.Latest()
	}
	moved := day.AddDate(0, 0, pick(a.T, []int{0, 0, -1, 1}))
	if moved.Year() < 1 {
		return day.String()
	}
	if !moved.Before(network.Forever.Time) { // the day that stands for an open end is no day to ask for
		return "9999-12-30"
	}
	return network.Day{Time: moved}.String()
}

// id draws the id of a thing, mostly of one of the types.
func (a *asker) id(of *graphmap.Type) string {
	var fit, all []string
	for _, t := range a.oracle.Network.things {
		all = append(all, t.id)
		if t.is(of) {
			fit = append(fit, t.id)
		}
	}
	switch {
	case chance(a.T, 5):
		return of.Prefix + "_none"
	case len(fit) > 0 && chance(a.T, 95):
		return pick(a.T, fit)
	}
	return pick(a.T, all)
}

// searched draws a text to look for: a form of a name, a part of one, or something else.
func (a *asker) searched() string {
	if chance(a.T, 10) {
		return pick(a.T, []string{"西工大", "works o", "alpha  U", "zzz", "xi", "大 学", "npu", "北 poly", "*:* OR ~"})
	}
	t := pick(a.T, a.oracle.Network.things)
	forms := names.Forms(t.name(), text(t.properties, "nameZh"), texts(t.properties, "aliases"))
	if len(forms) == 0 {
		return "a"
	}
	whole := []rune(pick(a.T, forms).Text)
	begin := number(a.T, 0, len(whole)-1)
	if chance(a.T, 60) {
		begin = 0
	}
	part := string(whole[begin:number(a.T, begin+1, len(whole))])
	if chance(a.T, 20) {
		part = strings.ToUpper(part)
	}
	return part
}

// cursor draws a cursor of a list: of a row that was seen, of one that may not exist, or none of this list.
func (a *asker) cursor(o order) string {
	switch seen := a.oracle.Cursors[o.name()]; {
	case chance(a.T, 3):
		return a.wrong("no cursor", o.write(make([]any, len(o))), pick(a.T, []order{byName, byNameAndTie, byScore}).write([]any{"a", "b"}))
	case len(seen) > 0 && chance(a.T, 85):
		return pick(a.T, seen)
	}
	var key []any
	for _, k := range o {
		switch {
		case k.number:
			key = append(key, pick(a.T, []float64{0, 0.72, 1, 2, 3}))
		case k.by == "name":
			key = append(key, pick(a.T, someNames))
		case k.by == "date" || k.by == "end":
			key = append(key, a.day())
		default:
			key = append(key, pick(a.T, []string{"BEGAN", "NO_SOURCE", "rel_part-of_uni_a1", a.id(a.m.Types["Node"])}))
		}
	}
	return o.write(key)
}

func (a *asker) wrong(from ...string) string { return pick(a.T, from) }

// where draws a filter.
func (a *asker) where(def *ast.Definition, depth int) any {
	var logic, compared, linked []*ast.FieldDefinition
	for _, f := range def.Fields {
		switch {
		case f.Name == "and" || f.Name == "or":
			logic = append(logic, f)
		case f.Name == "not":
			logic = append(logic, f, f, f)
		case strings.HasSuffix(f.Type.Name(), "Links"):
			linked = append(linked, f)
		case f.Name == "id" || f.Name == "name" || f.Name == "sourceCount":
			compared = append(compared, f)
		default: // what is absent now and then
			compared = append(compared, f, f, f)
		}
	}
	of := a.m.Types[strings.TrimSuffix(def.Name, "Where")]
	out := fields{}
	used := map[string]bool{}
	for range pick(a.T, []int{1, 1, 1, 2, 2, 0}) {
		var f *ast.FieldDefinition
		switch n := number(a.T, 0, 99); {
		case depth > 0 && n >= 65 && len(linked) > 0:
			f = pick(a.T, a.likely(of, linked))
		case depth > 0 && n >= 35:
			f = pick(a.T, logic)
		default:
			f = pick(a.T, compared)
		}
		if used[f.Name] {
			continue
		}
		used[f.Name] = true
		out = append(out, member{f.Name, a.perhapsVariable(f.Type, a.condition(of, f, depth), 8)})
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

func (a *asker) condition(of *graphmap.Type, f *ast.FieldDefinition, depth int) any {
	def := a.m.Schema.Types[f.Type.Name()]
	switch {
	case chance(a.T, 2) && !f.Type.NonNull:
		return nil
	case f.Type.Elem != nil: // and, or
		list := []any{}
		for range pick(a.T, []int{2, 1, 0, 3}) {
			list = append(list, a.where(def, depth-1))
		}
		if len(list) == 1 && chance(a.T, 30) {
			return list[0]
		}
		return list
	case f.Name == "not":
		return a.where(def, depth-1)
	case strings.HasSuffix(def.Name, "Links"):
		quantity := pick(a.T, def.Fields)
		var inner any = fields{}
		if chance(a.T, 70) {
			inner = a.where(a.m.Schema.Types[quantity.Type.Name()], depth-1)
		}
		return fields{{quantity.Name, inner}}
	}
	out := fields{}
	op := pick(a.T, def.Fields)
	out = append(out, member{op.Name, a.perhapsVariable(op.Type, draws(func() any { return a.compared(of, f.Name, op) }), 40)})
	if op.Name == "gte" && chance(a.T, 40) {
		out = append(out, member{"lte", 2})
	}
	return out
}

// compared draws what a property is held against.
func (a *asker) compared(of *graphmap.Type, property string, op *ast.FieldDefinition) any {
	one := func() any {
		if d := a.m.Schema.Types[op.Type.Name()]; d.Kind == ast.Enum {
			return word(pick(a.T, d.EnumValues).Name)
		}
		switch op.Type.Name() {
		case "ID":
			return a.id(of)
		case "Int":
			return number(a.T, 0, 3)
		}
		from := someNames
		if property == "nameZh" {
			from = someChinese
		}
		s := []rune(pick(a.T, from))
		if op.Name == "contains" {
			begin := number(a.T, 0, len(s)-2)
			s = s[begin:min(len(s), begin+number(a.T, 2, 3))]
			if chance(a.T, 40) {
				return strings.ToUpper(string(s))
			}
		}
		return string(s)
	}
	if op.Type.Elem == nil {
		return one()
	}
	list := []any{}
	for range number(a.T, 0, 3) {
		list = append(list, one())
	}
	if len(list) == 1 && chance(a.T, 30) {
		return list[0]
	}
	return list
}
