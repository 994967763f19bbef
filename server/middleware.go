package server

import (
	"context"
	"net/http"
	"time"

	"github.com/rs/cors"
)

// limited bounds the body and the time of a request.
func limited(timeout time.Duration, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), timeout)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// crossOrigin lets pages of the listed origins call from a browser; without a list, only our own pages can.
func crossOrigin(origins []string, next http.Handler) http.Handler {
	if len(origins) == 0 {
		return next
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Content-Type", "Authorization", requestID},
		ExposedHeaders: []string{requestID},
		MaxAge:         600,
	}).Handler(next)
}
