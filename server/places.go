package server

import (
	"net/http"
	"sync"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
)

// places are those for what stays open: so many in all, and of them so many for each client.
type places struct {
	all, each int

	mu    sync.Mutex
	taken int
	by    map[string]int // clients that have taken some
}

func newPlaces(s Streams) *places {
	return &places{all: s.Connections, each: s.PerClient, by: map[string]int{}}
}

// enter takes a place for a client; whoever gets one gives it back by leave.
func (p *places) enter(client string) (leave func(), full *overload) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.by[client] >= p.each:
		return nil, &overload{http.StatusTooManyRequests, time.Second, observe.Streams, network.Errorf(network.Unavailable,
			"%d connections of yours are open, as many as one client may have: close one, or ask by POST", p.each)}
	case p.taken >= p.all:
		return nil, &overload{http.StatusServiceUnavailable, time.Second, observe.Streams, network.Errorf(network.Unavailable,
			"%d connections are open, as many as may be: come again in a second, or ask by POST", p.all)}
	}
	p.taken++
	p.by[client]++
	return func() { p.leave(client) }, nil
}

func (p *places) leave(client string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.taken--
	if p.by[client]--; p.by[client] == 0 {
		delete(p.by, client)
	}
}

// open is how many are taken.
func (p *places) open() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.taken
}
