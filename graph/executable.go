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
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// Contract is the map of the contract. It is of the same schema as what Executable runs, which is large: nobody else need
// hold one.
func Contract() (*graphmap.Map, error) {
	return graphmap.Of(schema().Schema())
}

// schema runs fields about the schema only, which need no resolvers.
func schema() graphql.ExecutableSchema { return generated.NewExecutableSchema(generated.Config{}) }

// Executable is the contract as gqlgen's server runs it. Queries and changes are answered here, root field by root field;
// what is generated answers what they ask of the schema itself. Without an office nothing can be
// changed.
func Executable(reads *Reads, office Office) graphql.ExecutableSchema {
	if office == nil {
		office = closed{}
	}
	e := &executable{ExecutableSchema: schema(), reads: reads, office: office, schemaTurn: make(chan struct{}, 1), readers: make(chan struct{}, readers)}
	reads.tell = e.tell
	return e
}

// tell writes a field of a thing that code answers.
func (e *executable) tell(ctx context.Context, op *graphql.OperationContext, told *plan.Told, read any) []byte {
	v, err := e.office.Tell(ctx, told.Name, read)
	if err != nil {
		graphql.AddError(ctx, err)
		return []byte("null")
	}
	r := &record{executable: e, op: op}
	return r.value(ctx, told.Field, told.Field.Definition.Type, v)
}

type executable struct {
	graphql.ExecutableSchema // generated
	reads                    *Reads
	office                   Office
	schemaTurn               chan struct{} // held by the one request that is told of the schema
	readers                  chan struct{} // held by subscriptions that read what they are told of
}

// Exec gives the answer to an operation, in one piece; that to a subscription entry by entry.
func (e *executable) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	answer := e.query
	switch op.Operation.Operation {
	case ast.Mutation:
		answer = e.mutation
	case ast.Subscription:
		return e.subscription(ctx, op)
	}
	done := false
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		return &graphql.Response{Data: answer(ctx, op)}
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
	return together(fields, answers)
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
	case strings.HasPrefix(f.Name, "__"):
		return e.schemaField(ctx, op, f)
	}
	// Fields run in goroutines of their own, where a panic would end the server.
	defer func() {
		if panicked := recover(); panicked != nil {
			err = Recover(ctx, panicked)
		}
	}()
	if e.reads.Planner.Map.Roots[f.Name] == nil {
		return e.asked(at(ctx, f), op, f)
	}
	return e.reads.answer(at(ctx, f), op, f)
}

// asked answers a field that is declared with @resolved.
func (e *executable) asked(ctx context.Context, op *graphql.OperationContext, f graphql.CollectedField) ([]byte, error) {
	var of map[string]any
	var err error
	if f.Name == "viewer" {
		of = viewer(access.From(ctx))
	} else {
		args, _ := plainValue(f.ArgumentMap(op.Variables)).(map[string]any)
		of, err = e.office.Ask(ctx, f.Name, args)
	}
	if err != nil || of == nil {
		return []byte("null"), err
	}
	r := &record{executable: e, op: op, field: f.Alias}
	return r.object(ctx, f.Definition.Type.Name(), f.Selections, of), nil
}

// schemaField answers a field about the schema, as an operation of its own and one at a time: the whole schema takes as
// much of a processor as hundreds of other requests, and no more than one processor shall be busy with it. What goes
// wrong in it is told as it is answered.
func (e *executable) schemaField(ctx context.Context, op *graphql.OperationContext, f graphql.CollectedField) ([]byte, error) {
	select {
	case e.schemaTurn <- struct{}{}:
		defer func() { <-e.schemaTurn }()
	case <-ctx.Done():
		return nil, network.Errorf(network.Timeout, "too many ask for the schema: ask again later, or read /schema.graphql")
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
