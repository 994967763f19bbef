package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
)

// Presenter turns errors into what a client may see. An error that is meant for people keeps its text and code; any
// other one shows as INTERNAL with an id, under which the log holds the rest.
func Presenter(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		out, code := presented(ctx, log, err)
		observe.From(ctx).Failed(code)
		return out
	}
}

func presented(ctx context.Context, log *slog.Logger, err error) (*gqlerror.Error, network.Code) {
	var shown *gqlerror.Error
	var known *network.Error
	switch {
	case errors.As(err, &known) && known.Code != network.Internal:
		if known.Cause != nil {
			log.WarnContext(ctx, "refused", "code", known.Code, "error", err)
		}
		return present(ctx, err, known.Message, known.Code, nil), known.Code
	case errors.As(err, &shown) && shown.Err == nil:
		// gqlgen and gqlparser: what is wrong with the document or its variables.
		out := *shown
		if len(out.Path) > 0 && out.Path[0] == ast.PathName("variable") {
			// A path of the variables, not of the answer: it says which one, so it belongs into the text.
			out.Message, out.Path = out.Path.String()+": "+out.Message, nil
		}
		out.Extensions = extensions(shown.Extensions, network.BadUserInput)
		return &out, network.BadUserInput
	}
	id := uuid.NewString()
	log.ErrorContext(ctx, "internal error", "id", id, "error", err)
	return present(ctx, err, "something went wrong on our side; the log knows more under this id", network.Internal, map[string]any{"id": id}), network.Internal
}

func present(ctx context.Context, err error, text string, code network.Code, more map[string]any) *gqlerror.Error {
	out := &gqlerror.Error{Message: text, Path: graphql.GetPath(ctx), Extensions: extensions(more, code)}
	var at *gqlerror.Error
	if errors.As(err, &at) {
		out.Locations = at.Locations
		if at.Path != nil {
			out.Path = at.Path
		}
	}
	return out
}

func extensions(of map[string]any, code network.Code) map[string]any {
	out := map[string]any{"code": code}
	for k, v := range of {
		if k != "code" {
			out[k] = v
		}
	}
	return out
}

// Recover turns a panic into an internal error; the log has it under the id that the client gets.
func Recover(_ context.Context, panicked any) error {
	return fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
}
