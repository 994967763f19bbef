package signin

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/partnergraph/partnergraph/internal/network"
)

// issuer issues tokens that are taken.
type issuer struct {
	name     string
	audience jwt.Audience
	skew     time.Duration
	keys     *keys
	mapping  mapping
}

func newIssuer(s Settings, now func() time.Time, log *slog.Logger) (*issuer, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	m, err := s.mapping()
	if err != nil {
		return nil, err
	}
	return &issuer{s.Issuer, s.Audience, s.ClockSkew, &keys{fetch: published(s.Issuer, log), now: now}, m}, nil
}

// verify holds the signature against the keys of the issuer.
func (i *issuer) verify(ctx context.Context, token *jwt.JSONWebToken) error {
	known, err := i.keys.current(ctx)
	if err != nil {
		return away(err)
	}
	if signedBy(known, token) {
		return nil
	}
	// The issuer may have other keys by now.
	if known, err = i.keys.renewed(ctx); err != nil {
		return away(err)
	}
	if signedBy(known, token) {
		return nil
	}
	return refused("the token is not signed with a key of its issuer, or was changed")
}

// signedBy tries the keys that a token may be signed with.
func signedBy(keys []jose.JSONWebKey, token *jwt.JSONWebToken) bool {
	h := token.Headers[0]
	for _, k := range keys {
		if (h.KeyID == "" || h.KeyID == k.KeyID) && (k.Algorithm == "" || k.Algorithm == h.Algorithm) && token.Claims(k.Key) == nil {
			return true
		}
	}
	return false
}

func away(err error) error {
	return &network.Error{Code: network.Unavailable, Message: "the issuer of the token can't be asked for its keys just now: try again", Cause: err}
}

// check holds the claims of a verified token against what the issuer's tokens must say here, and the clock.
func (i *issuer) check(c *jwt.Claims, now time.Time) error {
	switch {
	case c.Subject == "":
		return refused("the token does not say whose it is (sub)")
	case c.Expiry == nil:
		return refused("the token does not say when it expires (exp)")
	}
	err := c.ValidateWithLeeway(jwt.Expected{Issuer: i.name, AnyAudience: i.audience, Time: now}, i.skew)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, jwt.ErrInvalidAudience):
		return refused("the token is not meant for this server (aud)")
	case errors.Is(err, jwt.ErrExpired):
		return refused("the token has expired")
	case errors.Is(err, jwt.ErrNotValidYet), errors.Is(err, jwt.ErrIssuedInTheFuture):
		return refused("the token is not valid yet")
	}
	return refused("the token is no good here")
}
