// Package server is the HTTP side of PartnerGraph: transports, cross-origin rules, deadlines, health, logs.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"go.opentelemetry.io/otel/trace"

	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/bookmark"
	"github.com/partnergraph/partnergraph/internal/limits"
	"github.com/partnergraph/partnergraph/internal/observe"
	"github.com/partnergraph/partnergraph/web"
)

// Config is all that a server needs.
type Config struct {
	Reads    *graph.Reads
	Office   graph.Office                // nil: nothing can be changed
	Ready    func(context.Context) error // tells whether people should be sent here; its text is shown
	Schema   string                      // the text of the contract
	Examples []web.Example
	Origins  []string // that may call from a browser; none by default
	Hosts    []string // that it is known as; see Named
	Timeout  time.Duration
	SignIn   SignIn        // nil: no tokens are taken
	Limits   limits.Limits // of what a request asks; limits.Default if none is set
	Body     int64         // bytes of a request; 256 KiB if 0
	Traffic  Traffic
	Streams  Streams       // DefaultStreams if none is set
	Seal     bookmark.Seal // of bookmarks: the same in all instances
	Hello    Hello         // who may open a WebSocket; nil: everybody
	// Operations are all that is served; nil: whatever is asked.
	Operations Operations
	Log        *slog.Logger
	Tracer     trace.Tracer     // nil: nothing is traced
	Metrics    *observe.Metrics // nil: nothing is counted
	Slow       time.Duration    // from which on the log tells how an operation was answered; never if 0
}

// DefaultBody is how many bytes a request may have unless the server is told otherwise.
const DefaultBody = 256 << 10

// Handler answers every path.
func Handler(c Config) http.Handler {
	c.Log = slog.New(byRequest{c.Log.Handler()})
	if c.Limits == (limits.Limits{}) {
		c.Limits = limits.Default
	}
	if c.Body == 0 {
		c.Body = DefaultBody
	}
	if c.Streams == (Streams{}) {
		c.Streams = DefaultStreams
	}
	if c.Hello == nil && c.SignIn != nil {
		c.Hello = helloOf(c.SignIn)
	}
	c.Metrics.Know(c.Operations.names())
	observer := &observe.Observer{Log: c.Log, Tracer: c.Tracer, Metrics: c.Metrics, Slow: c.Slow}
	mux := http.NewServeMux()
	mux.Handle("/graphql", signedIn(c.SignIn, c.Log, c.graphQL(graph.Executable(c.Reads, c.Office), observer)))
	playground := web.Playground(c.Examples)
	mux.Handle("/playground", playground)
	mux.Handle("/playground/", playground)
	mux.HandleFunc("GET /schema.graphql", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte(c.Schema))
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("alive\n")) })
	mux.HandleFunc("GET /readyz", c.ready)
	mux.Handle("GET /{$}", http.RedirectHandler("/playground", http.StatusFound))
	return watched(observer, secured(Named(c.Hosts, c.Traffic.Proxies, crossOrigin(c.Origins, mux))))
}

// graphQL answers what is asked of a schema, by all transports.
func (c Config) graphQL(schema graphql.ExecutableSchema, observer *observe.Observer) http.Handler {
	asking := &asking{newDocuments(schema.Schema(), c.Limits), newPersisted(c.Operations)}
	gate := newGate(c.Traffic)
	streaming := &streaming{asking: asking, Streams: c.Streams, gate: gate, timeout: c.Timeout, observer: observer, places: newPlaces(c.Streams)}
	gauges(c.Metrics, gate, streaming)
	h := handler.New(schema)
	h.AddTransport(transport.Options{})
	h.AddTransport(sockets{streaming, c.Hello})
	h.AddTransport(events{streaming})
	h.AddTransport(direct{asking})
	h.SetQueryCache(asking.documents)
	h.SetParserTokenLimit(c.Limits.Tokens)
	h.Use(extension.Introspection{})
	h.AroundResponses(bookmarking(c.Seal))
	h.SetErrorPresenter(graph.Presenter(c.Log))
	h.SetRecoverFunc(graph.Recover)
	return &guard{c.Timeout, c.Body, c.Origins, gate, bookmarked(c.Seal, h)}
}

// gauges has it shown how much is asked at the moment.
func gauges(m *observe.Metrics, gate *gate, streaming *streaming) {
	m.Gauge("requests_in_work", "Requests that are answered at the moment, of those that --max-concurrent bounds.",
		func() float64 { return float64(len(gate.turns)) })
	m.Gauge("requests_waiting", "Requests that wait for their turn.", func() float64 { return float64(gate.waiting.Load()) })
	m.Gauge("streams_open", "WebSockets and event streams that are open.", func() float64 { return float64(streaming.places.open()) })
}

// Free finds out early whether an address can be listened on.
func Free(address string) error {
	listener, err := listen(address)
	if err != nil {
		return err
	}
	return listener.Close()
}

func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("another program listens on %s: stop it, or choose another address", address)
	}
	if err != nil {
		return nil, fmt.Errorf("can't listen on %s: %w", address, err)
	}
	return listener, nil
}

// Serve answers on an address until ctx ends; then it lets the requests under way finish, for at most 10 seconds.
func Serve(ctx context.Context, address string, h http.Handler, timeout time.Duration, started func(net.Addr)) error {
	listener, err := listen(address)
	if err != nil {
		return err
	}
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      timeout + 15*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		BaseContext: func(net.Listener) context.Context {
			return context.WithValue(context.Background(), stoppingKey{}, ctx.Done())
		},
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		stopped <- s.Shutdown(ctx)
	}()
	started(listener.Addr())
	if err := s.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}
