package oracle

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// asked is one field of an answer: all that the query writes under one response key of one object.
type asked struct {
	*ast.Field
	selections ast.SelectionSet // those of every place where the field is written
}

// collect gathers the fields asked of an object that is of all the given types, in the order of their first mention.
func (x *execution) collect(set ast.SelectionSet, types []string) []*asked {
	var out []*asked
	var add func(ast.SelectionSet)
	add = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				if !x.included(s.Directives) {
					continue
				}
				at := slices.IndexFunc(out, func(a *asked) bool { return a.Alias == s.Alias })
				if at < 0 {
					at = len(out)
					out = append(out, &asked{Field: s})
				}
				out[at].selections = append(out[at].selections, s.SelectionSet...)
			case *ast.InlineFragment:
				if x.included(s.Directives) && (s.TypeCondition == "" || slices.Contains(types, s.TypeCondition)) {
					add(s.SelectionSet)
				}
			case *ast.FragmentSpread:
				f := x.doc.Fragments.ForName(s.Name)
				if x.included(s.Directives) && slices.Contains(types, f.TypeCondition) {
					add(f.SelectionSet)
				}
			}
		}
	}
	add(set)
	return out
}

// included follows @skip and @include.
func (x *execution) included(of ast.DirectiveList) bool {
	truth := func(name string) bool {
		v, _ := of.ForName(name).ArgumentMap(x.variables)["if"].(bool)
		return v
	}
	if of.ForName("skip") != nil && truth("skip") {
		return false
	}
	return of.ForName("include") == nil || truth("include")
}

func (a *asked) arguments(variables map[string]any) arguments { return a.ArgumentMap(variables) }

// typesOf lists all that an object of the type may be called in a fragment.
func typesOf(t *graphmap.Type) []string { return append([]string{t.Name}, t.Def.Interfaces...) }

// object answers what is asked of a subject.
func (x *execution) object(t *graphmap.Type, subject any, set ast.SelectionSet) object {
	if n, ok := subject.(*thing); ok {
		t = n.of
	}
	x.Seen[t.Kind] = true
	out := object{}
	for _, f := range x.collect(set, typesOf(t)) {
		if f.Name == "__typename" {
			out = append(out, member{f.Alias, t.Name})
			continue
		}
		mf := t.Field(f.Name)
		out = append(out, member{f.Alias, x.complete(mf.Target, x.field(mf, subject, f.arguments(x.variables)), f)})
	}
	return out
}

// complete turns what a field gave into what is answered: subjects become objects.
func (x *execution) complete(of *graphmap.Type, v any, f *asked) any {
	switch v := v.(type) {
	case nil:
		return nil
	case dated:
		around := x.days
		x.days = v.days
		out := x.complete(of, v.of, f)
		x.days = around
		return out
	case []any:
		out := []any{}
		for _, e := range v {
			out = append(out, x.complete(of, e, f))
		}
		return out
	}
	if of == nil {
		return v
	}
	return x.object(of, v, f.selections)
}
