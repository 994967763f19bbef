package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
)

// Streams bounds what stays open: WebSockets, and answers that are sent as events.
type Streams struct {
	Connections int           // open at a time
	PerClient   int           // of these, of one client
	Operations  int           // under way on one WebSocket
	Message     int64         // bytes that a client sends at a time
	Hello       time.Duration // until a WebSocket is opened by its first message
	Idle        time.Duration // until a WebSocket on which nothing happens is closed
}

// DefaultStreams is what a server has unless it is told otherwise.
var DefaultStreams = Streams{Connections: 500, PerClient: 20, Operations: 20, Message: 64 << 10, Hello: 5 * time.Second, Idle: 2 * time.Minute}

// streaming answers operations one answer after another. A query has one answer; there is time without end for what has
// more.
type streaming struct {
	*asking
	Streams
	gate     *gate
	timeout  time.Duration
	observer *observe.Observer
	places   *places
}

// run runs an operation, and hands over each of its answers until one can't be sent.
func (s *streaming) run(ctx context.Context, exec graphql.GraphExecutor, op asked, next func(*graphql.Response) error) {
	if op.Operation.Operation != ast.Subscription {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.timeout)
		defer cancel()
	}
	responses, ctx := exec.DispatchOperation(ctx, op.OperationContext)
	for {
		resp := responses(ctx)
		if resp == nil || next(op.told(resp)) != nil {
			return
		}
	}
}

// failed gives the code of an answer that says why a subscription can't go on; "" for any other answer.
func failed(op asked, resp *graphql.Response) (code network.Code) {
	if op.Operation.Operation == ast.Subscription && resp.Data == nil && len(resp.Errors) > 0 {
		code, _ = resp.Errors[0].Extensions["code"].(network.Code)
	}
	return code
}

// staysOpen tells whether a request is for a transport that stays open, and that bounds its own time.
func staysOpen(r *http.Request) bool { return isSocket(r) || isEvents(r) }

func isSocket(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

func isEvents(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodPost) && strings.HasPrefix(r.Header.Get("Accept"), "text/event-stream")
}

type stoppingKey struct{}

// stopping is closed when the server stops, so that what stays open ends; nil, and never closed, if nobody tells.
func stopping(ctx context.Context) <-chan struct{} {
	done, _ := ctx.Value(stoppingKey{}).(<-chan struct{})
	return done
}
