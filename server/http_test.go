package server_test

import (
	"context"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/server"
)

// TestForeignPages: what a browser sends for a page of another origin is answered only if that origin is listed, or if the
// browser has asked before.
func TestForeignPages(t *testing.T) {
	const portal = "https://portal.example.edu"
	s := serving(t, func(c *server.Config) { c.Origins = []string{portal} })
	host := strings.TrimPrefix(s.URL, "http://")
	for _, c := range []struct {
		name    string
		headers []string
		status  int
	}{
		{"no browser", nil, 200},
		{"an address that was typed", []string{"Sec-Fetch-Site: none"}, 200},
		{"our own page", []string{"Sec-Fetch-Site: same-origin", "Origin: http://" + host}, 200},
		{"our own page in an old browser", []string{"Origin: http://" + host}, 200},
		{"a listed page", []string{"Sec-Fetch-Site: cross-site", "Origin: " + portal}, 200},
		{"another page", []string{"Sec-Fetch-Site: cross-site", "Origin: https://elsewhere.example"}, 403},
		{"another page in an old browser", []string{"Origin: https://elsewhere.example"}, 403},
		{"a page without an origin", []string{"Origin: null"}, 403},
		{"an image or a link", []string{"Sec-Fetch-Site: cross-site"}, 403},
		{"a page of the same site", []string{"Sec-Fetch-Site: same-site"}, 403},
		{"a page that asked first", []string{"Sec-Fetch-Site: cross-site", "Apollo-Require-Preflight: true"}, 200},
	} {
		for _, method := range []string{"GET", "POST"} {
			response, text := send(t, method, s.URL+"/graphql?query={__typename}", query("{ __typename }", nil), c.headers...)
			if response.StatusCode != c.status {
				t.Errorf("%s, by %s: %d, not %d: %s", c.name, method, response.StatusCode, c.status, text)
			}
			allowed := response.Header.Get("Access-Control-Allow-Origin")
			if want := slices.Contains(c.headers, "Origin: "+portal); (allowed == portal) != want || !want && allowed != "" {
				t.Errorf("%s, by %s: allows %q", c.name, method, allowed)
			}
			if response.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s: credentials are allowed", c.name)
			}
		}
	}
}

// TestFormsAreRefused: what a form can send is no request, and neither is text that is not as it says.
func TestFormsAreRefused(t *testing.T) {
	s := serving(t, nil)
	for kind, status := range map[string]int{
		"application/json": 200, "application/json; charset=UTF-8": 200, "application/json; charset=latin1": 415,
		"text/plain": 415, "application/x-www-form-urlencoded": 415, "multipart/form-data; boundary=x": 415, "": 415, "application/graphql": 415,
	} {
		if response, text := send(t, "POST", s.URL+"/graphql", query("{ __typename }", nil), "Content-Type: "+kind); response.StatusCode != status {
			t.Errorf("%q: %d, not %d: %s", kind, response.StatusCode, status, text)
		}
	}
	if response, _ := send(t, "POST", s.URL+"/graphql", "{}", "Content-Encoding: gzip"); response.StatusCode != 415 {
		t.Errorf("compressed: %d", response.StatusCode)
	}
}

// TestStatuses: by the media type that the client asks for.
func TestStatuses(t *testing.T) {
	s := serving(t, func(c *server.Config) { c.Body = 1000 })
	get := "/graphql?query="
	for _, c := range []struct {
		name, method, path, body string
		json, graphql            int
		data                     bool
	}{
		{"a query", "POST", "/graphql", query("{ __typename }", nil), 200, 200, true},
		{"a query by GET", "GET", get + "{__typename}", "", 200, 200, true},
		{"a field that fails", "POST", "/graphql", query("{ nodes(ids: []) { id } }", nil), 200, 200, true},
		{"no document", "POST", "/graphql", query("{", nil), 200, 400, false},
		{"an unknown field", "POST", "/graphql", query("{ nothing }", nil), 200, 400, false},
		{"a wrong variable", "POST", "/graphql", query("query ($id: ID!) { node(id: $id) { id } }", nil), 200, 400, false},
		{"an unknown operation", "POST", "/graphql", `{"query": "query A { __typename }", "operationName": "B"}`, 200, 400, false},
		{"too much", "POST", "/graphql", query("{"+strings.Repeat(" __typename", 21)+"}", nil), 200, 422, false},
		{"nothing by GET", "GET", "/graphql", "", 400, 400, false},
		{"variables that are a list", "GET", get + "{__typename}&variables=[]", "", 400, 400, false},
		{"two objects", "POST", "/graphql", query("{ __typename }", nil) + "{}", 400, 400, false},
		{"a large body", "POST", "/graphql", strings.Repeat(" ", 1001), 413, 413, false},
		{"another method", "DELETE", "/graphql", "", 405, 405, false},
	} {
		for kind, status := range map[string]int{"application/json": c.json, "application/graphql-response+json": c.graphql} {
			response, text := send(t, c.method, s.URL+c.path, c.body, "Accept: "+kind)
			if response.StatusCode != status || response.Header.Get("Content-Type") != kind+"; charset=utf-8" {
				t.Errorf("%s for %s: %d as %s, not %d", c.name, kind, response.StatusCode, response.Header.Get("Content-Type"), status)
			}
			if strings.Contains(text, `"data"`) != c.data {
				t.Errorf("%s: %s", c.name, text)
			}
		}
	}
}

