package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/google/uuid"
)

// requestID is the header in which the client gets the id that the log knows the request by.
const requestID = "X-Request-Id"

type entryKey struct{}

// entry is what the log will say of a request.
type entry struct{ id, operation, viewer string }

func entryOf(ctx context.Context) *entry {
	e, _ := ctx.Value(entryKey{}).(*entry)
	return e
}

// logged writes a line for each request, under an id that the client gets too.
func logged(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began, e := time.Now(), &entry{id: uuid.NewString(), viewer: "public"}
		ctx := context.WithValue(r.Context(), entryKey{}, e)
		w.Header().Set(requestID, e.id)
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(rec, r.WithContext(ctx))
		log.InfoContext(ctx, "request", "method", r.Method, "path", r.URL.Path, "operation", e.operation, "viewer", e.viewer,
			"status", rec.status, "bytes", rec.bytes, "ms", float64(time.Since(began).Microseconds())/1000)
	})
}

// byRequest puts the id of the request under which something is logged beside it.
type byRequest struct{ slog.Handler }

func (h byRequest) Handle(ctx context.Context, r slog.Record) error {
	if e := entryOf(ctx); e != nil {
		r.AddAttrs(slog.String("request", e.id))
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
