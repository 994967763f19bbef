package bookmark

import (
	"context"
	"sync"
)

type chainKey struct{}

// chain is what a request goes by: the bookmark that it brought, and from its first write on that of its last.
type chain struct {
	mu    sync.Mutex
	last  Bookmark
	wrote bool
}

// With is ctx for a request that brings a bookmark. Its reads see at least that state.
func With(ctx context.Context, given Bookmark) context.Context {
	return context.WithValue(ctx, chainKey{}, &chain{last: given})
}

// Last is what a statement of the request must see; none in a context that brings nothing.
func Last(ctx context.Context) Bookmark {
	c, _ := ctx.Value(chainKey{}).(*chain)
	if c == nil {
		return Bookmark{}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last
}

// Wrote notes the bookmark of a write that saw Last.
func Wrote(ctx context.Context, b Bookmark) {
	if c, _ := ctx.Value(chainKey{}).(*chain); c != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.last, c.wrote = b, true
	}
}

// Written is the bookmark to give to the client: that of the last write of the request, if it wrote.
func Written(ctx context.Context) (b Bookmark, wrote bool) {
	if c, _ := ctx.Value(chainKey{}).(*chain); c != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.last, c.wrote
	}
	return Bookmark{}, false
}
