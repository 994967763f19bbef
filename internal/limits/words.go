package limits

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// words goes through all names and literals of a document, each where it is written. A name that is too long is refused
// before validation compares it with each name of the schema.
type words struct {
	limits  Limits
	repeats map[string]int // fields by the name that they are answered under
	fault   *gqlerror.Error
}

func (l Limits) checkWords(doc *ast.QueryDocument) *gqlerror.Error {
	w := &words{limits: l, repeats: map[string]int{}}
	for _, op := range doc.Operations {
		w.name(op.Name, op.Position)
		for _, v := range op.VariableDefinitions {
			w.name(v.Variable, v.Position)
			w.typeOf(v.Type)
			w.value(v.DefaultValue, 0)
			w.directives(v.Directives)
		}
		w.directives(op.Directives)
		w.set(op.SelectionSet, 0)
	}
	for _, f := range doc.Fragments {
		w.name(f.Name, f.Position)
		w.name(f.TypeCondition, f.Position)
		w.directives(f.Directives)
		w.set(f.SelectionSet, 0)
	}
	return w.fault
}

func (w *words) refuse(at *ast.Position, format string, args ...any) {
	if w.fault == nil {
		w.fault = short(tooMuch(at, format, args...))
	}
}

func (w *words) name(name string, at *ast.Position) {
	if len(name) > maxName {
		w.refuse(at, "a name or number has %d letters, more than %d", len(name), maxName)
	}
}

func (w *words) typeOf(t *ast.Type) {
	for depth := 0; t != nil; t = t.Elem {
		w.name(t.NamedType, t.Position)
		if depth++; depth > maxGiven {
			w.refuse(t.Position, "a type is nested more than %d deep", maxGiven)
			return
		}
	}
}

func (w *words) set(selections ast.SelectionSet, depth int) {
	for _, s := range selections {
		if w.fault != nil {
			return
		}
		if depth > maxNesting {
			w.refuse(s.GetPosition(), "the document nests fields and fragments more than %d deep", maxNesting)
			return
		}
		switch s := s.(type) {
		case *ast.Field:
			w.name(s.Name, s.Position)
			w.name(s.Alias, s.Position)
			if w.repeats[s.Alias]++; w.repeats[s.Alias] > maxRepeats {
				w.refuse(s.Position, "the document asks for %s more than %d times", s.Alias, maxRepeats)
			}
			w.arguments(s.Arguments)
			w.directives(s.Directives)
			w.set(s.SelectionSet, depth+1)
		case *ast.InlineFragment:
			w.name(s.TypeCondition, s.Position)
			w.directives(s.Directives)
			w.set(s.SelectionSet, depth+1)
		case *ast.FragmentSpread:
			w.name(s.Name, s.Position)
			w.directives(s.Directives)
		}
	}
}

func (w *words) directives(all ast.DirectiveList) {
	for _, d := range all {
		w.name(d.Name, d.Position)
		w.arguments(d.Arguments)
	}
}

func (w *words) arguments(all ast.ArgumentList) {
	for _, a := range all {
		w.name(a.Name, a.Position)
		w.value(a.Value, 0)
	}
}

func (w *words) value(v *ast.Value, depth int) {
	if v == nil || w.fault != nil {
		return
	}
	switch v.Kind {
	case ast.StringValue, ast.BlockValue:
		if len(v.Raw) > maxText {
			w.refuse(v.Position, "a text has %d bytes, more than %d", len(v.Raw), maxText)
		}
	default:
		w.name(v.Raw, v.Position)
	}
	switch {
	case depth > maxGiven:
		w.refuse(v.Position, "lists and objects are given %d deep, more than %d", depth, maxGiven)
	case v.Kind == ast.ListValue && len(v.Children) > w.limits.List:
		w.refuse(v.Position, "a list has %d elements, more than %d", len(v.Children), w.limits.List)
	}
	for _, c := range v.Children {
		w.name(c.Name, c.Position)
		w.value(c.Value, depth+1)
	}
}