func TestAccept(t *testing.T) {
	s := serving(t, nil)
	for accept, want := range map[string]string{
		"": "application/json", "*/*": "application/json", "application/*": "application/json",
		"application/graphql-response+json, application/json;q=0.9":       "application/graphql-response+json",
		"application/json;q=0.5, application/graphql-response+json;q=0.9": "application/graphql-response+json",
		"application/json, application/graphql-response+json;q=0.9":       "application/json",
		"text/html,application/xhtml+xml,*/*;q=0.8":                       "application/json",
	} {
		if response, _ := send(t, "POST", s.URL+"/graphql", query("{ __typename }", nil), "Accept: "+accept); response.Header.Get("Content-Type") != want+"; charset=utf-8" {
			t.Errorf("%q: %s, not %s", accept, response.Header.Get("Content-Type"), want)
		}
	}
}

// TestPreflight: an origin is compared whole, and headers are named in any order.
func TestPreflight(t *testing.T) {
	s := serving(t, func(c *server.Config) { c.Origins = []string{"https://portal.example.edu"} })
	for _, c := range []struct {
		origin, headers string
		allowed         bool
	}{
		{"https://portal.example.edu", "content-type", true},
		{"https://portal.example.edu", "X-Request-Id, content-type,Authorization, authorization", true},
		{"https://portal.example.edu", "content-type,x-unknown", false},
		{"https://portal.example.edu.evil.example", "content-type", false},
		{"https://evil.example/https://portal.example.edu", "content-type", false},
		{"http://portal.example.edu", "content-type", false},
		{"null", "content-type", false},
	} {
		response, _ := send(t, "OPTIONS", s.URL+"/graphql", "", "Origin: "+c.origin,
			"Access-Control-Request-Method: POST", "Access-Control-Request-Headers: "+c.headers)
		if got := response.Header.Get("Access-Control-Allow-Origin"); (got == c.origin) != c.allowed {
			t.Errorf("%s with %s is answered with %q", c.origin, c.headers, got)
		}
	}
	for _, o := range []string{"*", "https://*.example.edu", "portal.example.edu", "https://portal.example.edu/", "null"} {
		if server.CheckOrigins([]string{o}) == nil {
			t.Errorf("%s passes for an origin", o)
		}
	}
}

// TestHeaders: every answer has them, also that of a path that isn't there.
func TestHeaders(t *testing.T) {
	s := serving(t, nil)
	for _, path := range []string{"/", "/graphql?query={__typename}", "/graphql", "/playground", "/schema.graphql", "/healthz", "/nothing"} {
		response, _ := send(t, "GET", s.URL+path, "")
		for _, name := range []string{"Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "Cross-Origin-Resource-Policy", "X-Request-Id"} {
			if response.Header.Get(name) == "" {
				t.Errorf("%s has no %s", path, name)
			}
		}
		if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", path, policy)
		}
	}
}

// TestSlowSendersAreCut: whoever takes too long over headers or body loses the connection.
func TestSlowSendersAreCut(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	at := make(chan net.Addr, 1)
	ended := make(chan error, 1)
	c := serving(t, nil).Config
	go func() {
		ended <- server.Serve(ctx, "127.0.0.1:0", c.Handler, time.Second, func(a net.Addr) { at <- a })
	}()
	address := (<-at).String()
	for name, sent := range map[string]string{
		"headers": "POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
		"body":    "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			began := time.Now()
			_, _ = conn.Write([]byte(sent))
			go func() { // a letter a second
				for range 30 {
					time.Sleep(time.Second)
					if _, err := conn.Write([]byte("x")); err != nil {
						return
					}
				}
			}()
			answer := make([]byte, 100)
			n, _ := conn.Read(answer)
			if took := time.Since(began); took > 12*time.Second {
				t.Errorf("cut after %v", took)
			}
			if name == "body" && !strings.HasPrefix(string(answer[:n]), "HTTP/1.1 408") {
				t.Errorf("answered with %q", answer[:n])
			}
		})
	}
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// TestManyRequests: as many as may be are answered, and the others are told at once when to come again.
func TestManyRequests(t *testing.T) {
	s := serving(t, func(c *server.Config) {
		c.Reads.Store = empty{after: 500 * time.Millisecond}
		c.Traffic = server.Traffic{Concurrent: 4, Waiting: 2}
	})
	var all sync.WaitGroup
	var answered, refused atomic.Int64
	for range 40 {
		all.Go(func() {
			began := time.Now()
			response, text := send(t, "POST", s.URL+"/graphql", query("{ university(id: 1) { id } }", nil))
			switch {
			case response.StatusCode == 200:
				answered.Add(1)
			case response.StatusCode == 503 && response.Header.Get("Retry-After") == "1" && strings.Contains(text, `"code":"UNAVAILABLE"`):
				refused.Add(1)
				if took := time.Since(began); took > 400*time.Millisecond { // with what the client needs
					t.Errorf("refused after %v", took)
				}
			default:
				t.Errorf("%d %s", response.StatusCode, text)
			}
		})
	}
	all.Wait()
	if answered.Load() < 4 || refused.Load() < 30 {
		t.Errorf("%d answered, %d refused", answered.Load(), refused.Load())
	}
}
