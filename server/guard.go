package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// guarded lets through what GraphQL can be asked with, whole and in bounds, and gives it its time. What it refuses is
// refused in the form of every other error.
func guarded(timeout time.Duration, body int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, err := admit(w, r, body)
		if err != nil {
			refuse(w, status, err)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), timeout)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// admit checks a request, and reads its body so that a slow sender takes none of the time to answer.
func admit(w http.ResponseWriter, r *http.Request, most int64) (int, *network.Error) {
	switch r.Method {
	case http.MethodOptions:
		return 0, nil
	case http.MethodGet:
		return 0, nil
	case http.MethodPost:
	default:
		w.Header().Set("Allow", "GET, POST, OPTIONS")
		return http.StatusMethodNotAllowed, network.Errorf(network.BadUserInput, "ask by POST, or by GET")
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return http.StatusUnsupportedMediaType, network.Errorf(network.BadUserInput, "send JSON, with the header Content-Type: application/json")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge, network.Errorf(network.TooComplex, "the request has more than %d bytes", most)
	case err != nil:
		return http.StatusBadRequest, network.Errorf(network.BadUserInput, "the request did not arrive whole")
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return 0, nil
}

func refuse(w http.ResponseWriter, status int, err *network.Error) {
	text, _ := json.Marshal(err.Message)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"errors":[{"message":%s,"extensions":{"code":%q}}]}`, text, err.Code)
}
