package graph

import (
	"context"
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Office does what statements of ours alone don't: it changes the network, and knows how registrations stand.
type Office interface {
	// Ask answers a root field of Query that is declared with @resolved, in the form of payloads; nil for null.
	Ask(ctx context.Context, root string, args map[string]any) (map[string]any, error)
	// Tell answers a field of a thing from what the statement read for it, in the form of payloads.
	Tell(ctx context.Context, field string, read any) (any, error)
	// Change does what a field of Mutation says with its input, and gives its payload: values by the names of fields, a
	// thing by its id, an object as such a map, a list as []any. Nothing is written if it gives an error.
	Change(ctx context.Context, mutation string, input map[string]any) (map[string]any, error)
	// Follow begins to answer a field of Subscription: next waits for each answer, in the form of payloads, until leave is
	// called.
	Follow(ctx context.Context, root string, args map[string]any) (next func(context.Context) (map[string]any, error), leave func(), err error)
}

// mutation answers the root fields one after the other, each a change of its own. What a payload holds of things is read
// as queries read it, after the change.
func (e *executable) mutation(ctx context.Context, op *graphql.OperationContext) []byte {
	fields := graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Mutation"})
	answers := make([][]byte, len(fields))
	for i, f := range fields {
		answers[i] = e.change(ctx, op, f)
	}
	return together(fields, answers)
}

func (e *executable) change(ctx context.Context, op *graphql.OperationContext, f graphql.CollectedField) (out []byte) {
	if f.Name == "__typename" {
		return []byte(`"Mutation"`)
	}
	ctx = graphql.WithPathContext(ctx, graphql.NewPathWithField(f.Alias))
	defer func() {
		if panicked := recover(); panicked != nil {
			graphql.AddError(ctx, Recover(ctx, panicked))
			out = []byte("null")
		}
	}()
	input, _ := plainValue(f.ArgumentMap(op.Variables)["input"]).(map[string]any)
	payload, err := e.office.Change(ctx, f.Name, input)
	if err != nil {
		graphql.AddError(ctx, err)
		return []byte("null")
	}
	r := &record{executable: e, op: op, field: f.Alias}
	return r.object(ctx, f.Definition.Type.Name(), f.Selections, payload)
}

// closed is the office of a server that has none.
type closed struct{}

func (closed) Ask(context.Context, string, map[string]any) (map[string]any, error) { return nil, nil }

func (closed) Tell(context.Context, string, any) (any, error) { return []any{}, nil }

func (closed) Change(context.Context, string, map[string]any) (map[string]any, error) {
	return nil, network.Errorf(network.Unavailable, "this server takes no changes")
}

func (closed) Follow(context.Context, string, map[string]any) (func(context.Context) (map[string]any, error), func(), error) {
	return nil, nil, network.Errorf(network.Unavailable, "this server tells no changes")
}

// plainValue gives numbers of a request, which may come as text, the types that values of the network have.
func plainValue(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		n, _ := v.Float64() // gqlparser checked that it is a number
		return n
	case int:
		return int64(v)
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = plainValue(e)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = plainValue(e)
		}
		return out
	}
	return v
}
