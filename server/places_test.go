package server

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// crowded runs a server on which a client may keep two connections open; a proxy says who the client is.
func crowded(t *testing.T) (*counting, *httptest.Server) {
	return count(t, func(c *Config) {
		c.Streams.PerClient = 2
		c.Traffic.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	})
}

// dial opens a WebSocket as a client; its status is 101 if that goes well.
func dial(t *testing.T, url, client string) (*websocket.Conn, *http.Response) {
	t.Helper()
	conn, response, err := websocket.Dial(t.Context(), strings.Replace(url, "http", "ws", 1)+"/graphql", &websocket.DialOptions{
		Subprotocols: []string{protocol}, HTTPHeader: http.Header{"X-Forwarded-For": {client}},
	})
	if response == nil {
		t.Fatal(err)
	}
	if err == nil {
		t.Cleanup(func() { _ = conn.CloseNow() })
	}
	return conn, response
}

// TestOneClientLeavesRoomForOthers: past the connections of one client, that client is refused, and no other; a connection
// that is closed makes room.
func TestOneClientLeavesRoomForOthers(t *testing.T) {
	_, s := crowded(t)
	const one, another = "192.0.2.1", "192.0.2.2"
	first, _ := dial(t, s.URL, one)
	_, second := dial(t, s.URL, one)
	if second.StatusCode != http.StatusSwitchingProtocols {
		t.Fatal(second.Status)
	}
	if _, third := dial(t, s.URL, one); third.StatusCode != http.StatusTooManyRequests || third.Header.Get("Retry-After") != "1" {
		t.Errorf("a third WebSocket: %s %v", third.Status, third.Header)
	}
	events := func(client string) int {
		r, err := http.NewRequestWithContext(t.Context(), "GET", s.URL+"/graphql?query={hello}", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header = http.Header{"Accept": {"text/event-stream"}, "X-Forwarded-For": {client}}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		return response.StatusCode
	}
	if status := events(one); status != http.StatusTooManyRequests {
		t.Errorf("an event stream beside two WebSockets: %d", status)
	}
	if status := events(another); status != http.StatusOK {
		t.Errorf("an event stream of another client: %d", status)
	}
	if _, other := dial(t, s.URL, another); other.StatusCode != http.StatusSwitchingProtocols {
		t.Errorf("a WebSocket of another client: %s", other.Status)
	}
	_ = first.Close(websocket.StatusNormalClosure, "")
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if _, again := dial(t, s.URL, one); again.StatusCode == http.StatusSwitchingProtocols {
			break
		} else if time.Since(began) > 5*time.Second {
			t.Fatalf("one is closed, and another refused: %s", again.Status)
		}
	}
}

// TestARefusedClientComesAgain: graphql-ws takes the refusal for one that passes.
func TestARefusedClientComesAgain(t *testing.T) {
	es, s := count(t, func(c *Config) { c.Streams.PerClient = 2 })
	es.run(t, s, "crowded.mjs", "2")
}

// TestPlacesAreGivenBack: nothing is kept of a client that has left.
func TestPlacesAreGivenBack(t *testing.T) {
	p := newPlaces(Streams{Connections: 3, PerClient: 2})
	var leaves []func()
	for _, c := range []struct {
		client string
		status int
	}{{"a", 0}, {"a", 0}, {"a", 429}, {"b", 0}, {"c", 503}, {"b", 503}, {"a", 429}} {
		leave, full := p.enter(c.client)
		if leave != nil {
			leaves = append(leaves, leave)
		}
		if full == nil != (c.status == 0) || full != nil && full.status != c.status {
			t.Errorf("%s: %v, not %d", c.client, full, c.status)
		}
	}
	if p.open() != 3 {
		t.Errorf("%d are open", p.open())
	}
	for _, leave := range leaves {
		leave()
	}
	if p.open() != 0 || len(p.by) != 0 {
		t.Errorf("%d are open, of %v", p.open(), p.by)
	}
	if _, full := p.enter("c"); full != nil {
		t.Error(full.err)
	}
}
