package signin

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"io"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/idtest"
	"github.com/partnergraph/partnergraph/internal/network"
)

var silent = slog.New(slog.NewTextHandler(io.Discard, nil))

// clock is a clock that a test can set forward.
type clock struct{ ahead time.Duration }

func (c *clock) now() time.Time { return time.Now().Add(c.ahead) }

func open(t *testing.T, c *clock, all ...Settings) *SignIn {
	t.Helper()
	s, err := newAt(c.now, all, nil, silent)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func settings(i *idtest.Issuer) Settings {
	return Settings{Issuer: i.URL, Audience: []string{"partnergraph", "https://partners.example.edu"}}
}

// wants holds the code of what comes of a token: "" for a viewer.
func wants(t *testing.T, s *SignIn, token string, code network.Code, text string) {
	t.Helper()
	v, err := s.Viewer(context.Background(), token)
	switch {
	case code == "" && err != nil:
		t.Errorf("got %v", err)
	case code == "" && v.Subject == "":
		t.Errorf("got nobody")
	case code != "" && (err == nil || network.CodeOf(err) != code || !strings.Contains(err.Error(), text)):
		t.Errorf("got %v, %v, want %s: %s", v, err, code, text)
	case code != "" && !reflect.DeepEqual(v, access.Viewer{}):
		t.Errorf("beside the error, got %v", v)
	}
}

func TestGoodTokens(t *testing.T) {
	i := idtest.Start(t)
	s := open(t, &clock{}, settings(i))
	key, kid := i.Key()
	now := time.Now().Unix()
	withoutKid := idtest.Sign(jose.SigningKey{Algorithm: jose.ES256, Key: key}, "", i.Claims("partnergraph", nil))
	for name, token := range map[string]string{
		"as issued":                    i.Token(i.Claims("partnergraph", nil)),
		"for the other audience":       i.Token(i.Claims("https://partners.example.edu", nil)),
		"for several":                  i.Token(i.Claims("", map[string]any{"aud": []string{"other", "partnergraph"}})),
		"without iat and nbf":          i.Token(i.Claims("partnergraph", map[string]any{"iat": nil, "nbf": nil})),
		"expired, within the skew":     i.Token(i.Claims("partnergraph", map[string]any{"exp": now - 50})),
		"not yet, within the skew":     i.Token(i.Claims("partnergraph", map[string]any{"nbf": now + 50, "iat": now + 50})),
		"of the plain type":            idtest.Sign(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: kid}}, "JWT", i.Claims("partnergraph", nil)),
		"without type and id of a key": withoutKid,
	} {
		t.Run(name, func(t *testing.T) { wants(t, s, token, "", "") })
	}
	v, err := s.Viewer(context.Background(), i.Token(i.Claims("partnergraph", map[string]any{"sub": "bob", "exp": now + 100})))
	want := access.Viewer{Subject: i.URL + " bob", Until: time.Unix(now+100, 0)}
	if err != nil || !reflect.DeepEqual(v, want) {
		t.Errorf("got %+v, %v", v, err)
	}
}

