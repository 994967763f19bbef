package server

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/google/go-cmp/cmp"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

// traced draws the spans as trees, each with its attributes.
func (s *seen) traced() string {
	all := s.spans.GetSpans()
	slices.SortFunc(all, func(a, b tracetest.SpanStub) int { return a.StartTime.Compare(b.StartTime) })
	var b strings.Builder
	var draw func(parent trace.SpanID, depth int)
	draw = func(parent trace.SpanID, depth int) {
		for _, span := range all {
			if span.Parent.SpanID() != parent && (depth > 0 || !span.Parent.IsRemote()) {
				continue
			}
			var of []string
			for _, a := range span.Attributes {
				of = append(of, fmt.Sprintf("%s=%s", a.Key, a.Value.Emit()))
			}
			fmt.Fprintf(&b, "%s%s %s [%s] %v%v\n", strings.Repeat("  ", depth), span.Name, span.SpanKind, strings.Join(of, "; "), span.Status, span.Events)
			draw(span.SpanContext.SpanID(), depth+1)
		}
	}
	draw(trace.SpanID{}, 0)
	return b.String()
}

// TestTrace: a request is told as a tree, in the trace of its client, and the log knows the trace.
func TestTrace(t *testing.T) {
	s := see(t, canned{[]any{"uni_a", "A"}}, nil)
	w := s.ask(one, map[string]any{"id": "uni_a"}, "Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	log := s.line("slow operation")
	statement := log["run"].([]any)[0].(map[string]any)["statement"]
	want := fmt.Sprintf(`POST /graphql server [http.request.method=POST; url.path=/graphql; partnergraph.request=%s; partnergraph.transport=http; http.response.status_code=200] {Unset }[]
  query internal [graphql.operation.name=One; graphql.operation.type=query; partnergraph.document=%s; partnergraph.cost=1; partnergraph.viewer=public] {Unset }[]
    plan internal [partnergraph.field=university; partnergraph.plan.known=false] {Unset }[]
    statement client [db.system.name=neo4j; db.query.text=%s] {Unset }[]
`, w.Header().Get("X-Request-Id"), log["document"], statement)
	if diff := cmp.Diff(want, s.traced()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, span := range s.spans.GetSpans() {
		if span.SpanContext.TraceID().String() != "0af7651916cd43dd8448eb211c80319c" {
			t.Errorf("%s is in the trace %s", span.Name, span.SpanContext.TraceID())
		}
	}
	if log["trace"] != "0af7651916cd43dd8448eb211c80319c" {
		t.Errorf("the log tells the trace %v", log["trace"])
	}
}

// TestFailuresInTraces: which part failed, and by which code; what a client can mend is no failure.
func TestFailuresInTraces(t *testing.T) {
	s := see(t, broken{}, nil)
	s.ask(one, map[string]any{"id": "uni_a"})
	if got := s.traced(); strings.Count(got, "error.type=UNAVAILABLE] {Error UNAVAILABLE}") != 3 || strings.Contains(got, "plan.known=false; error") {
		t.Errorf("a database that is away is told as\n%s", got)
	}
	s.spans.Reset()
	s.ask("{ nothing }", nil)
	if got := s.traced(); strings.Count(got, "error.type=BAD_USER_INPUT] {Unset }") != 2 {
		t.Errorf("a wrong document is told as\n%s", got)
	}
	s.spans.Reset()
	for _, path := range []string{"/healthz", "/playground", "/schema.graphql"} {
		s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
	}
	if got := s.traced(); got != "" {
		t.Errorf("what asks nothing is told as\n%s", got)
	}
}

// TestSocketsInTraces: operations on a WebSocket stand under it, and are counted each for itself.
func TestSocketsInTraces(t *testing.T) {
	s := see(t, canned{[]any{"uni_a", "A"}}, nil)
	ended := make(chan struct{})
	listening := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		s.ServeHTTP(w, r)
	}))
	defer listening.Close()
	conn, _, err := websocket.Dial(t.Context(), listening.URL+"/graphql", &websocket.DialOptions{Subprotocols: []string{protocol}})
	if err != nil {
		t.Fatal(err)
	}
	ask := fmt.Sprintf(`{"query": %q, "variables": {"id": %q}}`, one, canary)
	for _, m := range []message{{Type: "connection_init"}, {ID: "1", Type: "subscribe", Payload: []byte(ask)}} {
		if err := wsjson.Write(t.Context(), conn, m); err != nil {
			t.Fatal(err)
		}
	}
	for m := (message{}); m.Type != "complete"; {
		if err := wsjson.Read(t.Context(), conn, &m); err != nil {
			t.Fatal(err)
		}
	}
	_ = conn.Close(websocket.StatusNormalClosure, "")
	<-ended
	var names []string
	for _, m := range regexp.MustCompile(`(?m)^( *\S.* (?:server|internal|client)) \[`).FindAllStringSubmatch(s.traced(), -1) {
		names = append(names, m[1])
	}
	want := []string{"GET /graphql server", "  query internal", "    plan internal", "    statement client"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	text := s.counted()
	s.holds(text, `partnergraph_requests_total{code="OK",operation="One",transport="websocket"} 1`)
	if n := strings.Count(text, "partnergraph_requests_total{"); n != 1 {
		t.Errorf("%d series of requests", n)
	}
	line := s.line("operation")
	if line["operation"] != "One" || line["viewer"] != "public" || line["statements"] != 1.0 {
		t.Errorf("the log tells %v", line)
	}
	s.quiet("log", s.log.String())
	s.quiet("traces", s.traced())
}
