// Package waytest gives tests a way to a server that can be cut and mended, and made bad in between.
package waytest

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/toxics"
	"github.com/rs/zerolog"
)

// Way is a way to a server.
type Way struct {
	*testing.T
	proxy *toxiproxy.Proxy
}

// To opens a way to an address.
func To(t *testing.T, to string) *Way {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	w := &Way{t, toxiproxy.NewProxy(server, t.Name(), "127.0.0.1:0", to)}
	w.Mend()
	t.Cleanup(w.Cut)
	return w
}

// Address is where the way begins; it stays the same.
func (w *Way) Address() string { return w.proxy.Listen }

// Cut ends all connections and takes no new ones.
func (w *Way) Cut() { w.proxy.Stop() }

// Mend lets connections through.
func (w *Way) Mend() {
	w.Helper()
	if err := w.proxy.Start(); err != nil {
		w.Fatal(err)
	}
}

// Spoil does to what the database sends what a toxic of that kind does, and gives what ends it.
func (w *Way) Spoil(kind, attributes string) (heal func()) {
	w.Helper()
	made, err := w.proxy.Toxics.AddToxicJson(strings.NewReader(fmt.Sprintf(`{"type": %q, "attributes": %s}`, kind, attributes)))
	if err != nil {
		w.Fatal(err)
	}
	return func() {
		if err := w.proxy.Toxics.RemoveToxic(context.Background(), made.Name); err != nil {
			w.Error(err)
		}
	}
}

// Abrupt makes a way whose connections end with a reset: such is the toxic even where it does nothing.
func (w *Way) Abrupt() {
	w.Helper()
	if _, err := w.proxy.Toxics.AddToxicJson(strings.NewReader(`{"type": "reset_peer", "toxicity": 0}`)); err != nil {
		w.Fatal(err)
	}
}

// cutOnce is a toxic that ends the first connection that carries more than so many bytes, and no other. It is for one
// way at a time.
type cutOnce struct {
	Bytes int `json:"bytes"`
}

// WasCut tells whether cutOnce has done what it is for.
var WasCut atomic.Bool

func init() { toxics.Register("cut_once", new(cutOnce)) }

func (c *cutOnce) Pipe(stub *toxics.ToxicStub) {
	for carried := 0; ; {
		select {
		case <-stub.Interrupt:
			return
		case chunk := <-stub.Input:
			if chunk == nil {
				stub.Close()
				return
			}
			if carried += len(chunk.Data); carried > c.Bytes && WasCut.CompareAndSwap(false, true) {
				stub.Close()
				return
			}
			stub.Output <- chunk
		}
	}
}
