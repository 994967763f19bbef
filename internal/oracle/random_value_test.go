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
	if again, ok := v.(draws); ok {
		v = redrawn{again, again()}
	}
	if !chance(a.T, percent) || strings.Contains(literal(v), "$v") { // a variable's value holds none
		return v
	}
	a.names++
	out := &variable{name: fmt.Sprintf("v%dv", a.names), of: of.String(), given: true, value: v}
	if (of.NonNull || v != nil) && chance(a.T, 15) {
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

func (a *asker) wrong(from ...string) string { return pick(a.T, from) }
