package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
)

// take does what a message asks; false when that ends the connection.
func (c *connection) take(ctx context.Context, m message) bool {
	switch m.Type {
	case "ping":
		return c.send(message{Type: "pong", Payload: m.Payload}) == nil
	case "pong":
		return true
	case "complete":
		c.giveUp(m.ID)
		return true
	case "subscribe":
		return c.subscribe(ctx, m)
	}
	c.close(badRequest, "Unknown message type %.40q", m.Type)
	return false
}

// giveUp ends an operation that the client no longer waits for. Its id may be used again at once.
func (c *connection) giveUp(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.active[id]; s != nil {
		delete(c.active, id)
		s.stop()
	}
}

// subscribe begins an operation; false when the message ends the connection.
func (c *connection) subscribe(ctx context.Context, m message) bool {
	if !c.isOpened() {
		c.close(unauthorized, "Unauthorized")
		return false
	}
	params := &graphql.RawParams{Headers: c.headers}
	if m.ID == "" || len(m.ID) > 100 || decode(bytes.NewReader(m.Payload), params) != nil || hasNoQuery(params) {
		c.close(badRequest, "Invalid message received: subscribe needs an id of at most 100 bytes, and an operation")
		return false
	}
	ctx, stop := context.WithCancel(ctx)
	s := &subscriber{stop}
	c.mu.Lock()
	exists, full := c.active[m.ID] != nil, c.working >= c.Operations
	if !exists && !full {
		c.active[m.ID] = s
		c.working++
	}
	c.mu.Unlock()
	switch {
	case exists:
		stop()
		c.close(subscriberExists, "Subscriber for %s already exists", m.ID)
		return false
	case full:
		stop()
		_, request := c.observer.Begin(ctx, "websocket")
		defer request.End(ctx, "operation")
		return c.refuse(m.ID, request, &overload{reason: observe.Streams, err: network.Errorf(network.Unavailable,
			"%d operations are under way on this connection, as many as may be", c.Operations)}) == nil
	}
	c.running.Go(func() {
		defer stop()
		c.operate(ctx, m.ID, s, params)
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.working--; c.active[m.ID] == s {
			delete(c.active, m.ID)
		}
	})
	return true
}

// operate runs an operation and sends its answers, each as `next`, and then `complete`; or one `error`.
func (c *connection) operate(ctx context.Context, id string, s *subscriber, params *graphql.RawParams) {
	ctx, request := c.observer.Begin(ctx, "websocket")
	request.Viewer = access.From(ctx).Kind()
	defer request.End(ctx, "operation")
	defer func() {
		if panicked := recover(); panicked != nil { // or it would end the server
			c.fail(id, s, c.exec.DispatchError(ctx, gqlerror.List{gqlerror.Wrap(graph.Recover(ctx, panicked))}).Errors)
		}
	}()
	if over := c.gate.count(c.client); over != nil {
		_ = c.refuse(id, request, over)
		return
	}
	leave, full := c.gate.enter(ctx)
	if full != nil {
		_ = c.refuse(id, request, full)
		return
	}
	leave = sync.OnceFunc(leave)
	defer leave()
	op, errs := c.operation(ctx, c.exec, params)
	if errs != nil {
		c.fail(id, s, op.refused(ctx, c.exec, errs).Errors)
		return
	}
	if op.Operation.Operation == ast.Subscription {
		leave() // it waits most of its time
	}
	c.run(graphql.StartOperationTrace(ctx), c.exec, op, func(resp *graphql.Response) error {
		switch failed(op, resp) {
		case "":
		case network.TooSlow:
			c.close(tooMuch, "Too slow: follow again after your last cursor")
			return errEnded
		default:
			c.fail(id, s, resp.Errors)
			return errEnded
		}
		return c.send(message{ID: id, Type: "next", Payload: written(resp)})
	})
	if c.finish(id, s) {
		_ = c.send(message{ID: id, Type: "complete"})
	}
}

// errEnded ends the run of an operation of which all is said.
var errEnded = errors.New("the operation has ended")

// finish ends an operation for the client; false when the client has given it up.
func (c *connection) finish(id string, s *subscriber) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.active[id] != s {
		return false
	}
	delete(c.active, id)
	return true
}

func (c *connection) fail(id string, s *subscriber, errs gqlerror.List) {
	text, err := json.Marshal(errs)
	if err == nil && c.finish(id, s) {
		_ = c.send(message{ID: id, Type: "error", Payload: text})
	}
}

// refuse tells that an operation is not run.
func (c *connection) refuse(id string, request *observe.Request, full *overload) error {
	request.Refused(full.reason)
	request.Failed(full.err.Code)
	text, _ := json.Marshal([]any{map[string]any{"message": full.err.Message, "extensions": map[string]any{"code": full.err.Code}}})
	return c.send(message{ID: id, Type: "error", Payload: text})
}

// watch ends a connection on which nothing happens, one whose other end is gone, and all of them when the server stops.
func (c *connection) watch() {
	tick := time.NewTicker(c.Idle / 2)
	defer tick.Stop()
	for {
		select {
		case <-c.whole.Done():
			return
		case <-stopping(c.whole):
			c.close(websocket.StatusGoingAway, "the server stops")
			return
		case <-tick.C:
		}
		c.mu.Lock()
		idle := c.working == 0 && time.Since(c.last) >= c.Idle
		c.mu.Unlock()
		if idle {
			c.close(websocket.StatusNormalClosure, "nothing happened for %v", c.Idle)
			return
		}
		ping, cancel := context.WithTimeout(c.whole, sendTime)
		err := c.conn.Ping(ping)
		cancel()
		if err != nil {
			c.cancel()
			return
		}
	}
}
