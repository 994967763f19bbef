package server

import (
	"net/http"

	"github.com/rs/cors"
)

// crossOrigin lets pages of the listed origins call from a browser; without a list, only our own pages can.
func crossOrigin(origins []string, next http.Handler) http.Handler {
	if len(origins) == 0 {
		return next
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Content-Type", "Authorization", requestID, bookmarkHeader},
		ExposedHeaders: []string{requestID, bookmarkHeader},
		MaxAge:         600,
	}).Handler(next)
}
