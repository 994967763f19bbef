package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/graph/generated"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Executable is the contract as gqlgen's server runs it. Queries are answered here, root field by root field; what is
// generated answers what they ask of the schema itself, and calls the resolvers.
func Executable(reads *Reads) graphql.ExecutableSchema {
	schema := generated.NewExecutableSchema(generated.Config{Resolvers: &Resolver{}})
	return &executable{ExecutableSchema: schema, reads: reads, schemaTurn: make(chan struct{}, 1)}
}

type executable struct {
	graphql.ExecutableSchema // generated
	reads                    *Reads
	schemaTurn               chan struct{} // held by the one request that is told of the schema
}

// Exec gives the answer to an operation, in one piece.
func (e *executable) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation != ast.Query {
		return e.ExecutableSchema.Exec(ctx)
	}
	done := false
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		return &graphql.Response{Data: e.query(ctx, op)}
	}
}

// query answers the root fields beside each other and puts them together in their order. Where the database is away and
// none of them can be answered, nothing was run: there is no data, and it is told once.
func (e *executable) query(ctx context.Context, op *graphql.OperationContext) []byte {
	fields := graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query"})
	answers, errs := make([][]byte, len(fields)), make([]error, len(fields))
	var others sync.WaitGroup
	for i := 1; i < len(fields); i++ {
		others.Go(func() { answers[i], errs[i] = e.field(ctx, op, fields[i]) })
	}
	if len(fields) > 0 {
		answers[0], errs[0] = e.field(ctx, op, fields[0])
	}
	others.Wait()
	if len(fields) > 0 && !slices.ContainsFunc(errs, func(err error) bool { return network.CodeOf(err) != network.Unavailable }) {
		graphql.AddError(ctx, errs[0])
		return nil
	}
	for i, err := range errs {
		if err != nil {
			graphql.AddError(at(ctx, fields[i]), err)
			answers[i] = []byte("null")
		}
	}
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

// at is where a root field is in the answer.
func at(ctx context.Context, f graphql.CollectedField) context.Context {
	return graphql.WithPathContext(ctx, graphql.NewPathWithField(f.Alias))
}

// field answers one root field.
func (e *executable) field(ctx context.Context, op *graphql.OperationContext, f graphql.CollectedField) (out []byte, err error) {
	switch {
	case f.Name == "__typename":
		return []byte(`"Query"`), nil
	case e.reads.Planner.Map.Roots[f.Name] == nil:
		return e.resolved(ctx, op, f)
	}
	// Fields run in goroutines of their own, where a panic would end the server.
	defer func() {
		if panicked := recover(); panicked != nil {
			err = Recover(ctx, panicked)
		}
	}()
	return e.reads.answer(at(ctx, f), op, f)
}

// resolved answers a field about the schema, or one that has a resolver, as an operation of its own. One about the schema
// is answered at a time: the whole schema takes as much of a processor as hundreds of other requests, and no more than
// one processor shall be busy with it. What goes wrong in it is told as it is answered.
func (e *executable) resolved(ctx context.Context, op *graphql.OperationContext, f graphql.CollectedField) ([]byte, error) {
	if strings.HasPrefix(f.Name, "__") {
		select {
		case e.schemaTurn <- struct{}{}:
			defer func() { <-e.schemaTurn }()
		case <-ctx.Done():
			return nil, network.Errorf(network.Timeout, "too many ask for the schema: ask again later, or read /schema.graphql")
		}
	}
	definition, field := *op.Operation, *f.Field
	field.SelectionSet, field.Directives = f.Selections, nil
	definition.SelectionSet = ast.SelectionSet{&field}
	ctx = graphql.WithOperationContext(ctx, &graphql.OperationContext{
		RawQuery: op.RawQuery, Variables: op.Variables, OperationName: op.OperationName, Doc: op.Doc, Operation: &definition,
		DisableIntrospection: op.DisableIntrospection, RecoverFunc: op.RecoverFunc,
		ResolverMiddleware: op.ResolverMiddleware, RootResolverMiddleware: op.RootResolverMiddleware,
	})
	answered := map[string]json.RawMessage{}
	resp := e.ExecutableSchema.Exec(ctx)(ctx)
	if resp == nil || json.NewDecoder(bytes.NewReader(resp.Data)).Decode(&answered) != nil || answered[f.Alias] == nil {
		return []byte("null"), nil
	}
	return answered[f.Alias], nil
}
