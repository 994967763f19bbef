package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
)

// SignIn says who a bearer token is of. Its errors are UNAUTHENTICATED or UNAVAILABLE.
type SignIn interface {
	Viewer(ctx context.Context, token string) (access.Viewer, error)
}

// signedIn tells what follows who asks. Without a token that is the public; with one that is no good, nothing follows.
func signedIn(s SignIn, log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := viewer(r, s)
		if err != nil {
			challenge(w, r, log, err)
			return
		}
		if v.Subject != "" {
			observe.From(r.Context()).Viewer = v.Kind()
			r = r.WithContext(access.With(r.Context(), v))
		}
		next.ServeHTTP(w, r)
	})
}

func viewer(r *http.Request, s SignIn) (access.Viewer, error) {
	if r.URL.RawQuery != "" && r.URL.Query().Has("access_token") {
		return access.Viewer{}, malformed("a token in an address ends up in logs: send it in the header Authorization: Bearer …")
	}
	given := r.Header.Values("Authorization")
	if len(given) == 0 {
		return access.Viewer{}, nil
	}
	scheme, token, _ := strings.Cut(given[0], " ")
	token = strings.TrimLeft(token, " ")
	switch {
	case len(given) > 1:
		return access.Viewer{}, malformed("there is more than one header Authorization: send one")
	case !strings.EqualFold(scheme, "Bearer"), token == "":
		return access.Viewer{}, malformed("the header Authorization has no bearer token: send Authorization: Bearer …, or leave it out to ask as the public")
	case s == nil:
		return access.Viewer{}, network.Errorf(network.Unauthenticated, "this server takes no tokens: leave out the header Authorization to ask as the public")
	}
	return s.Viewer(r.Context(), token)
}

// errMalformed is in the chain of errors about how a token is sent, whatever the token.
var errMalformed = errors.New("malformed")

func malformed(text string) error {
	return &network.Error{Code: network.Unauthenticated, Message: text, Cause: errMalformed}
}

// challenge refuses a request for its token, as RFC 6750 has it. The log has the reason and nothing of the token.
func challenge(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	var known *network.Error
	if !errors.As(err, &known) {
		known = &network.Error{Code: network.Unavailable, Message: "who asks can't be told just now: try again", Cause: err}
	}
	observe.From(r.Context()).Viewer = "refused"
	log.InfoContext(r.Context(), "token refused", "code", known.Code, "reason", known.Message)
	w.Header().Set("Cache-Control", "no-store")
	if known.Code == network.Unavailable {
		refuse(w, r, http.StatusServiceUnavailable, known)
		return
	}
	word := "invalid_token"
	if errors.Is(err, errMalformed) {
		word = "invalid_request"
	}
	w.Header().Set("WWW-Authenticate", fmt.Sprintf("Bearer error=%q", word))
	refuse(w, r, http.StatusUnauthorized, known)
}

// helloOf reads the token of a WebSocket's first message, `{"Authorization": "Bearer …"}`, where browsers can't send a
// header.
func helloOf(s SignIn) Hello {
	return func(ctx context.Context, payload map[string]any) (context.Context, error) {
		given, _ := payload["Authorization"].(string)
		if given == "" {
			return ctx, nil
		}
		scheme, token, _ := strings.Cut(given, " ")
		if !strings.EqualFold(scheme, "Bearer") || token == "" {
			return nil, malformed("Authorization has no bearer token: send Bearer …")
		}
		v, err := s.Viewer(ctx, strings.TrimLeft(token, " "))
		if err != nil {
			return nil, err
		}
		return access.With(ctx, v), nil
	}
}
