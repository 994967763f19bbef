package server

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
)

// Traffic bounds how much is asked at a time. The zero value bounds nothing.
type Traffic struct {
	Concurrent int            // requests in work at a time; any number if 0
	Waiting    int            // requests that wait a moment for their turn
	Rate       float64        // requests a second of one client; any number if 0
	Burst      int            // requests that a client may save up
	Proxies    []netip.Prefix // whose X-Forwarded-For is believed
}

// DefaultTraffic is what serve has unless it is told otherwise.
var DefaultTraffic = Traffic{Concurrent: 64, Waiting: 256, Rate: 50, Burst: 200}

const (
	// patience is how long a request waits for its turn: short enough that a refusal comes at once.
	patience = 30 * time.Millisecond
	// clients is how many are remembered, those seen last; a forgotten one begins with all that it may save up.
	clients = 10_000
)

// gate lets requests in as Traffic says.
type gate struct {
	Traffic
	turns   chan struct{} // one for each request in work; nil: any number
	waiting atomic.Int64
	buckets *lru.Cache[string, *rate.Limiter]
}

func newGate(t Traffic) *gate {
	buckets, _ := lru.New[string, *rate.Limiter](clients) // fails for a size of 0 only
	g := &gate{Traffic: t, buckets: buckets}
	if t.Concurrent > 0 {
		g.turns = make(chan struct{}, t.Concurrent)
	}
	return g
}

// overload is why a request is not let in now, and when it may be.
type overload struct {
	status int
	after  time.Duration
	reason observe.Reason
	err    *network.Error
}

func (o *overload) refuse(w http.ResponseWriter, r *http.Request) {
	observe.From(r.Context()).Refused(o.reason)
	w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(o.after.Seconds()))))
	refuse(w, r, o.status, o.err)
}

// count counts a request of a client.
func (g *gate) count(client string) *overload {
	if g.Rate <= 0 {
		return nil
	}
	bucket, known := g.buckets.Get(client)
	if !known {
		bucket = rate.NewLimiter(rate.Limit(g.Rate), max(g.Burst, 1))
		if other, came, _ := g.buckets.PeekOrAdd(client, bucket); came {
			bucket = other
		}
	}
	taken := bucket.Reserve()
	after := taken.Delay()
	if after == 0 {
		return nil
	}
	taken.Cancel()
	return &overload{http.StatusTooManyRequests, after, observe.Rate, network.Errorf(network.Unavailable,
		"more requests than %s a second: ask again in %d s", strconv.FormatFloat(g.Rate, 'f', -1, 64), int(math.Ceil(after.Seconds())))}
}

// enter waits a moment for a turn; whoever gets one gives it back by leave.
func (g *gate) enter(ctx context.Context) (leave func(), full *overload) {
	if g.turns == nil {
		return func() {}, nil
	}
	leave = func() { <-g.turns }
	select {
	case g.turns <- struct{}{}:
		return leave, nil
	default:
	}
	full = &overload{http.StatusServiceUnavailable, time.Second, observe.Busy, network.Errorf(network.Unavailable,
		"%d requests are in work, as many as may be: ask again in a second", g.Concurrent)}
	if g.waiting.Add(1) > int64(g.Waiting) {
		g.waiting.Add(-1)
		return nil, full
	}
	defer g.waiting.Add(-1)
	until := time.NewTimer(patience)
	defer until.Stop()
	select {
	case g.turns <- struct{}{}:
		return leave, nil
	case <-until.C:
	case <-ctx.Done():
	}
	return nil, full
}

// client names who sends a request, for what each may ask: the address, or that which our own proxies name.
func (g *gate) client(r *http.Request) string {
	client := peer(r)
	if !client.IsValid() {
		return r.RemoteAddr
	}
	var named []string
	if len(g.Proxies) > 0 {
		named = strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	}
	// Each proxy adds whom it heard from at the end, so what is left of the last proxy of ours is hearsay.
	for i := len(named) - 1; i >= 0 && within(g.Proxies, client); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(named[i]))
		if err != nil {
			break
		}
		client = before.Unmap()
	}
	if client.Is6() { // a client has all addresses of a network
		if p, err := client.Prefix(64); err == nil {
			return p.String()
		}
	}
	return client.String()
}

// peer is the address that a request comes from; none where that isn't known.
func peer(r *http.Request) netip.Addr {
	at, _ := netip.ParseAddrPort(r.RemoteAddr)
	return at.Addr().Unmap()
}

// within tells whether an address is among some.
func within(these []netip.Prefix, a netip.Addr) bool {
	return slices.ContainsFunc(these, func(p netip.Prefix) bool { return p.Contains(a) })
}

// ParseProxies reads addresses and networks, such as 10.0.0.0/8.
func ParseProxies(texts []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range texts {
		p, err := netip.ParsePrefix(text)
		if a, single := netip.ParseAddr(text); single == nil {
			p, err = a.Prefix(a.BitLen())
		}
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxies: %q is neither an address nor a network such as 10.0.0.0/8", text)
		}
		out = append(out, p)
	}
	return out, nil
}
