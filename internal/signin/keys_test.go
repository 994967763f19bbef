package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/partnergraph/partnergraph/internal/idtest"
	"github.com/partnergraph/partnergraph/internal/network"
)

// TestRotation: a new key counts at once, without a restart, and the one before no more.
func TestRotation(t *testing.T) {
	i, c := idtest.Start(t), &clock{}
	s := open(t, c, settings(i))
	before := i.Token(i.Claims("partnergraph", nil))
	wants(t, s, before, "", "")
	i.Rotate()
	c.ahead = pause
	wants(t, s, i.Token(i.Claims("partnergraph", nil)), "", "")
	wants(t, s, before, network.Unauthenticated, "not signed with a key of its issuer")
}

// TestAKeyThatWasTakenBack is refused after a while, although nothing new is signed.
func TestAKeyThatWasTakenBack(t *testing.T) {
	i, c := idtest.Start(t), &clock{}
	s := open(t, c, settings(i))
	before := i.Token(i.Claims("partnergraph", map[string]any{"exp": time.Now().Add(time.Hour).Unix()}))
	wants(t, s, before, "", "")
	i.Rotate()
	c.ahead = fresh - time.Second
	wants(t, s, before, "", "")
	c.ahead = fresh
	wants(t, s, before, network.Unauthenticated, "not signed with a key of its issuer")
}

// TestAnIssuerThatIsAway: a token can't be told then, and can be soon after the issuer is back.
func TestAnIssuerThatIsAway(t *testing.T) {
	i, c := idtest.Start(t), &clock{}
	i.Away(true)
	s := open(t, c, settings(i))
	token := i.Token(i.Claims("partnergraph", map[string]any{"exp": time.Now().Add(3 * time.Hour).Unix()}))
	wants(t, s, token, network.Unavailable, "try again")
	i.Away(false)
	wants(t, s, token, network.Unavailable, "try again") // it was asked just now
	c.ahead += pause
	wants(t, s, token, "", "")

	i.Away(true)
	c.ahead += holds - time.Second
	wants(t, s, token, "", "") // known keys go on being used
	forged := idtest.Tamper(token, "alice", "admin")
	wants(t, s, forged, network.Unavailable, "try again") // the key may be a new one under an old id
	c.ahead += pause
	wants(t, s, token, network.Unavailable, "try again") // but not for ever
	i.Away(false)
	c.ahead += pause
	wants(t, s, token, "", "")
	wants(t, s, forged, network.Unauthenticated, "was changed")
}

// TestForgedTokensDontReachTheIssuer: however many come, it is asked once a pause.
func TestForgedTokensDontReachTheIssuer(t *testing.T) {
	i, c := idtest.Start(t), &clock{}
	s := open(t, c, settings(i))
	wants(t, s, i.Token(i.Claims("partnergraph", nil)), "", "")
	key, _ := i.Key()
	var all sync.WaitGroup
	for n := range 3 {
		c.ahead += pause
		for kid := range 50 {
			all.Go(func() {
				token := idtest.Sign(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: fmt.Sprint("forged-", kid)}}, "JWT", i.Claims("partnergraph", nil))
				wants(t, s, token, network.Unauthenticated, "not signed")
			})
		}
		all.Wait()
		if got := i.Asked(); got != n+2 {
			t.Errorf("after %d pauses it was asked %d times", n+1, got)
		}
	}
}

// TestAnIssuerThatHangs holds up nobody who leaves, and no token for long whose key is known.
func TestAnIssuerThatHangs(t *testing.T) {
	i, c := idtest.Start(t), &clock{}
	s := open(t, c, settings(i))
	token := i.Token(i.Claims("partnergraph", nil))
	wants(t, s, token, "", "")
	hangs := make(chan struct{})
	defer close(hangs)
	hang := func() ([]jose.JSONWebKey, error) { <-hangs; return nil, errors.New("released") }
	s.issuers[i.URL].keys.fetch = hang
	c.ahead = fresh
	began := time.Now()
	wants(t, s, token, "", "")
	if took := time.Since(began); took > 10*patience {
		t.Errorf("it took %s", took)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	s = open(t, c, settings(i))
	s.issuers[i.URL].keys.fetch = hang
	if _, err := s.Viewer(ctx, token); network.CodeOf(err) != network.Unavailable {
		t.Errorf("got %v", err)
	}
}

// TestDiscovery: what an issuer publishes must hold together.
func TestDiscovery(t *testing.T) {
	var self string
	serve := map[string]http.HandlerFunc{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := serve[r.URL.Path]; h != nil {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	defer server.Close()
	self = server.URL
	says := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) }
	}
	right := says(`{"issuer": "` + self + `", "jwks_uri": "` + self + `/keys"}`)
	for _, c := range []struct {
		name       string
		document   http.HandlerFunc
		keys, want string
	}{
		{"nothing there", nil, ``, "answers 404"},
		{"no JSON", says("<html>"), ``, "no JSON of the right form"},
		{"another issuer", says(`{"issuer": "` + self + `/", "jwks_uri": "` + self + `/keys"}`), ``, `it calls itself "` + self + `/"`},
		{"no keys named", says(`{"issuer": "` + self + `"}`), ``, "jwks_uri"},
		{"keys on the open net", says(`{"issuer": "` + self + `", "jwks_uri": "http://id.example.edu/keys"}`), ``, "must begin with https://"},
		{"elsewhere", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/other", http.StatusFound) }, ``, "answers 302"},
		{"no keys", right, `{"keys": []}`, "no public key"},
		{"a secret", right, `{"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "key-1"}]}`, "no public key"},
		{"a private key", right, `{"keys": [{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}`, "no public key"},
		{"much", says(strings.Repeat(" ", maxDocument) + "{}"), ``, "no JSON of the right form"},
	} {
		t.Run(c.name, func(t *testing.T) {
			serve["/.well-known/openid-configuration"], serve["/keys"] = c.document, says(c.keys)
			if keys, err := discover(self); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, %v, want %s", keys, err, c.want)
			}
		})
	}
}
