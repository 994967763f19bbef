package server

import (
	"maps"
	"net/http"
)

// restrictions keep browsers from taking an answer for more than it is. What is a page has a policy of its own instead of
// this one, which allows nothing.
var restrictions = http.Header{
	"Content-Security-Policy":      {"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Referrer-Policy":              {"no-referrer"},
	"X-Content-Type-Options":       {"nosniff"},
}

// secured gives every answer the restrictions.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		maps.Copy(w.Header(), restrictions)
		next.ServeHTTP(w, r)
	})
}
