// Package idtest runs an issuer of OpenID Connect on loopback, for tests: discovery, keys that rotate, tokens. It goes by
// the standards and not by our code, so that what works with it works with others.
package idtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Issuer is a running issuer.
type Issuer struct {
	URL string // also the name by which its tokens know it

	mu     sync.Mutex
	key    *ecdsa.PrivateKey
	kid    string
	number int
	away   bool
	asked  int
	claims map[string]any
}

// Start runs an issuer until the test ends.
func Start(t testing.TB) *Issuer {
	t.Helper()
	i := &Issuer{}
	i.Rotate()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", i.configuration)
	mux.HandleFunc("GET /keys", i.keys)
	mux.HandleFunc("POST /token", i.token)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i.mu.Lock()
		away := i.away
		i.mu.Unlock()
		if away {
			panic(http.ErrAbortHandler) // the connection ends without an answer
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	i.URL = s.URL
	return i
}

// Rotate takes a new key and publishes it in the place of the one before.
func (i *Issuer) Rotate() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.number++
	i.key, i.kid = key, fmt.Sprintf("key-%d", i.number)
}

// Key is its key of today, with the id of the key.
func (i *Issuer) Key() (*ecdsa.PrivateKey, string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.key, i.kid
}

// Away lets it answer nobody, or again.
func (i *Issuer) Away(away bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.away = away
}

// Asked is how often it was asked for its keys.
func (i *Issuer) Asked() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.asked
}

// Claims are those of a good token for an audience, with more claims, or others; a nil one is left out.
func (i *Issuer) Claims(audience string, more map[string]any) map[string]any {
	now := time.Now().Unix()
	out := map[string]any{"iss": i.URL, "sub": "alice", "aud": audience, "iat": now, "nbf": now, "exp": now + 600}
	maps.Copy(out, more)
	for name, v := range out {
		if v == nil {
			delete(out, name)
		}
	}
	return out
}

// Token is a token with these claims, signed with its key of today.
func (i *Issuer) Token(claims map[string]any) string {
	key, kid := i.Key()
	return Sign(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: kid}}, "at+jwt", claims)
}

// Sign makes a token with any key, type and claims.
func Sign(key jose.SigningKey, kind jose.ContentType, claims any) string {
	options := &jose.SignerOptions{}
	if kind != "" {
		options.WithType(kind)
	}
	text, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	signer, err := jose.NewSigner(key, options)
	if err != nil {
		panic(err)
	}
	signed, err := signer.Sign(text)
	if err != nil {
		panic(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return token
}

// Grant says which claims its token endpoint puts into tokens.
func (i *Issuer) Grant(claims map[string]any) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.claims = claims
}

// SignIn fetches a token as a client does: from the endpoint that the configuration names.
func (i *Issuer) SignIn(t testing.TB) string {
	t.Helper()
	var about struct {
		Endpoint string `json:"token_endpoint"`
	}
	var granted struct {
		Token string `json:"access_token"`
	}
	response, err := http.Get(i.URL + "/.well-known/openid-configuration")
	if err == nil {
		err = json.NewDecoder(response.Body).Decode(&about)
		_ = response.Body.Close()
	}
	if err == nil {
		response, err = http.PostForm(about.Endpoint, url.Values{"grant_type": {"client_credentials"}, "client_id": {"portal"}, "client_secret": {"portal's"}})
	}
	if err == nil {
		err = json.NewDecoder(response.Body).Decode(&granted)
		_ = response.Body.Close()
	}
	if err != nil || granted.Token == "" {
		t.Fatalf("no token: %v", err)
	}
	return granted.Token
}

func (i *Issuer) configuration(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{
		"issuer": i.URL, "jwks_uri": i.URL + "/keys", "token_endpoint": i.URL + "/token",
		"authorization_endpoint": i.URL + "/authorize", "response_types_supported": []string{"code"},
		"subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"ES256"},
	})
}

func (i *Issuer) keys(w http.ResponseWriter, _ *http.Request) {
	i.mu.Lock()
	i.asked++
	public := jose.JSONWebKey{Key: i.key.Public(), KeyID: i.kid, Use: "sig", Algorithm: string(jose.ES256)}
	i.mu.Unlock()
	// As real ones do, it publishes others beside: of a kind that few know, and for encryption.
	answer(w, map[string]any{"keys": []any{
		map[string]any{"kty": "OKP", "crv": "X448", "x": "AAAA", "kid": "other"},
		jose.JSONWebKey{Key: i.key.Public(), KeyID: "encryption", Use: "enc"},
		public,
	}})
}

func (i *Issuer) token(w http.ResponseWriter, r *http.Request) {
	if r.PostFormValue("grant_type") != "client_credentials" || r.PostFormValue("client_secret") != "portal's" {
		w.WriteHeader(http.StatusBadRequest)
		answer(w, map[string]any{"error": "invalid_client"})
		return
	}
	i.mu.Lock()
	claims := i.claims
	i.mu.Unlock()
	answer(w, map[string]any{"access_token": i.Token(claims), "token_type": "Bearer", "expires_in": 600})
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

// Tamper changes the claims of a token and leaves its signature.
func Tamper(token, old, new string) string {
	parts := strings.Split(token, ".")
	claims, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		panic(err)
	}
	parts[1] = base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(claims), old, new, 1)))
	return strings.Join(parts, ".")
}
