// Package observe watches requests as an operator sees them: who asked what, what was done for it, and how long that took.
// It tells a log, metrics and a tracer, and nobody of them a value that a client sent.
package observe

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
	"go.opentelemetry.io/otel/attribute"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Observer watches requests.
type Observer struct {
	Log     *slog.Logger
	Tracer  trace.Tracer  // nil: nothing is traced
	Metrics *Metrics      // nil: nothing is counted
	Slow    time.Duration // from which on the log is told how an operation was answered; never if 0
}

// Request is what is known of one request. A nil Request watches nothing.
type Request struct {
	ID     string
	Viewer string // the kind of who asks
	Status int    // of HTTP

	observer  *Observer
	began     time.Time
	transport string // "" for what asks no operation
	spans     spans
	document  string // the hash of what was understood; "" for nothing
	operation string // its name there
	kind      string // query, mutation or subscription
	cost      int
	reason    Reason

	mu         sync.Mutex // fields are answered beside each other
	codes      []network.Code
	statements []statement
}

// Plan is what a statement was made of.
type Plan interface {
	// Outline draws it, without a value that a client sent.
	Outline() string
}

// statement is one that was run for a request.
type statement struct {
	plan Plan
	text string // it holds no values
	took time.Duration
}

type requestKey struct{}

// From gives the request that is watched in a context; nil for none.
func From(ctx context.Context) *Request {
	r, _ := ctx.Value(requestKey{}).(*Request)
	return r
}

// Begin begins to watch a request that came by a transport; "" for one that asks no operation.
func (o *Observer) Begin(ctx context.Context, transport string) (context.Context, *Request) {
	r := &Request{ID: uuid.NewString(), Viewer: "public", observer: o, began: time.Now(), transport: transport}
	return context.WithValue(ctx, requestKey{}, r), r
}

// Carries notes that a request turned out to carry others, which are watched each for itself.
func (r *Request) Carries() {
	if r != nil {
		r.transport = ""
	}
}

// Asks notes which operation is asked, by the hash of its document and its name there, of which kind it is, and what it costs.
func (r *Request) Asks(document, name, kind string, cost int) {
	if r != nil {
		r.document, r.operation, r.kind, r.cost = document, shortened(name), kind, cost
	}
}

// longestName is how much of an operation's name is told.
const longestName = 100

func shortened(name string) string { return name[:min(len(name), longestName)] }

// Failed notes an error that the client gets.
func (r *Request) Failed(code network.Code) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.codes, code) {
		r.codes = append(r.codes, code)
	}
}

// Reason is why a request was refused for how much it asks.
type Reason string

// The reasons.
const (
	Limits  Reason = "limits"  // it asks for too much
	Rate    Reason = "rate"    // its client asks too often
	Busy    Reason = "busy"    // others are in work
	Streams Reason = "streams" // others stay open
)

// Refused notes why a request was refused. One of the code TOO_COMPLEX needs no reason.
func (r *Request) Refused(why Reason) {
	if r != nil {
		r.reason = why
	}
}

// Planned notes how a root field was planned: anew, or as before.
func (r *Request) Planned(began time.Time, field string, known bool, err error) {
	if r == nil {
		return
	}
	if err == nil {
		r.observer.Metrics.planned(known)
	}
	if r.spans.operation != nil {
		r.step(began, time.Now(), "plan", trace.SpanKindInternal, err,
			attribute.String("partnergraph.field", field), attribute.Bool("partnergraph.plan.known", known))
	}
}

// Ran notes a statement that was run, and the plan that it was made of; nil for one that code wrote. Its time is that of all its tries, and of the
// wait for a connection.
func (r *Request) Ran(began time.Time, plan Plan, text string, err error) {
	if r == nil {
		return
	}
	took := time.Since(began)
	r.observer.Metrics.ran(took, codeOf(err))
	if r.spans.operation != nil {
		r.step(began, began.Add(took), "statement", trace.SpanKindClient, err, semconv.DBSystemNameNeo4j, semconv.DBQueryText(text))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.statements = append(r.statements, statement{plan, text, took})
}

// End ends the watch, and writes a line about the request.
func (r *Request) End(ctx context.Context, line string, more ...slog.Attr) {
	took := time.Since(r.began)
	r.observer.Metrics.request(r, took)
	r.spans.end(r)
	if slow := r.observer.Slow; slow > 0 && took >= slow && r.document != "" {
		r.observer.Log.LogAttrs(ctx, slog.LevelWarn, "slow operation", append(r.attrs(took),
			slog.String("document", r.document), slog.Any("run", r.told()))...)
	}
	r.observer.Log.LogAttrs(ctx, slog.LevelInfo, line, append(r.attrs(took), more...)...)
}

// attrs are what the log is told.
func (r *Request) attrs(took time.Duration) []slog.Attr {
	out := append(make([]slog.Attr, 0, 12), slog.String("viewer", r.Viewer), slog.Float64("ms", millis(took)))
	if r.document != "" {
		out = append(out, slog.String("operation", r.operation), slog.Int("cost", r.cost), slog.Int("statements", len(r.statements)))
	}
	if r.Status != 0 {
		out = append(out, slog.Int("status", r.Status))
	}
	if len(r.codes) > 0 {
		out = append(out, slog.Any("codes", r.codes))
	}
	return out
}

// run is a statement as the log is told of it.
type run struct {
	Millis    float64 `json:"ms"`
	Plan      string  `json:"plan"`
	Statement string  `json:"statement"`
}

func (r *Request) told() (out []run) {
	for _, s := range r.statements {
		outline := ""
		if s.plan != nil {
			outline = s.plan.Outline()
		}
		out = append(out, run{millis(s.took), outline, s.text})
	}
	return out
}

// code is OK, or that of the first error.
func (r *Request) code() string {
	if len(r.codes) == 0 {
		return codeOf(nil)
	}
	return string(r.codes[0])
}

func codeOf(err error) string {
	if err == nil {
		return "OK"
	}
	return string(network.CodeOf(err))
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
