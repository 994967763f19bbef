package signin

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// client asks issuers. It follows no redirects: what an issuer publishes stands where it says.
var client = &http.Client{
	Timeout:       5 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// maxDocument is the length of the longest document that is read from an issuer, in bytes.
const maxDocument = 1 << 20

// published asks an issuer where its keys are, and for the keys. Both are asked each time, since both may change.
func published(issuer string, log *slog.Logger) func() ([]jose.JSONWebKey, error) {
	return func() ([]jose.JSONWebKey, error) {
		keys, err := discover(issuer)
		if err != nil {
			log.Warn("an issuer of tokens can't be asked for its keys", "issuer", issuer, "error", err)
		}
		return keys, err
	}
}

func discover(issuer string) ([]jose.JSONWebKey, error) {
	var about struct {
		Issuer string `json:"issuer"`
		Keys   string `json:"jwks_uri"`
	}
	if err := get(strings.TrimSuffix(issuer, "/")+"/.well-known/openid-configuration", &about); err != nil {
		return nil, err
	}
	if about.Issuer != issuer {
		return nil, fmt.Errorf("it calls itself %q: set --issuer to exactly that, if it is right", about.Issuer)
	}
	if err := trustworthy(about.Keys); err != nil {
		return nil, fmt.Errorf("its jwks_uri %q %w", about.Keys, err)
	}
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := get(about.Keys, &set); err != nil {
		return nil, err
	}
	keys := verifying(set.Keys)
	if len(keys) == 0 {
		return nil, errors.New("it publishes no public key that verifies signatures")
	}
	return keys, nil
}

// verifying picks the keys that verify signatures. Others, and kinds of keys that are not known here, may stand beside
// them (RFC 7517, section 5).
func verifying(all []json.RawMessage) []jose.JSONWebKey {
	var out []jose.JSONWebKey
	for _, text := range all {
		var k jose.JSONWebKey
		if k.UnmarshalJSON(text) == nil && k.Valid() && k.IsPublic() && (k.Use == "" || k.Use == "sig") {
			out = append(out, k)
		}
	}
	return out
}

func get(address string, into any) error {
	response, err := client.Get(address)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", address, response.Status)
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, maxDocument))
	if err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s answers no JSON of the right form", address)
	}
	return nil
}
