// Package graph joins gqlgen and the planner. A root field that the schema declares with @start is planned, run as one
// statement and written as JSON; it has no resolver, and a new one needs none. One that is declared with @resolved is a
// method of queryResolver.
package graph

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partnergraph/partnergraph/graph/generated"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/answer"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// Reader runs a statement and gives the one value of its one record.
type Reader interface {
	Read(ctx context.Context, text string, params map[string]any) (any, error)
}

// Reads answers the root fields of Query.
type Reads struct {
	Planner *plan.Planner
	Store   Reader

	cache statements
}

// Resolver is the root of gqlgen's resolvers.
type Resolver struct{}

// queryResolver has a method for each root field that is declared with @resolved.
type queryResolver struct{ generated.QueryResolver }

// Query is where gqlgen looks for the fields of Query.
func (*Resolver) Query() generated.QueryResolver { return queryResolver{} }

// answer answers a root field with one statement.
func (r *Reads) answer(ctx context.Context, op *graphql.OperationContext, field graphql.CollectedField) ([]byte, error) {
	values := r.Planner.Values(op, access.From(ctx))
	watched, began := observe.From(ctx), time.Now()
	s, known, err := r.statement(op, field, values)
	watched.Planned(began, field.Name, known, err)
	if err != nil {
		return nil, err
	}
	params, err := s.params(values)
	if err != nil {
		return nil, err
	}
	began = time.Now()
	v, err := r.Store.Read(ctx, s.text, params)
	watched.Ran(began, s.plan, s.text, err)
	if err != nil {
		return nil, err
	}
	text, faults := answer.Write(s.plan, values, v)
	for _, f := range faults {
		at := append(graphql.GetPath(ctx), f.Path...)
		graphql.AddError(ctx, &gqlerror.Error{Path: at, Err: &network.Error{Code: network.Internal, Message: f.Text}})
	}
	return text, nil
}
