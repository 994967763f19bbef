package server

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestClients: who a request is counted for.
func TestClients(t *testing.T) {
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.7:1234", "", "192.0.2.7"},
		{"[::ffff:192.0.2.7]:1234", "", "192.0.2.7"},
		{"[2001:db8:1:2:3:4:5:6]:1234", "", "2001:db8:1:2::/64"},
		{"192.0.2.7:1234", "198.51.100.1", "192.0.2.7"}, // anybody may write the header
		{"10.0.0.1:1234", "198.51.100.1", "198.51.100.1"},
		{"10.0.0.1:1234", "203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"},
		{"10.0.0.1:1234", "nonsense", "10.0.0.1"},
		{"10.0.0.1:1234", "", "10.0.0.1"},
	} {
		g := newGate(Traffic{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
		r := httptest.NewRequest("GET", "/graphql", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := g.client(r); got != c.want {
			t.Errorf("%s with %q is %s, not %s", c.remote, c.forwarded, got, c.want)
		}
	}
	g := newGate(Traffic{})
	r := httptest.NewRequest("GET", "/graphql", nil)
	r.RemoteAddr = "192.0.2.7:1234"
	r.Header.Set("X-Forwarded-For", "198.51.100.1")
	if got := g.client(r); got != "192.0.2.7" {
		t.Errorf("without a trusted proxy it is %s", got)
	}
}

func TestRate(t *testing.T) {
	g := newGate(Traffic{Rate: 2, Burst: 3})
	for i := range 3 {
		if over := g.count("a"); over != nil {
			t.Fatalf("request %d is refused: %v", i, over.err)
		}
	}
	over := g.count("a")
	if over == nil || over.status != http.StatusTooManyRequests {
		t.Fatalf("one too many is answered with %v", over)
	}
	w := httptest.NewRecorder()
	over.refuse(w, httptest.NewRequest("POST", "/graphql", nil))
	if w.Code != 429 || w.Header().Get("Retry-After") != "1" || !strings.Contains(w.Body.String(), "more requests than 2 a second: ask again in 1 s") {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	if over := g.count("b"); over != nil {
		t.Errorf("another client is refused: %v", over.err)
	}
	time.Sleep(600 * time.Millisecond)
	if over := g.count("a"); over != nil {
		t.Errorf("refused after a while as well: %v", over.err)
	}
	for i := range 3 * clients {
		g.count(fmt.Sprint(i))
	}
	if n := g.buckets.Len(); n != clients {
		t.Errorf("%d clients are remembered", n)
	}
}

// TestTurns: as many as may be are in work, some wait a moment, and all others are refused at once.
func TestTurns(t *testing.T) {
	g := newGate(Traffic{Concurrent: 3, Waiting: 2})
	var leaves []func()
	for range 3 {
		leave, full := g.enter(context.Background())
		if full != nil {
			t.Fatal(full.err)
		}
		leaves = append(leaves, leave)
	}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			began := time.Now()
			leave, full := g.enter(context.Background())
			if full == nil {
				leave()
				t.Error("a fourth is in work")
			} else if full.status != 503 {
				t.Errorf("refused with %d", full.status)
			}
			if took := time.Since(began); took > time.Second { // 30 ms, and what a busy machine adds
				t.Errorf("refused after %v", took)
			}
		})
	}
	all.Wait()
	go func() {
		time.Sleep(5 * time.Millisecond)
		leaves[0]()
	}()
	if _, full := g.enter(context.Background()); full != nil {
		t.Errorf("who waits a moment is refused: %v", full.err)
	}
	if n := g.waiting.Load(); n != 0 {
		t.Errorf("%d still wait", n)
	}
}
