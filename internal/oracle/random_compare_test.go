package oracle

import (
	"fmt"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// valuesOf are the values that things of a type have of a field.
func (a *asker) valuesOf(of *graphmap.Type, f *graphmap.Field) []any {
	if f.Name == "reason" {
		return []any{"no source is on record", "one source attests it", "another relationship states another beginning"}
	}
	var out []any
	x := a.execution()
	for _, t := range a.oracle.Network.things {
		if !t.is(of) {
			continue
		}
		if v := x.valueOf(f, t); v != nil {
			out = append(out, v)
		}
	}
	return out
}

// valuesOfTies are the values that relationships behind a list, or any, have of a field.
func (a *asker) valuesOfTies(hops []graphmap.Hop, f *graphmap.Field) []any {
	var out []any
	x := a.execution()
	for _, t := range a.oracle.Network.ties {
		if v := x.ofTie(f, t); v != nil && (len(hops) == 0 || t.kind == hops[0].Over) {
			out = append(out, v)
		}
	}
	return out
}

// comparison draws how a field is compared, mostly with something like the values that there are.
func (a *asker) comparison(f *graphmap.Field, ops ast.FieldList, values []any) fields {
	out := fields{}
	for range pick(a.T, []int{1, 1, 1, 1, 2, 0}) {
		op := pick(a.T, ops)
		if len(out) > 0 && out[0].key == op.Name {
			continue
		}
		var v any
		switch def := a.m.Schema.Types[op.Type.Name()]; {
		case def.Name == "Boolean":
			v = chance(a.T, 50)
		case def.Kind == ast.Enum && op.Type.Elem == nil:
			v = a.compared(f, op, values) // a word shapes the statement
		default:
			v = draws(func() any { return a.compared(f, op, values) })
		}
		out = append(out, member{op.Name, a.perhapsVariable(op.Type, v, 55)})
	}
	return out
}

// compared draws what a value is held against.
func (a *asker) compared(f *graphmap.Field, op *ast.FieldDefinition, values []any) any {
	if op.Type.Elem == nil {
		return a.likeOne(f, op, values)
	}
	list := []any{}
	for range number(a.T, 0, 3) {
		list = append(list, a.likeOne(f, op, values))
	}
	if len(list) == 1 && chance(a.T, 30) {
		return list[0]
	}
	return list
}

func (a *asker) likeOne(f *graphmap.Field, op *ast.FieldDefinition, values []any) any {
	var like any
	if len(values) > 0 && chance(a.T, 75) {
		like = pick(a.T, values)
	}
	if d := a.m.Schema.Types[op.Type.Name()]; d.Kind == ast.Enum {
		if like != nil {
			return word(like.(string))
		}
		return word(pick(a.T, d.EnumValues).Name)
	}
	switch op.Type.Name() {
	case "ID":
		if like != nil {
			return like
		}
		return a.id(a.m.Types["Node"])
	case "Int":
		if like != nil {
			return int(float(like)) - pick(a.T, []int{0, 0, 1})
		}
		return pick(a.T, []int{0, 1, 2, 3, 7, -1})
	case "Float":
		if like != nil {
			return float(like) + pick(a.T, []float64{0, 0, 0.5, -0.5})
		}
		return pick(a.T, []float64{0, 1, -1.5, 1e21})
	case "PartialDate":
		if chance(a.T, 1) {
			return a.wrong("2023-13", "yesterday", "")
		}
		s := pick(a.T, someDates)
		if like != nil {
			s = fmt.Sprint(like)
		}
		return s[:min(len(s), pick(a.T, []int{4, 7, 10, 10}))]
	case "DateTime":
		if chance(a.T, 1) {
			return a.wrong("2023-01-01", "now")
		}
		if t, ok := like.(time.Time); ok && chance(a.T, 10) { // to the second: the database keeps parts of it
			return t.Add(2 * time.Second).UTC().Format(time.RFC3339)
		}
		return a.moment()
	}
	s := pick(a.T, someTexts)
	if like != nil {
		s = like.(string)
	}
	return a.respelt(op.Name, s)
}

// respelt writes a text as another may write it, and for a part of a text a part of it.
func (a *asker) respelt(op, s string) string {
	of := []rune(s)
	switch op {
	case "contains":
		begin := number(a.T, 0, len(of)-1)
		of = of[begin:min(len(of), begin+number(a.T, 1, 3))]
	case "startsWith":
		of = of[:number(a.T, 0, len(of))]
	}
	s = string(of)
	switch number(a.T, 0, 5) {
	case 0:
		return strings.ToUpper(s)
	case 1: // full width
		return strings.Map(func(r rune) rune {
			if r > ' ' && r < 0x7f {
				return r + 0xfee0
			}
			return r
		}, s)
	}
	return s
}
