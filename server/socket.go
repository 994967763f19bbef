package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"golang.org/x/time/rate"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/observe"
)

// protocol is what is spoken on a WebSocket.
const protocol = "graphql-transport-ws"

// The codes that the protocol closes a WebSocket with.
const (
	badRequest       websocket.StatusCode = 4400
	unauthorized     websocket.StatusCode = 4401
	forbidden        websocket.StatusCode = 4403
	otherProtocol    websocket.StatusCode = 4406
	helloTimeout     websocket.StatusCode = 4408
	subscriberExists websocket.StatusCode = 4409
	tooMuch          websocket.StatusCode = 4429
)

// How many messages a client may send on one WebSocket a second, and save up.
const (
	messageRate  = 50
	messageBurst = 200
)

// sendTime is how long a client may take to receive something.
const sendTime = 10 * time.Second

// Hello decides who may open a WebSocket by what its first message says, and what its operations know of that.
type Hello func(ctx context.Context, payload map[string]any) (context.Context, error)

// sockets answers on WebSockets.
type sockets struct {
	*streaming
	hello Hello
}

func (sockets) Supports(r *http.Request) bool { return isSocket(r) }

func (s sockets) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	client := s.gate.client(r)
	leave, full := s.places.enter(client)
	if full != nil {
		full.refuse(w, r)
		return
	}
	defer leave()
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols:       []string{protocol},
		InsecureSkipVerify: true, // the guard has looked at the origin
	})
	if err != nil {
		return // answered by Accept
	}
	observe.From(r.Context()).Carries()
	conn.SetReadLimit(s.Message)
	ctx, cancel := context.WithCancel(r.Context())
	c := &connection{
		sockets: s, exec: exec, conn: conn, client: client, headers: r.Header,
		whole: ctx, cancel: cancel, active: map[string]*subscriber{}, last: time.Now(),
	}
	defer c.end()
	if conn.Subprotocol() != protocol {
		c.close(otherProtocol, "Subprotocol not acceptable")
		return
	}
	go c.watch()
	c.read(ctx)
}

// connection is one WebSocket.
type connection struct {
	sockets
	exec    graphql.GraphExecutor
	conn    *websocket.Conn
	client  string
	headers http.Header
	whole   context.Context // ends with the connection
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu      sync.Mutex
	opened  bool // by the client's first message, which was acknowledged
	active  map[string]*subscriber
	working int       // operations that have not ended, of which the client may have given up some
	last    time.Time // of a message
}

// subscriber is an operation that the client waits for.
type subscriber struct{ stop context.CancelFunc }

// message is what both sides send.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// end waits until all that was under way has ended.
func (c *connection) end() {
	c.cancel()
	c.running.Wait()
	_ = c.conn.CloseNow()
}

func (c *connection) close(code websocket.StatusCode, format string, args ...any) {
	reason := fmt.Sprintf(format, args...)
	_ = c.conn.Close(code, reason[:min(len(reason), 120)]) // a frame has room for 123 bytes
	c.cancel()
}

// send sends a message within the time of the connection, not of an operation: a write that is cut off closes it.
func (c *connection) send(m message) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.whole, sendTime)
	defer cancel()
	return c.conn.Write(ctx, websocket.MessageText, text)
}

// read reads messages until the connection ends.
func (c *connection) read(ctx context.Context) {
	hello := time.AfterFunc(c.Hello, func() {
		if !c.isOpened() {
			c.close(helloTimeout, "Connection initialisation timeout")
		}
	})
	defer hello.Stop()
	messages := rate.NewLimiter(messageRate, messageBurst)
	for greeted := false; ; {
		kind, text, err := c.conn.Read(ctx)
		if err != nil { // too long a message has closed the connection by itself
			return
		}
		c.mu.Lock()
		c.last = time.Now()
		c.mu.Unlock()
		var m message
		switch {
		case !messages.Allow():
			c.close(websocket.StatusPolicyViolation, "more messages than %d a second", messageRate)
			return
		case kind != websocket.MessageText || json.Unmarshal(text, &m) != nil:
			c.close(badRequest, "Invalid message received")
			return
		case m.Type == "connection_init" && greeted:
			c.close(tooMuch, "Too many initialisation requests")
			return
		case m.Type == "connection_init":
			greeted = true
			if ctx, err = c.greet(ctx, m.Payload); err != nil {
				return
			}
		case !c.take(ctx, m):
			return
		}
	}
}

// greet opens the connection for operations, if its client may.
func (c *connection) greet(ctx context.Context, payload json.RawMessage) (context.Context, error) {
	var said map[string]any
	if len(payload) > 0 {
		if err := json.Unmarshal(payload, &said); err != nil {
			c.close(badRequest, "The payload of connection_init is no object")
			return ctx, err
		}
	}
	if c.hello != nil {
		known, err := c.hello(ctx, said)
		if err != nil {
			c.close(forbidden, "Forbidden")
			return ctx, err
		}
		ctx = known
	}
	c.endWith(access.From(ctx))
	c.mu.Lock()
	c.opened = true
	c.mu.Unlock()
	return ctx, c.send(message{Type: "connection_ack"})
}

// endWith closes the connection when the token of who opened it expires: what it said holds no longer.
func (c *connection) endWith(v access.Viewer) {
	if v.Until.IsZero() {
		return
	}
	expiry := time.AfterFunc(time.Until(v.Until), func() { c.close(forbidden, "The token has expired") })
	context.AfterFunc(c.whole, func() { expiry.Stop() })
}

func (c *connection) isOpened() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.opened
}
