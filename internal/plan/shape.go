package plan

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// isFree tells whether the values of a type never shape a statement: they only become parameters. Truths, words of
// enums and the fields of input objects do shape it, and so does what is absent.
func isFree(s *ast.Schema, t *ast.Type) bool {
	return t.Elem == nil && t.NamedType != "Boolean" && s.Types[t.NamedType].Kind == ast.Scalar
}

// Shape names what of an operation's variables shapes its plans: two requests of one document with variables of the
// same shape have the same plans.
func Shape(s *ast.Schema, op *ast.OperationDefinition, variables map[string]any) string {
	var b strings.Builder
	for _, d := range op.VariableDefinitions {
		v, given := variables[d.Variable]
		if !given {
			b.WriteByte('-')
			continue
		}
		shape(&b, s, d.Type, v)
	}
	return b.String()
}

func shape(b *strings.Builder, s *ast.Schema, t *ast.Type, v any) {
	switch {
	case v == nil:
		b.WriteByte('0')
	case t.Elem != nil && isFree(s, t.Elem), isFree(s, t):
		b.WriteByte('s')
	case t.Elem != nil:
		b.WriteByte('[')
		for _, e := range elements(v) {
			shape(b, s, t.Elem, e)
		}
		b.WriteByte(']')
	case s.Types[t.NamedType].Kind == ast.InputObject:
		fields, _ := v.(map[string]any)
		b.WriteByte('{')
		for _, f := range s.Types[t.NamedType].Fields {
			if e, given := fields[f.Name]; given {
				b.WriteString(f.Name)
				b.WriteByte(':')
				shape(b, s, f.Type, e)
			}
		}
		b.WriteByte('}')
	default: // a truth or a word
		fmt.Fprintf(b, "%v;", v)
	}
}
