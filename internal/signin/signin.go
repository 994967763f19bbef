// Package signin says who a bearer token is of. It verifies tokens of OpenID Connect issuers and reads their claims, and
// knows neither HTTP requests to us nor GraphQL.
package signin

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
)

// SignIn knows the issuers whose tokens are taken.
type SignIn struct {
	issuers map[string]*issuer
	now     func() time.Time
}

// New checks the settings. It asks no issuer for anything: that waits for the first token, so that a server starts while
// an issuer is away. The key for development is nil where its tokens are refused.
func New(all []Settings, development *DevelopmentKey, log *slog.Logger) (*SignIn, error) {
	return newAt(time.Now, all, development, log)
}

func newAt(now func() time.Time, all []Settings, development *DevelopmentKey, log *slog.Logger) (*SignIn, error) {
	s := &SignIn{map[string]*issuer{}, now}
	for _, one := range all {
		i, err := newIssuer(one, now, log)
		if err != nil {
			return nil, err
		}
		if s.issuers[i.name] != nil {
			return nil, network.Errorf(network.BadUserInput, "issuer %s: is there twice", i.name)
		}
		s.issuers[i.name] = i
	}
	if development != nil {
		s.issuers[developmentIssuer] = development.issuer(now)
	}
	return s, nil
}

// maxToken is the length of the longest token that is looked at, in bytes.
const maxToken = 16 << 10

// algorithms are those that need no secret of the issuer's to verify.
var algorithms = []jose.SignatureAlgorithm{
	jose.RS256, jose.RS384, jose.RS512, jose.PS256, jose.PS384, jose.PS512, jose.ES256, jose.ES384, jose.ES512, jose.EdDSA,
}

// types are what the header of a token may call it: a JWT, or an access token after RFC 9068.
var types = []string{"jwt", "at+jwt", "application/at+jwt"}

func isAccess(kind any) bool {
	text, ok := kind.(string)
	return ok && slices.Contains(types, strings.ToLower(text))
}

// Viewer says who a token is of. Its error is UNAUTHENTICATED for a token that is no good, and UNAVAILABLE where that
// can't be told because the issuer doesn't answer.
func (s *SignIn) Viewer(ctx context.Context, token string) (access.Viewer, error) {
	if len(token) > maxToken {
		return access.Viewer{}, refused("the token has more than %d bytes", maxToken)
	}
	signed, err := jwt.ParseSigned(token, algorithms)
	if err != nil {
		return access.Viewer{}, refused("the token is not a JWT signed with an algorithm of public keys, such as RS256")
	}
	if kind, there := signed.Headers[0].ExtraHeaders[jose.HeaderType]; there && !isAccess(kind) {
		return access.Viewer{}, refused("the token is not an access token")
	}
	// Who says to have issued it is read before it is verified, to know whose keys to verify it with.
	var claimed struct {
		Issuer string `json:"iss"`
	}
	if signed.UnsafeClaimsWithoutVerification(&claimed) != nil || claimed.Issuer == "" {
		return access.Viewer{}, refused("the token does not say who issued it")
	}
	i := s.issuers[claimed.Issuer]
	if i == nil {
		return access.Viewer{}, refused("the token is of an issuer that this server does not know")
	}
	if err := i.verify(ctx, signed); err != nil {
		return access.Viewer{}, err
	}
	var standard jwt.Claims
	claims := map[string]any{}
	if signed.UnsafeClaimsWithoutVerification(&standard, &claims) != nil { // it is verified by now
		return access.Viewer{}, refused("the claims of the token are not of the right form")
	}
	if err := i.check(&standard, s.now()); err != nil {
		return access.Viewer{}, err
	}
	return i.mapping.viewer(&standard, claims), nil
}

func refused(format string, args ...any) *network.Error {
	return network.Errorf(network.Unauthenticated, format, args...)
}
