package server

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partnergraph/partnergraph/internal/observe"
)

// asking makes operations of requests. All transports ask by it, so that each request is held against the same limits.
type asking struct {
	documents *documents
	persisted *persisted
}

// asked is an operation that may be run.
type asked struct {
	*graphql.OperationContext
	cost *cost
}

// cost is what an answer tells of it.
type cost struct {
	Requested int `json:"requested"`
	Limit     int `json:"limit"`
}

// operation reads what is asked. Its errors say that nothing may be run.
func (a *asking) operation(ctx context.Context, exec graphql.GraphExecutor, params *graphql.RawParams) (asked, gqlerror.List) {
	watched := observe.From(ctx)
	watched.Reads(ctx)
	out := asked{OperationContext: &graphql.OperationContext{}}
	l := a.documents.limits
	text, hash, err := a.persisted.find(params)
	if err != nil {
		return out, gqlerror.List{gqlerror.Wrap(err)}
	}
	params.Query = text
	doc, errs := a.documents.read(text)
	if errs != nil {
		return out, errs
	}
	if err := l.CheckGiven(doc, params.OperationName, params.Variables); err != nil {
		return out, gqlerror.List{gqlerror.Wrap(err)}
	}
	a.persisted.add(hash, text)
	if out.OperationContext, errs = exec.CreateOperationContext(ctx, params); errs != nil {
		return out, errs
	}
	c := doc.Cost(out.Operation)
	out.cost = &cost{c.Requested(out.Variables), l.Cost}
	watched.Asks(doc.Hash, out.Operation.Name, string(out.Operation.Operation), out.cost.Requested)
	if out.cost.Requested > l.Cost {
		return out, gqlerror.List{gqlerror.Wrap(c.Excess(out.Variables, out.cost.Requested, l.Cost))}
	}
	return out, nil
}

// refused is the answer that says why nothing was run.
func (a asked) refused(ctx context.Context, exec graphql.GraphExecutor, errs gqlerror.List) *graphql.Response {
	return a.told(exec.DispatchError(graphql.WithOperationContext(ctx, a.OperationContext), errs))
}

// told puts the cost into an answer.
func (a asked) told(resp *graphql.Response) *graphql.Response {
	if resp == nil || a.cost == nil {
		return resp
	}
	if resp.Extensions == nil {
		resp.Extensions = map[string]any{}
	}
	resp.Extensions["cost"] = a.cost
	return resp
}
