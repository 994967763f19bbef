// Package graph joins gqlgen and the planner. A root field that the schema declares with @start is planned, run as one
// statement and written as JSON; it has no resolver, and a new one needs none. One that is declared with @resolved, and
// every change, is answered by code, and what it holds of the graph is read in the same way.
package graph

import (
	"context"
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

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
	tell  func(ctx context.Context, op *graphql.OperationContext, told *plan.Told, read any) []byte
}

// answer answers a root field with one statement.
func (r *Reads) answer(ctx context.Context, op *graphql.OperationContext, field graphql.CollectedField) ([]byte, error) {
	return r.run(ctx, op, field, field.Alias, r.Planner.Values(op, access.From(ctx)), r.Planner.Plan)
}

// thing reads what a field below a root field asks of the thing with the id.
func (r *Reads) thing(ctx context.Context, op *graphql.OperationContext, field graphql.CollectedField, root, id string) ([]byte, error) {
	values := r.Planner.Values(op, access.From(ctx))
	values.ID = id
	return r.run(ctx, op, field, fmt.Sprintf("%s %p", root, field.Field), values, r.Planner.Of)
}

// planning makes the plan of a field for a viewer.
type planning func(*graphql.OperationContext, access.Viewer, graphql.CollectedField) (*plan.Plan, error)

// run answers a field with one statement; place tells it from the other fields of its operation.
func (r *Reads) run(ctx context.Context, op *graphql.OperationContext, field graphql.CollectedField, place string, values *plan.Values, planned planning) ([]byte, error) {
	watched, began := observe.From(ctx), time.Now()
	s, known, err := r.statement(op, field, place, values, planned)
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
	values.Tell = func(told *plan.Told, read any) []byte { return r.tell(ctx, op, told, read) }
	text, faults := answer.Write(s.plan, values, v)
	for _, f := range faults {
		at := append(graphql.GetPath(ctx), f.Path...)
		graphql.AddError(ctx, &gqlerror.Error{Path: at, Err: &network.Error{Code: network.Internal, Message: f.Text}})
	}
	return text, nil
}
