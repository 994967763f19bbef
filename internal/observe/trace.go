package observe

import (
	"context"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/partnergraph/partnergraph/internal/network"
)

// spans are what a tracer is told of a request while it is under way: that it came by HTTP, and that it asks an operation.
// What is done for the operation is told when it is done.
type spans struct {
	http, operation trace.Span // nil: not traced
}

// ByHTTP notes that a request came by HTTP. Its trace is that of the client, if that says which. Nothing is told of who the
// client is.
func (r *Request) ByHTTP(ctx context.Context, of *http.Request) context.Context {
	if r.observer.Tracer == nil || r.transport == "" {
		return ctx
	}
	method := "_OTHER" // as OpenTelemetry says for what a client made up
	if of.Method == http.MethodGet || of.Method == http.MethodPost {
		method = of.Method
	}
	ctx = propagation.TraceContext{}.Extract(ctx, propagation.HeaderCarrier(of.Header))
	ctx, r.spans.http = r.observer.Tracer.Start(ctx, method+" "+of.URL.Path, trace.WithSpanKind(trace.SpanKindServer),
		trace.WithTimestamp(r.began), trace.WithAttributes(semconv.HTTPRequestMethodKey.String(method), semconv.URLPath(of.URL.Path),
			attribute.String("partnergraph.request", r.ID), attribute.String("partnergraph.transport", r.transport)))
	return ctx
}

// Trace is the id of the trace that a request is told in; "" for none.
func (r *Request) Trace() string {
	for _, s := range []trace.Span{r.spans.http, r.spans.operation} {
		if s != nil && s.SpanContext().IsValid() {
			return s.SpanContext().TraceID().String()
		}
	}
	return ""
}

// Reads notes that an operation is about to be read.
func (r *Request) Reads(ctx context.Context) {
	if r != nil && r.observer.Tracer != nil {
		_, r.spans.operation = r.observer.Tracer.Start(ctx, "operation")
	}
}

// step tells of something that was done for an operation.
func (r *Request) step(began, ended time.Time, name string, kind trace.SpanKind, err error, more ...attribute.KeyValue) {
	_, s := r.observer.Tracer.Start(trace.ContextWithSpan(context.Background(), r.spans.operation), name,
		trace.WithSpanKind(kind), trace.WithTimestamp(began), trace.WithAttributes(more...))
	if err != nil {
		failed(s, network.CodeOf(err))
	}
	s.End(trace.WithTimestamp(ended))
}

// end ends what is under way.
func (s *spans) end(r *Request) {
	if s.operation != nil {
		if r.document != "" {
			s.operation.SetName(r.kind)
			s.operation.SetAttributes(semconv.GraphQLOperationName(r.operation), semconv.GraphQLOperationTypeKey.String(r.kind),
				attribute.String("partnergraph.document", r.document), attribute.Int("partnergraph.cost", r.cost))
		}
		s.operation.SetAttributes(attribute.String("partnergraph.viewer", r.Viewer))
		failed(s.operation, r.codes...)
		s.operation.End()
	}
	if s.http != nil {
		s.http.SetAttributes(semconv.HTTPResponseStatusCode(r.Status))
		failed(s.http, r.codes...)
		s.http.End()
	}
}

// failed tells which errors there were. Those that a client can mend are no failure of ours.
func failed(s trace.Span, of ...network.Code) {
	for i, c := range of {
		if i == 0 {
			s.SetAttributes(semconv.ErrorTypeKey.String(string(c)))
		}
		switch c {
		case network.Internal, network.Unavailable, network.Timeout:
			s.SetStatus(codes.Error, string(c))
		}
	}
}
