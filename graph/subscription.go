package graph

import (
	"context"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// entryTime is how long the making of one answer of a subscription may take, beside the wait for what it is about.
const entryTime = 30 * time.Second

// readers is how many subscriptions read what their answers are about at a time: all of them may be told of the same change at
// the same moment, and others read too.
const readers = 16

// subscription answers with one response for each entry of what is followed, until ctx ends or the follower is cut. Its one
// root field is there by validation, unless a directive leaves it out.
func (e *executable) subscription(ctx context.Context, op *graphql.OperationContext) graphql.ResponseHandler {
	fields := graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Subscription"})
	if len(fields) == 0 {
		return func(context.Context) *graphql.Response { return nil }
	}
	f := fields[0]
	args, _ := plainValue(f.ArgumentMap(op.Variables)).(map[string]any)
	next, leave, err := e.office.Follow(ctx, f.Name, args)
	if err != nil {
		graphql.AddError(graphql.WithPathContext(ctx, graphql.NewPathWithField(f.Alias)), err)
		return func(context.Context) *graphql.Response { return nil }
	}
	leave = sync.OnceFunc(leave)
	context.AfterFunc(ctx, leave)
	cut := false
	return func(ctx context.Context) *graphql.Response {
		if cut {
			return nil
		}
		entry, err := next(ctx)
		if ctx.Err() != nil {
			return nil
		}
		ctx = graphql.WithPathContext(ctx, graphql.NewPathWithField(f.Alias))
		if err != nil {
			cut = true
			leave()
			graphql.AddError(ctx, err)
			return &graphql.Response{}
		}
		return &graphql.Response{Data: together(fields, [][]byte{e.told(ctx, op, f, entry)})}
	}
}

// told writes one entry. What it holds of things is read by as many at a time as readers.
func (e *executable) told(ctx context.Context, op *graphql.OperationContext, f graphql.CollectedField, entry map[string]any) []byte {
	select {
	case e.readers <- struct{}{}:
		defer func() { <-e.readers }()
	case <-ctx.Done():
		return []byte("null")
	}
	ctx, cancel := context.WithTimeout(ctx, entryTime)
	defer cancel()
	r := &record{executable: e, op: op, field: f.Alias}
	return r.object(ctx, f.Definition.Type.Name(), f.Selections, entry)
}
