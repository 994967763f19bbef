package graph

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// record writes what code answers, and not the database: objects from maps by the names of their fields. A thing in it is
// named by its id and read with a statement of its own; a value that is a function is worked out as it is written.
type record struct {
	*executable
	op    *graphql.OperationContext
	field string // of the operation; with it a plan below is known again
}

func (r *record) object(ctx context.Context, typeName string, set ast.SelectionSet, values map[string]any) []byte {
	fields := graphql.CollectFields(r.op, set, []string{typeName})
	answers := make([][]byte, len(fields))
	for i, f := range fields {
		if f.Name == "__typename" {
			answers[i] = fmt.Appendf(nil, "%q", typeName)
			continue
		}
		below := graphql.WithPathContext(ctx, graphql.NewPathWithField(f.Alias))
		answers[i] = r.value(below, f, f.Definition.Type, values[f.Name])
	}
	return together(fields, answers)
}

func (r *record) value(ctx context.Context, f graphql.CollectedField, t *ast.Type, v any) []byte {
	if later, ok := v.(func(context.Context) (any, error)); ok {
		var err error
		if v, err = later(ctx); err != nil {
			graphql.AddError(ctx, err)
			return []byte("null")
		}
	}
	if list, ok := v.([]any); ok && t.Elem != nil {
		out := []byte{'['}
		for i, e := range list {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(out, r.value(graphql.WithPathContext(ctx, graphql.NewPathWithIndex(i)), f, t.Elem, e)...)
		}
		return append(out, ']')
	}
	if id, ok := v.(string); ok && r.reads.Planner.IsThing(t.Name()) {
		return r.read(ctx, f, id)
	}
	if of, ok := v.(map[string]any); ok {
		return r.object(ctx, t.Name(), f.Selections, of)
	}
	text, err := json.Marshal(v)
	if err != nil || v == nil && t.NonNull {
		graphql.AddError(ctx, fmt.Errorf("a %s came as %T: %w", t, v, err))
		return []byte("null")
	}
	return text
}

func (r *record) read(ctx context.Context, f graphql.CollectedField, id string) []byte {
	text, err := r.reads.thing(ctx, r.op, f, r.field, id)
	if err != nil {
		graphql.AddError(ctx, err)
		return []byte("null")
	}
	return text
}

// together puts answers under the names of their fields.
func together(fields []graphql.CollectedField, answers [][]byte) []byte {
	size := 2
	for i, f := range fields {
		size += len(f.Alias) + len(answers[i]) + 4
	}
	out := append(make([]byte, 0, size), '{')
	for i, f := range fields {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(append(append(out, '"'), f.Alias...), '"', ':'), answers[i]...)
	}
	return append(out, '}')
}
