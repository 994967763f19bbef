package acceptance

import (
	"io"
	"net"
	"sync"
	"testing"
)

// way is a way to a server that can be cut and mended.
type way struct {
	*testing.T
	address, to string

	mu       sync.Mutex
	listener net.Listener
	open     []net.Conn
}

func cutTo(t *testing.T, to string) *way {
	t.Helper()
	w := &way{T: t, to: to, address: "127.0.0.1:0"}
	w.mend()
	t.Cleanup(w.cut)
	return w
}

// mend lets connections through, at the same address as before.
func (w *way) mend() {
	w.Helper()
	listener, err := net.Listen("tcp", w.address)
	if err != nil {
		w.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.listener, w.address = listener, listener.Addr().String()
	go w.carry(listener)
}

func (w *way) carry(listener net.Listener) {
	for {
		near, err := listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", w.to)
		if err != nil {
			_ = near.Close()
			continue
		}
		w.mu.Lock()
		w.open = append(w.open, near, far)
		w.mu.Unlock()
		go func() { _, _ = io.Copy(far, near) }()
		go func() { _, _ = io.Copy(near, far) }()
	}
}

// cut ends all connections and takes no new ones.
func (w *way) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.listener.Close()
	for _, c := range w.open {
		_ = c.Close()
	}
	w.open = nil
}
