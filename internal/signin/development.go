package signin

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
)

// The issuer of development tokens is no address, so no settings can name it.
const (
	developmentIssuer   = "urn:partnergraph:development"
	developmentAudience = "urn:partnergraph"
)

// LongestDevelopmentToken is how long a development token may hold.
const LongestDevelopmentToken = 24 * time.Hour

// DevelopmentKey signs and verifies development tokens. It is a file that only its owner reads, and stays on its machine.
type DevelopmentKey struct{ private ed25519.PrivateKey }

// MakeDevelopmentKey reads the key from its file, or makes both.
func MakeDevelopmentKey(path string) (*DevelopmentKey, error) {
	k, err := ReadDevelopmentKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	text := base64.StdEncoding.EncodeToString(private.Seed()) + "\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return nil, err
	}
	return &DevelopmentKey{private}, nil
}

// ReadDevelopmentKey reads the key from its file.
func ReadDevelopmentKey(path string) (*DevelopmentKey, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	seed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, network.Errorf(network.BadUserInput, "%s holds no key for development: delete it, and serve --development makes another", path)
	}
	return &DevelopmentKey{ed25519.NewKeyFromSeed(seed)}, nil
}

// issuer is the one of the key's tokens. It has one clock with us.
func (k *DevelopmentKey) issuer(now func() time.Time) *issuer {
	public := []jose.JSONWebKey{{Key: k.private.Public()}}
	m, _ := (&Settings{RolesClaim: RolesClaim, OfficesClaim: OfficesClaim, ReviewsClaim: ReviewsClaim}).mapping()
	return &issuer{developmentIssuer, jwt.Audience{developmentAudience}, 0, &keys{fetch: func() ([]jose.JSONWebKey, error) { return public, nil }, now: now}, m}
}

// Mint makes a token of a viewer. The viewer's Subject is a name without an issuer; Until is when the token expires.
func (k *DevelopmentKey) Mint(v access.Viewer) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.EdDSA, Key: k.private}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return "", err
	}
	return jwt.Signed(signer).Claims(jwt.Claims{
		Issuer: developmentIssuer, Subject: v.Subject, Audience: jwt.Audience{developmentAudience}, Expiry: jwt.NewNumericDate(v.Until),
	}).Claims(map[string]any{RolesClaim: v.Roles.Names(), OfficesClaim: v.Offices, ReviewsClaim: v.Reviews}).Serialize()
}
