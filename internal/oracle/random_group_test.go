package oracle

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// grouped draws how the rows of a list are put into groups.
func (a *asker) grouped(f *ast.FieldDefinition, out map[string]any) {
	of, hops := a.in.of, a.in.hops
	var values, leading []string
	for _, v := range a.m.Schema.Types[of.Name+"GroupBy"].EnumValues {
		switch by := fieldIn(of, v.Name); {
		case len(by.Hops) == 0:
			values = append(values, v.Name)
		case a.present(by.Hops[len(by.Hops)-1].Over) || chance(a.T, 5):
			leading = append(leading, v.Name)
		}
	}
	var by []string
	if len(leading) > 0 && chance(a.T, 60) {
		by = append(by, pick(a.T, leading))
	}
	for range pick(a.T, []int{0, 1, 1, 2}) {
		if v := pick(a.T, values); !slices.Contains(by, v) || chance(a.T, 3) {
			by = append(by, v)
		}
	}
	if len(by) == 0 && chance(a.T, 95) {
		by = append(by, pick(a.T, values))
	}
	if len(leading) > 0 && chance(a.T, 3) {
		by = append(by, pick(a.T, leading))
	}
	words := []any{}
	for _, w := range by {
		words = append(words, word(w))
	}
	out["by"] = words
	a.in.by = by
	if chance(a.T, 25) {
		out["having"] = a.several(func() any { return a.having(of, hops) })
	}
	if chance(a.T, 40) {
		out["orderBy"] = a.several(func() any { return a.groupOrder(of, hops) })
	}
	if chance(a.T, 30) {
		out["first"] = draws(func() any { return pick(a.T, []int{1, 2, 200, 1, 2, 3, 1, 2, 50, 1, 2, 3, 1, 2, 0, 201}) })
	}
}

func (a *asker) having(of *graphmap.Type, hops []graphmap.Hop) fields {
	out := a.measure(of, hops)
	for _, op := range []string{"eq", "gt", "gte", "lt", "lte"} {
		if chance(a.T, 25) {
			out = append(out, member{op, a.perhapsVariable(ast.NamedType("Float", nil), draws(func() any { return pick(a.T, []float64{0, 1, 1, 2, 2.5, 7}) }), 50)})
		}
	}
	return out
}

func (a *asker) groupOrder(of *graphmap.Type, hops []graphmap.Hop) fields {
	out := a.measure(of, hops)
	switch n := number(a.T, 0, 99); {
	case n < 30: // by the keys
		out = fields{}
	case n < 32:
		out = slices.DeleteFunc(out, func(m member) bool { return m.key == "measure" })
	}
	return append(out, member{"direction", a.direction()})
}
