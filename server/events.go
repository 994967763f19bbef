package server

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
)

// events answers a request with events, as the protocol graphql-sse says of distinct connections: one request is one
// operation, each answer an event `next`, and the end an event `complete`.
type events struct{ *streaming }

// heartbeat is how often something is sent, so that nobody on the way takes the connection for dead.
const heartbeat = 12 * time.Second

func (events) Supports(r *http.Request) bool { return isEvents(r) }

func (e events) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	params, err := readParams(r)
	if err != nil {
		refuse(w, r, http.StatusBadRequest, err)
		return
	}
	leave, full := e.places.enter(e.gate.client(r))
	if full != nil {
		full.refuse(w, r)
		return
	}
	defer leave()
	turn, full := e.gate.enter(ctx)
	if full != nil {
		full.refuse(w, r)
		return
	}
	turn = sync.OnceFunc(turn)
	defer turn()
	op, errs := e.operation(ctx, exec, params)
	if errs == nil && r.Method == http.MethodGet && op.Operation.Operation == ast.Mutation {
		refuseByGet(w, r, op)
		return
	}
	control := http.NewResponseController(w)
	_, _ = control.SetReadDeadline(time.Time{}), control.SetWriteDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no") // a proxy that gathers answers would keep events back
	s := &eventStream{w: w, control: control}
	_ = s.send(":\n\n")
	if errs != nil {
		_ = s.next(op.refused(ctx, exec, errs))
		_ = s.send("event: complete\ndata:\n\n")
		return
	}
	if op.Operation.Operation == ast.Subscription {
		turn() // it waits most of its time
		if until := access.From(ctx).Until; !until.IsZero() {
			expiry := time.AfterFunc(time.Until(until), func() {
				_ = s.next(op.refused(ctx, exec, gqlerror.List{gqlerror.Wrap(errExpired)}))
				cancel()
			})
			defer expiry.Stop()
		}
	}
	go s.beat(ctx)
	go func() {
		select {
		case <-stopping(ctx):
			cancel()
		case <-ctx.Done():
		}
	}()
	e.run(ctx, exec, op, s.next)
	_ = s.send("event: complete\ndata:\n\n")
	cancel()
	s.mu.Lock() // until the last beat is over
	defer s.mu.Unlock()
	s.ended = true
}

// errExpired ends what a token has opened: what it said holds no longer.
var errExpired = network.Errorf(network.Unauthenticated, "the token has expired: sign in again, and follow on after your last cursor")

// eventStream writes events, one at a time.
type eventStream struct {
	mu      sync.Mutex
	w       io.Writer
	control *http.ResponseController
	ended   bool
}

func (s *eventStream) next(resp *graphql.Response) error {
	var b bytes.Buffer
	b.WriteString("event: next\ndata: ")
	b.Write(bytes.ReplaceAll(written(resp), []byte("\n"), nil)) // JSON has line breaks between its words only
	b.WriteString("\n\n")
	return s.send(b.String())
}

func (s *eventStream) send(text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return io.ErrClosedPipe
	}
	_ = s.control.SetWriteDeadline(time.Now().Add(sendTime))
	if _, err := io.WriteString(s.w, text); err != nil {
		return err
	}
	return s.control.Flush()
}

func (s *eventStream) beat(ctx context.Context) {
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if s.send(":\n\n") != nil {
				return
			}
		}
	}
}