func TestBadTokens(t *testing.T) {
	i, other := idtest.Start(t), idtest.Start(t)
	s := open(t, &clock{}, settings(i))
	good := i.Claims("partnergraph", map[string]any{"roles": []string{"analyst"}})
	with := func(name string, v any) map[string]any { return i.Claims("partnergraph", map[string]any{name: v}) }
	key, kid := i.Key()
	signed := func(alg jose.SignatureAlgorithm, key any, kind jose.ContentType, claims any) string {
		return idtest.Sign(jose.SigningKey{Algorithm: alg, Key: key}, kind, claims)
	}
	named := func(key any, kid string) jose.JSONWebKey { return jose.JSONWebKey{Key: key, KeyID: kid} }
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, edwards, _ := ed25519.GenerateKey(nil)
	embedded, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: stranger}, &jose.SignerOptions{EmbedJWK: true})
	if err != nil {
		t.Fatal(err)
	}
	carriesItsKey, err := embedded.Sign([]byte(`{"iss":"` + i.URL + `","sub":"alice","aud":"partnergraph","exp":9999999999}`))
	if err != nil {
		t.Fatal(err)
	}
	compact, _ := carriesItsKey.CompactSerialize()
	now := time.Now().Unix()
	token := i.Token(good)
	parts := strings.Split(token, ".")
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`))
	oddType := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"ES256","kid":"` + kid + `","typ":7}`))

	const notSigned, notJWT = "not signed with a key of its issuer", "not a JWT signed with"
	for _, c := range []struct{ name, token, want string }{
		{"expired", i.Token(with("exp", now-62)), "has expired"},
		{"without an end", i.Token(with("exp", nil)), "(exp)"},
		{"an end that is text", i.Token(with("exp", "tomorrow")), "not of the right form"},
		{"not yet valid", i.Token(with("nbf", now+65)), "not valid yet"},
		{"issued in the future", i.Token(with("iat", now+65)), "not valid yet"},
		{"of nobody", i.Token(with("sub", nil)), "(sub)"},
		{"of an empty name", i.Token(with("sub", "")), "(sub)"},
		{"for another audience", i.Token(with("aud", "payroll")), "(aud)"},
		{"for no audience", i.Token(with("aud", nil)), "(aud)"},
		{"for an empty list", i.Token(with("aud", []string{})), "(aud)"},
		{"an audience that only begins right", i.Token(with("aud", "partnergraph2")), "(aud)"},
		{"of an issuer that isn't known", other.Token(other.Claims("partnergraph", nil)), "does not know"},
		{"of an issuer with a slash more", i.Token(with("iss", i.URL+"/")), "does not know"},
		{"of the issuer for development", i.Token(with("iss", developmentIssuer)), "does not know"},
		{"of no issuer", i.Token(with("iss", nil)), "who issued it"},
		{"an issuer that is a list", i.Token(with("iss", []string{i.URL})), "who issued it"},
		{"another issuer's key", other.Token(good), notSigned},
		{"a stranger's key under the id of a key", signed(jose.ES256, named(stranger, kid), "at+jwt", good), notSigned},
		{"a stranger's key without id", signed(jose.ES256, stranger, "at+jwt", good), notSigned},
		{"a stranger's key that it carries", compact, notSigned},
		{"an id that no key has", signed(jose.ES256, named(key, "key-77"), "at+jwt", good), notSigned},
		{"a key for encryption", signed(jose.ES256, named(key, "encryption"), "at+jwt", good), notSigned},
		{"another algorithm under the id of a key", signed(jose.EdDSA, named(edwards, kid), "at+jwt", good), notSigned},
		{"no algorithm", none + "." + parts[1] + ".", notJWT},
		{"no algorithm, with a signature", none + "." + parts[1] + "." + parts[2], notJWT},
		{"without its signature", parts[0] + "." + parts[1] + ".", notSigned},
		{"the public key as a secret", signed(jose.HS256, named(public(t, key.Public()), kid), "at+jwt", good), notJWT},
		{"changed claims", idtest.Tamper(token, "analyst", "admin"), notSigned},
		{"changed header", oddType + "." + parts[1] + "." + parts[2], "not an access token"},
		{"a token to sign out", signed(jose.ES256, named(key, kid), "logout+jwt", good), "not an access token"},
		{"claims that are no object", signed(jose.ES256, named(key, kid), "at+jwt", []string{i.URL}), "who issued it"},
		{"empty", "", notJWT},
		{"garbage", "garbage", notJWT},
		{"dots", "..", notJWT},
		{"not of ASCII", "安徽.安徽.安徽", notJWT},
		{"spaces", " " + parts[0] + " ." + parts[1] + "." + parts[2], notJWT},
		{"as JSON", `{"payload":"` + parts[1] + `","protected":"` + parts[0] + `","signature":"` + parts[2] + `"}`, notJWT},
		{"too large", i.Token(with("filler", strings.Repeat("x", maxToken))), "more than 16384 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) { wants(t, s, c.token, network.Unauthenticated, c.want) })
	}
	wants(t, s, token, "", "")
}

// public is a public key as one publishes it in text.
func public(t *testing.T, key crypto.PublicKey) []byte {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

// TestSeveralIssuers: each is verified by its own keys, audience and claims.
func TestSeveralIssuers(t *testing.T) {
	a, b := idtest.Start(t), idtest.Start(t)
	ofB := settings(b)
	ofB.Audience, ofB.RolesClaim, ofB.Roles = []string{"b"}, "groups", []string{"admin=partner-admins"}
	s := open(t, &clock{}, settings(a), ofB)
	more := map[string]any{"roles": "analyst", "groups": []string{"partner-admins"}}
	for _, c := range []struct {
		token string
		kind  string
	}{
		{a.Token(a.Claims("partnergraph", more)), "analyst"},
		{b.Token(b.Claims("b", more)), "admin"},
		{b.Token(b.Claims("partnergraph", more)), ""},
		{a.Token(a.Claims("b", more)), ""},
		{a.Token(b.Claims("b", more)), ""},
	} {
		v, err := s.Viewer(context.Background(), c.token)
		if (err == nil) != (c.kind != "") || err == nil && v.Kind() != c.kind {
			t.Errorf("got %s, %v, want %s", v.Kind(), err, c.kind)
		}
	}
	b.Away(true)
	wants(t, open(t, &clock{}, settings(a), ofB), a.Token(a.Claims("partnergraph", more)), "", "")
}

// TestAlgorithms: a signature with each algorithm that is taken is verified, unless the key is for another one.
func TestAlgorithms(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for _, alg := range algorithms {
		var private crypto.Signer = rsaKey
		switch alg {
		case jose.ES256, jose.ES384, jose.ES512:
			curve := map[jose.SignatureAlgorithm]elliptic.Curve{jose.ES256: elliptic.P256(), jose.ES384: elliptic.P384(), jose.ES512: elliptic.P521()}[alg]
			private, err = ecdsa.GenerateKey(curve, rand.Reader)
		case jose.EdDSA:
			_, private, err = ed25519.GenerateKey(nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		published := []jose.JSONWebKey{{Key: private.Public(), KeyID: "k"}}
		i := &issuer{name: "i", audience: []string{"a"}, keys: &keys{now: time.Now, fetch: func() ([]jose.JSONWebKey, error) { return published, nil }}}
		s := &SignIn{map[string]*issuer{"i": i}, time.Now}
		claims := map[string]any{"iss": "i", "sub": "s", "aud": "a", "exp": time.Now().Unix() + 60}
		token := idtest.Sign(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: private, KeyID: "k"}}, "JWT", claims)
		wants(t, s, token, "", "")
		published[0].Algorithm = "other"
		wants(t, s, token, network.Unauthenticated, "not signed")
	}
}
