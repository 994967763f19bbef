package plan

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// readArgs reads the arguments of a field, whether they were written in the document or came as variables.
func (p *planning) readArgs(f graphql.CollectedField) (args, error) {
	out := args(f.ArgumentMap(p.op.Variables))
	for _, def := range f.Definition.Arguments {
		v, err := p.settled(def.Name, def.Type, out[def.Name])
		if err != nil {
			return nil, err
		}
		if v != nil {
			out[def.Name] = v
		}
	}
	return out, nil
}

// settled gives a value the form that its type has in a document. Variables come otherwise: one value for a list, and,
// because their validation is lax, the values of an enum in any case, of which only the right one is taken.
func (p *planning) settled(name string, t *ast.Type, v any) (any, error) {
	if v == nil {
		return nil, nil
	}
	if t.Elem != nil {
		out := []any{}
		list := reflect.ValueOf(v)
		if list.Kind() != reflect.Slice {
			list = reflect.ValueOf([]any{v})
		}
		for i := range list.Len() {
			e, err := p.settled(name, t.Elem, list.Index(i).Interface())
			if err != nil {
				return nil, err
			}
			out = append(out, e)
		}
		return out, nil
	}
	def := p.Map.Schema.Types[t.NamedType]
	if fields, ok := v.(map[string]any); ok && def.Kind == ast.InputObject {
		return p.settledFields(name, def, fields)
	}
	if out, ok := scalar(def, v); ok {
		return out, nil
	}
	return nil, badInput("%s: %v is not a %s", name, shown(v), def.Name)
}

// scalar gives a value the form of its scalar or enum; false when it has none.
func scalar(def *ast.Definition, v any) (any, bool) {
	s, isText := v.(string)
	n, isNumber := number(v)
	switch {
	case def.Kind == ast.Enum:
		return s, isText && def.EnumValues.ForName(s) != nil
	case def.Name == "Int":
		return int64(n), isNumber && n == math.Trunc(n) && math.Abs(n) <= math.MaxInt32
	case def.Name == "Boolean":
		b, ok := v.(bool)
		return b, ok
	case def.Name == "ID" && isNumber && n == math.Trunc(n):
		return fmt.Sprint(v), true
	default: // String, ID, Date
		return s, isText
	}
}

// number reads a number in any of the forms that literals, defaults and variables arrive in.
func number(v any) (float64, bool) {
	switch v := v.(type) {
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

// settledFields settles the fields of an input object.
func (p *planning) settledFields(name string, def *ast.Definition, v map[string]any) (any, error) {
	out := map[string]any{}
	for _, f := range def.Fields {
		e, err := p.settled(name+"."+f.Name, f.Type, v[f.Name])
		if err != nil {
			return nil, err
		}
		if _, given := v[f.Name]; given {
			out[f.Name] = e
		}
	}
	return out, nil
}
