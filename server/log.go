package server

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/partnergraph/partnergraph/internal/observe"
)

// requestID is the header in which the client gets the id that the log knows the request by.
const requestID = "X-Request-Id"

// watched has each request watched, under an id that the client gets too.
func watched(o *observe.Observer, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, request := o.Begin(r.Context(), transportOf(r))
		ctx = request.ByHTTP(ctx, r)
		w.Header().Set(requestID, request.ID)
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(rec, r.WithContext(ctx))
		request.Status = rec.status
		request.End(ctx, "request", slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("bytes", rec.bytes))
	})
}

// transportOf is what a request asks an operation by; "" if it asks none.
func transportOf(r *http.Request) string {
	switch {
	case r.URL.Path != "/graphql" || r.Method == http.MethodOptions:
		return ""
	case isSocket(r):
		return "websocket"
	case isEvents(r):
		return "events"
	}
	return "http"
}

// byRequest puts the id of the request under which something is logged beside it.
type byRequest struct{ slog.Handler }

func (h byRequest) Handle(ctx context.Context, r slog.Record) error {
	if request := observe.From(ctx); request != nil {
		r.AddAttrs(slog.String("request", request.ID))
		if trace := request.Trace(); trace != "" {
			r.AddAttrs(slog.String("trace", trace))
		}
	}
	return h.Handler.Handle(ctx, r)
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach what is beneath.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
