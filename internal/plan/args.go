package plan

import (
	"encoding/json"
	"reflect"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Limits of what one field may ask.
const (
	defaultPage = 20
	maxPage     = 200
	maxPaths    = 50
	maxSearch   = 200 // characters
)

// args are the arguments of a field, defaults included. The document has passed validation, so that types are right.
type args map[string]any

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

func (a args) has(name string) bool { return a[name] != nil }

func (a args) text(name string) string {
	s, _ := a[name].(string)
	return s
}

func (a args) texts(name string) []string { return texts(a[name]) }

func texts(v any) []string {
	var out []string
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
	case []string:
		out = v
	case string:
		out = []string{v}
	}
	return slices.Clone(out)
}

func (a args) truth(name string) bool {
	b, _ := a[name].(bool)
	return b
}

func (a args) day(name string, otherwise network.Day) (network.Day, error) {
	if !a.has(name) {
		return otherwise, nil
	}
	d, err := network.ParseDay(a.text(name))
	if err != nil {
		return d, network.Errorf(network.BadUserInput, "%s: %v", name, err)
	}
	return d, nil
}

// between reads a whole number and holds it against the least and most that the field takes.
func (a args) between(name string, otherwise, least, most int) (int, error) {
	if !a.has(name) {
		return otherwise, nil
	}
	n := whole(a[name])
	if n < int64(least) || n > int64(most) {
		return 0, network.Errorf(network.BadUserInput, "%s: must be from %d to %d, not %d", name, least, most, n)
	}
	return int(n), nil
}

// whole reads a whole number in any of the forms that literals, defaults and variables arrive in.
func whole(v any) int64 {
	switch v := v.(type) {
	case int:
		return int64(v)
	case int32:
		return int64(v)
	case int64:
		return v
	case float64:
		return int64(v)
	case json.Number:
		n, _ := v.Int64()
		return n
	}
	return 0
}

func checkSearch(text string) error {
	if n := utf8.RuneCountInString(text); n > maxSearch {
		return network.Errorf(network.BadUserInput, "query: at most %d characters, not %d", maxSearch, n)
	}
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return nil
		}
	}
	return network.Errorf(network.BadUserInput, "query: write at least one letter, digit or character to look for")
}
