package server_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/partnergraph/partnergraph/server"
)

// TestHosts: on loopback a server answers to its own names only, or a page could have its name lead here. Where it is
// told its names it answers to those everywhere, and elsewhere to any.
func TestHosts(t *testing.T) {
	loopback, lan := "127.0.0.1:8080", "192.0.2.1:8080"
	here := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	for _, c := range []struct {
		name, at, host string
		hosts          []string
		proxies        []netip.Prefix
		status         int
	}{
		{"localhost", loopback, "localhost:8080", nil, nil, 200},
		{"localhost in capitals", loopback, "LocalHost.", nil, nil, 200},
		{"a name of loopback", loopback, "portal.localhost:8080", nil, nil, 200},
		{"an address", loopback, "127.0.0.1:8080", nil, nil, 200},
		{"an address of six", "[::1]:8080", "[::1]:8080", nil, nil, 200},
		{"no name", loopback, "", nil, nil, 200},
		{"a page's name", loopback, "elsewhere.example:8080", nil, nil, 403},
		{"a page's name at six", "[::1]:8080", "elsewhere.example", nil, nil, 403},
		{"a page's name at four within six", "[::ffff:127.0.0.1]:8080", "elsewhere.example", nil, nil, 403},
		{"a name that begins like ours", loopback, "localhost.elsewhere.example", nil, nil, 403},
		{"a name that begins like an address", loopback, "127.0.0.1.elsewhere.example", nil, nil, 403},
		{"a name that ends like ours", loopback, "notlocalhost", nil, nil, 403},
		{"a name with a line break", loopback, "a\r\nb", nil, nil, 403},
		{"in the open, any name", lan, "portal.example.edu", nil, nil, 200},
		{"a proxy of ours", loopback, "portal.example.edu", nil, here, 200},
		{"a name that it is told", loopback, "Portal.example.edu:443", []string{"portal.example.edu"}, nil, 200},
		{"another beside one that it is told", loopback, "elsewhere.example", []string{"portal.example.edu"}, nil, 403},
		{"another in the open", lan, "elsewhere.example", []string{"portal.example.edu"}, nil, 403},
		{"another by a proxy of ours", loopback, "elsewhere.example", []string{"portal.example.edu"}, here, 403},
		{"an address in the open", lan, "192.0.2.1", []string{"portal.example.edu"}, nil, 200},
	} {
		at, err := net.ResolveTCPAddr("tcp", c.at)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("GET", "/", nil)
		r.Host, r.RemoteAddr = c.host, "127.0.0.1:1234"
		r.Header.Set("X-Forwarded-Host", "localhost") // which anybody may write
		w := httptest.NewRecorder()
		server.Named(c.hosts, c.proxies, http.NotFoundHandler()).ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, at)))
		if got := w.Code; got != c.status && (got != 404 || c.status != 200) {
			t.Errorf("%s: %d, not %d: %s", c.name, got, c.status, w.Body)
		}
	}
}

// TestEveryPathKnowsItsHost: no page of another name learns anything of a server on loopback, by any path or transport.
func TestEveryPathKnowsItsHost(t *testing.T) {
	s := serving(t, nil)
	for _, path := range []string{"/", "/graphql?query={__typename}", "/playground", "/schema.graphql", "/healthz", "/nothing"} {
		r, err := http.NewRequestWithContext(t.Context(), "GET", s.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "elsewhere.example"
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != 403 || response.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %s", path, response.Status)
		}
	}
	_, response, err := websocket.Dial(t.Context(), strings.Replace(s.URL, "http", "ws", 1)+"/graphql", &websocket.DialOptions{Host: "elsewhere.example"})
	if err == nil || response.StatusCode != 403 {
		t.Errorf("a WebSocket: %v", err)
	}
}

func TestHostsAreNames(t *testing.T) {
	if err := server.CheckHosts([]string{"portal.example.edu", "intranet"}); err != nil {
		t.Error(err)
	}
	for _, wrong := range []string{"", "https://portal.example.edu", "portal.example.edu:443", "*.example.edu", "a b"} {
		if server.CheckHosts([]string{wrong}) == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}
