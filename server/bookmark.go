package server

import (
	"context"
	"errors"
	"net/http"

	"github.com/99designs/gqlgen/graphql"

	"github.com/partnergraph/partnergraph/internal/bookmark"
	"github.com/partnergraph/partnergraph/internal/network"
)

// bookmarkHeader is the header in which a client gets the bookmark of what it wrote, and gives it back to read that.
const bookmarkHeader = "PartnerGraph-Bookmark"

// headerKey finds the header of the answer.
type headerKey struct{}

// bookmarked lets a request go by the bookmark that it brings.
func bookmarked(seal bookmark.Seal, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, err := seal.Parse(r.Header.Get(bookmarkHeader))
		var known *network.Error
		if errors.As(err, &known) {
			refuse(w, r, http.StatusBadRequest, known)
			return
		}
		ctx := bookmark.With(r.Context(), given)
		next.ServeHTTP(w, r.WithContext(context.WithValue(ctx, headerKey{}, w.Header())))
	})
}

// bookmarking gives the client the bookmark of what its request wrote: beside the data, and for clients that don't look
// there in a header.
func bookmarking(seal bookmark.Seal) graphql.ResponseMiddleware {
	return func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		resp := next(ctx)
		b, wrote := bookmark.Written(ctx)
		if resp == nil || !wrote {
			return resp
		}
		if resp.Extensions == nil {
			resp.Extensions = map[string]any{}
		}
		text := seal.Text(b)
		resp.Extensions["bookmark"] = text
		if h, _ := ctx.Value(headerKey{}).(http.Header); h != nil {
			h.Set(bookmarkHeader, text)
		}
		return resp
	}
}
