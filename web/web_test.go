package web_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/web"
)

var examples = []web.Example{
	{Name: "01-first", Title: "The first", Query: "{ __typename }"},
	{Name: "02-second", Title: "第二个", Query: "query Q($n: Int) { __typename }", Variables: json.RawMessage(`{"n": 2}`)},
}

var playground = web.Playground(examples)

func do(t *testing.T, method, target string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	playground.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r io.Reader) string {
	t.Helper()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestPlaygroundServesPageAndAssets(t *testing.T) {
	for _, test := range []struct{ target, contentType, holds string }{
		{"/playground", "text/html; charset=utf-8", "<title>PartnerGraph"},
		{"/playground/", "text/html; charset=utf-8", "<title>PartnerGraph"},
		{"/playground?example=01-first&run=1", "text/html; charset=utf-8", "<title>PartnerGraph"},
		{"/playground/playground.js", "text/javascript; charset=utf-8", "GraphiQL"},
		{"/playground/playground.css", "text/css; charset=utf-8", ".examples"},
		{"/playground/icon.svg", "image/svg+xml", "<svg"},
		{"/playground/vendor/graphiql.js", "text/javascript; charset=utf-8", "graphiql-container"},
		{"/playground/vendor/graphiql.css", "text/css; charset=utf-8", ".graphiql-container"},
		{"/playground/vendor/LICENSES.txt", "text/plain; charset=utf-8", "graphiql 4"},
	} {
		t.Run(test.target, func(t *testing.T) {
			response := do(t, "GET", test.target)
			if response.StatusCode != http.StatusOK {
				t.Fatalf("status %d", response.StatusCode)
			}
			if got := response.Header.Get("Content-Type"); got != test.contentType {
				t.Errorf("Content-Type %q, want %q", got, test.contentType)
			}
			if !strings.Contains(body(t, response.Body), test.holds) {
				t.Errorf("body lacks %q", test.holds)
			}
		})
	}
}

func TestPlaygroundListsExamplesInOrder(t *testing.T) {
	response := do(t, "GET", "/playground/examples.json")
	const want = `[{"name":"01-first","title":"The first","query":"{ __typename }"},` +
		`{"name":"02-second","title":"第二个","query":"query Q($n: Int) { __typename }","variables":{"n":2}}]`
	if got := body(t, response.Body); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := response.Header.Get("Content-Type"); got != "application/json; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
}

func TestPlaygroundWithoutExamplesListsNone(t *testing.T) {
	w := httptest.NewRecorder()
	web.Playground(nil).ServeHTTP(w, httptest.NewRequest("GET", "/playground/examples.json", nil))
	if got := w.Body.String(); got != "[]" {
		t.Errorf("got %s, want []", got)
	}
}

func TestPlaygroundRefusesVariablesThatAreNotJSON(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	web.Playground([]web.Example{{Name: "01-broken", Variables: json.RawMessage(`{`)}})
}

func TestPlaygroundRefusesWhatItDoesNotHave(t *testing.T) {
	for _, test := range []struct {
		method, target string
		status         int
	}{
		{"GET", "/playground/absent.js", http.StatusNotFound},
		{"GET", "/playground/vendor", http.StatusNotFound},
		{"GET", "/playground/vendor/", http.StatusNotFound},
		{"GET", "/playground/../web.go", http.StatusNotFound},
		{"POST", "/playground", http.StatusMethodNotAllowed},
	} {
		response := do(t, test.method, test.target)
		if response.StatusCode != test.status {
			t.Errorf("%s %s: status %d, want %d", test.method, test.target, response.StatusCode, test.status)
		}
	}
}

func TestPlaygroundSetsSecurityHeaders(t *testing.T) {
	for _, target := range []string{"/playground", "/playground/playground.js", "/playground/absent"} {
		header := do(t, "GET", target).Header
		policy := header.Get("Content-Security-Policy")
		for _, directive := range []string{"default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "object-src 'none'"} {
			if !strings.Contains(policy+";", directive+";") {
				t.Errorf("%s: policy %q lacks %q", target, policy, directive)
			}
		}
		if strings.Contains(policy, "unsafe-eval") {
			t.Errorf("%s: policy %q lets scripts evaluate text", target, policy)
		}
		if got := header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options %q", target, got)
		}
	}
}

// The policy forbids scripts in the page; one added there would not run.
func TestPageHasNoInlineScript(t *testing.T) {
	page := body(t, do(t, "GET", "/playground").Body)
	for _, script := range strings.Split(page, "<script")[1:] {
		if !strings.HasPrefix(script, ` type="module" src="/playground/`) {
			t.Errorf("inline script: %.60s", script)
		}
	}
	if strings.Contains(page, "://") {
		t.Error("the page names another address")
	}
}

func TestPlaygroundAssetsAreRevalidated(t *testing.T) {
	first := do(t, "GET", "/playground/playground.js")
	tag := first.Header.Get("ETag")
	if tag == "" || first.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("ETag %q, Cache-Control %q", tag, first.Header.Get("Cache-Control"))
	}
	if again := do(t, "GET", "/playground/playground.js", "If-None-Match", tag); again.StatusCode != http.StatusNotModified {
		t.Errorf("status %d, want 304", again.StatusCode)
	}
	if other := do(t, "GET", "/playground/playground.js", "If-None-Match", `"other"`); other.StatusCode != http.StatusOK {
		t.Errorf("status %d, want 200", other.StatusCode)
	}
}

func TestPlaygroundCompressesForThoseWhoAccept(t *testing.T) {
	const target = "/playground/vendor/graphiql.js"
	plain := do(t, "GET", target)
	for accept, encoding := range map[string]string{
		"":                  "",
		"br":                "",
		"gzip;q=0":          "",
		"gzip; q=0.0, br":   "",
		"gzip":              "gzip",
		"deflate, gzip, br": "gzip",
		"br, gzip;q=0.5":    "gzip",
	} {
		response := do(t, "GET", target, "Accept-Encoding", accept)
		if got := response.Header.Get("Content-Encoding"); got != encoding {
			t.Errorf("Accept-Encoding %q: Content-Encoding %q, want %q", accept, got, encoding)
		}
		if got := response.Header.Get("Vary"); got != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: Vary %q", accept, got)
		}
	}
	packed := do(t, "GET", target, "Accept-Encoding", "gzip")
	if packed.Header.Get("ETag") == plain.Header.Get("ETag") {
		t.Error("two encodings have one ETag")
	}
	r, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if body(t, r) != body(t, plain.Body) {
		t.Error("the compressed content differs")
	}
}
