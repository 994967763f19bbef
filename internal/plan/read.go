package plan

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// readArgs reads the arguments of a field: what is absent or null is left out, what a variable gives stays an
// Input[any] if its type is one whose values never shape a statement.
func (p *planning) readArgs(f graphql.CollectedField) (args, error) {
	out := args{}
	for _, def := range f.Definition.Arguments {
		v, err := p.read(def.Name, def.Type, def.DefaultValue, written(f.Arguments, def.Name))
		if err != nil {
			return nil, err
		}
		if v != nil {
			out[def.Name] = v
		}
	}
	return out, nil
}

func written(args ast.ArgumentList, name string) *ast.Value {
	if a := args.ForName(name); a != nil {
		return a.Value
	}
	return nil
}

// read reads a value as the document has it; `v` is nil where nothing is written.
func (p *planning) read(name string, t *ast.Type, otherwise, v *ast.Value) (any, error) {
	if v != nil && v.Kind == ast.Variable {
		if raw, given := p.op.Variables[v.Raw]; given {
			return p.given(name, t, place{variable: v.Raw}, raw)
		}
		v = nil
	}
	if v == nil {
		if v = otherwise; v == nil {
			return nil, nil
		}
	}
	switch {
	case v.Kind == ast.NullValue:
		return nil, nil
	case t.Elem != nil:
		children := v.Children
		if v.Kind != ast.ListValue { // one value for a list
			children = ast.ChildValueList{{Value: v}}
		}
		out := []any{}
		for _, c := range children {
			e, err := p.read(name, t.Elem, nil, c.Value)
			if err != nil {
				return nil, err
			}
			out = append(out, e)
		}
		return out, nil
	}
	def := p.Map.Schema.Types[t.NamedType]
	if def.Kind == ast.InputObject {
		out := map[string]any{}
		for _, f := range def.Fields {
			e, err := p.read(name+"."+f.Name, f.Type, f.DefaultValue, v.Children.ForName(f.Name))
			if err != nil {
				return nil, err
			}
			if e != nil {
				out[f.Name] = e
			}
		}
		return out, nil
	}
	raw, err := v.Value(nil)
	if err != nil {
		return nil, badInput("%s: cannot be read", name)
	}
	return settled(name, def, raw)
}

// place is where in the variables a value stands.
type place struct {
	variable string
	path     []any // names of fields and indices
}

func (at place) below(step any) place {
	return place{at.variable, append(slices.Clone(at.path), step)}
}

func (at place) String() string {
	out := "$" + at.variable
	for _, step := range at.path {
		out += fmt.Sprintf(".%v", step)
	}
	return out
}

// of finds the value at the place.
func (at place) of(variables map[string]any) any {
	v := variables[at.variable]
	for _, step := range at.path {
		switch step := step.(type) {
		case string:
			fields, _ := v.(map[string]any)
			v = fields[step]
		case int:
			if list := elements(v); step < len(list) {
				v = list[step]
			}
		}
	}
	return v
}

// elements lists what stands for a list; one value stands for a list of one.
func elements(v any) []any {
	list := reflect.ValueOf(v)
	if list.Kind() != reflect.Slice {
		return []any{v}
	}
	out := make([]any, list.Len())
	for i := range out {
		out[i] = list.Index(i).Interface()
	}
	return out
}

// given reads a value that a variable gives.
func (p *planning) given(name string, t *ast.Type, at place, raw any) (any, error) {
	if raw == nil {
		return nil, nil
	}
	schema := p.Map.Schema
	if t.Elem != nil && isFree(schema, t.Elem) {
		def := schema.Types[t.Elem.NamedType]
		return p.checked(Input[any]{shown: at.String(), read: func(v *Values) (any, error) {
			var out []any
			for _, e := range elements(at.of(v.Variables)) {
				e, err := settled(name, def, e)
				if err != nil {
					return nil, err
				}
				out = append(out, e)
			}
			return out, nil
		}}), nil
	}
	if t.Elem != nil {
		out := []any{}
		for i, e := range elements(raw) {
			e, err := p.given(name, t.Elem, at.below(i), e)
			if err != nil {
				return nil, err
			}
			out = append(out, e)
		}
		return out, nil
	}
	def := schema.Types[t.NamedType]
	switch fields, ok := raw.(map[string]any); {
	case ok && def.Kind == ast.InputObject:
		out := map[string]any{}
		for _, f := range def.Fields {
			e, err := p.given(name+"."+f.Name, f.Type, at.below(f.Name), fields[f.Name])
			if _, there := fields[f.Name]; !there {
				e, err = p.read(name+"."+f.Name, f.Type, f.DefaultValue, nil)
			}
			if err != nil {
				return nil, err
			}
			if e != nil {
				out[f.Name] = e
			}
		}
		return out, nil
	case isFree(schema, t):
		return p.checked(Input[any]{shown: at.String(), read: func(v *Values) (any, error) {
			return settled(name, def, at.of(v.Variables))
		}}), nil
	}
	return settled(name, def, raw)
}

// checked notes that an input is to be read at each request, whether its value is needed or not.
func (p *planning) checked(in Input[any]) Input[any] {
	p.checks = append(p.checks, in)
	return in
}

// settled gives a scalar or enum the form that all of this package reads. Variables come laxly validated, with the
// values of an enum in any case, of which only the right one is taken.
func settled(name string, def *ast.Definition, v any) (any, error) {
	s, isText := v.(string)
	n, isNumber := number(v)
	whole := isNumber && n == math.Trunc(n)
	var out any = s
	ok := isText
	switch {
	case def.Kind == ast.Enum:
		ok = isText && def.EnumValues.ForName(s) != nil
	case def.Name == "Int":
		out, ok = int64(n), whole && math.Abs(n) <= math.MaxInt32
	case def.Name == "Float":
		out, ok = n, isNumber && !math.IsInf(n, 0)
	case def.Name == "Boolean":
		out, ok = v.(bool)
	case def.Name == "ID" && whole:
		out, ok = fmt.Sprint(v), true
	case def.Name == "DateTime" && isText:
		t, err := time.Parse(time.RFC3339Nano, s)
		out, ok = t.UTC(), err == nil
	}
	if !ok {
		return nil, badInput("%s: %s is not a %s", name, shown(v), def.Name)
	}
	return out, nil
}

// number reads a number in any of the forms that literals, defaults and variables arrive in.
func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case float64:
		return v, true
	case json.Number:
		n, err := v.Float64()
		return n, err == nil
	}
	return 0, false
}

// shown is a value as it was sent.
func shown(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
