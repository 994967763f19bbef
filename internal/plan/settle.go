package plan

import (
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
	switch v := v.(type) {
	case string:
		if def.Kind == ast.Enum && def.EnumValues.ForName(v) == nil {
			return nil, badInput("%s: %q is not a %s", name, v, def.Name)
		}
	case map[string]any:
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
	return v, nil
}
