package server

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/rs/cors"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Headers that no page can send to another origin without asking first, whatever its request is.
var preflightOnly = []string{"Apollo-Require-Preflight", "X-Apollo-Operation-Name", "GraphQL-Require-Preflight"}

// CheckOrigins refuses what is no origin: each is compared whole, so a pattern or a path would match nothing.
func CheckOrigins(origins []string) error {
	for _, o := range origins {
		u, err := url.Parse(o)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || o != u.Scheme+"://"+u.Host || strings.Contains(o, "*") {
			return network.Errorf(network.BadUserInput, "--origins: %q is no origin: write scheme, host and port if there is one, such as https://portal.example.edu", o)
		}
	}
	return nil
}

// crossOrigin lets pages of the listed origins call from a browser; without a list, only our own pages can. Credentials of
// the browser are never allowed: who asks is said in a header.
func crossOrigin(origins []string, next http.Handler) http.Handler {
	if len(origins) == 0 {
		return next
	}
	return sorted(cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: append([]string{"Content-Type", "Authorization", requestID, bookmarkHeader}, preflightOnly...),
		ExposedHeaders: []string{requestID, bookmarkHeader, "Retry-After"},
		MaxAge:         600,
	}).Handler(next))
}

// sorted puts the headers that a preflight names in order, once each. Browsers do so; rs/cors refuses those of others.
func sorted(next http.Handler) http.Handler {
	const name = "Access-Control-Request-Headers"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked := r.Header.Values(name); r.Method == http.MethodOptions && len(asked) > 0 {
			headers := strings.FieldsFunc(strings.ToLower(strings.Join(asked, ",")), func(c rune) bool { return c == ',' || c == ' ' || c == '\t' })
			slices.Sort(headers)
			r.Header.Set(name, strings.Join(slices.Compact(headers), ","))
		}
		next.ServeHTTP(w, r)
	})
}

// fromElsewhere tells whether a browser sends a request for a page of another origin that isn't listed. A form, an image
// or a link can send one without asking first, and though none of them reads the answer, what is asked would be done.
func fromElsewhere(origins []string, r *http.Request) bool {
	for _, name := range preflightOnly {
		if r.Header.Get(name) != "" { // the browser has asked
			return false
		}
	}
	origin := r.Header.Get("Origin")
	if slices.Contains(origins, origin) {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none": // none: typed, or a bookmark
		return false
	case "":
		u, err := url.Parse(origin)
		return origin != "" && (err != nil || u.Host != r.Host)
	}
	return true
}
