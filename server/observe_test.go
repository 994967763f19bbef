package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/limits"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// seen is a server without a database, and what an operator sees of it.
type seen struct {
	*testing.T
	http.Handler
	metrics *observe.Metrics
	spans   *tracetest.InMemoryExporter
	mu      sync.Mutex
	log     bytes.Buffer
}

func (s *seen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(b)
}

func see(t *testing.T, reader graph.Reader, change func(*Config)) *seen {
	t.Helper()
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	s := &seen{T: t, metrics: observe.NewMetrics(), spans: tracetest.NewInMemoryExporter()}
	tracer := sdktrace.NewTracerProvider(sdktrace.WithSyncer(s.spans)).Tracer("test")
	c := Config{
		Reads:   &graph.Reads{Planner: &plan.Planner{Map: m, Today: network.Today}, Store: reader},
		Timeout: time.Second, Slow: time.Nanosecond, Tracer: tracer, Metrics: s.metrics, Log: slog.New(slog.NewJSONHandler(s, nil)),
	}
	if change != nil {
		change(&c)
	}
	s.Handler = Handler(c)
	return s
}

// ask sends a request; of its headers, pairs.
func (s *seen) ask(query string, variables map[string]any, headers ...string) *httptest.ResponseRecorder {
	s.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		s.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// counted is what the metrics say, as text.
func (s *seen) counted() string {
	w := httptest.NewRecorder()
	s.metrics.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return w.Body.String()
}

// line is the last line of the log of a message.
func (s *seen) line(message string) map[string]any {
	s.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	var out map[string]any
	for l := range strings.Lines(s.log.String()) {
		var of map[string]any
		if err := json.Unmarshal([]byte(l), &of); err != nil {
			s.Fatalf("%v: %s", err, l)
		}
		if of["msg"] == message {
			out = of
		}
	}
	return out
}

func (s *seen) holds(text string, parts ...string) {
	s.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			s.Errorf("no %s in:\n%s", p, text)
		}
	}
}

const one = `query One($id: ID!) { university(id: $id) { id name } }`

// broken is a database that is away.
type broken struct{}

func (broken) Read(context.Context, string, map[string]any) (any, error) {
	return nil, &network.Error{Code: network.Unavailable, Message: "the database can't be reached"}
}

// TestWhatIsCounted: each request once, by what was asked and how it ended.
func TestWhatIsCounted(t *testing.T) {
	s := see(t, canned{[]any{"uni_a", "A"}}, func(c *Config) { c.Traffic = Traffic{Rate: 0.001, Burst: 6} })
	s.ask(one, map[string]any{"id": "uni_a"})
	s.ask(one, map[string]any{"id": "uni_b"})
	s.ask("{ __typename }", nil)
	s.ask("{ nothing }", nil)
	s.ask("query Much { universities(first: 200) { nodes { bases(first: 200) { nodes { id } } } } }", nil)
	s.ask(one, map[string]any{"id": "uni_a"}, "Accept", "text/event-stream")
	s.ask(one, nil)
	s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/healthz", nil))
	s.holds(s.counted(),
		`partnergraph_requests_total{code="OK",operation="One",transport="http"} 2`,
		`partnergraph_requests_total{code="OK",operation="One",transport="events"} 1`,
		`partnergraph_requests_total{code="OK",operation="none",transport="http"} 1`,
		`partnergraph_requests_total{code="BAD_USER_INPUT",operation="none",transport="http"} 1`,
		`partnergraph_requests_total{code="TOO_COMPLEX",operation="Much",transport="http"} 1`,
		`partnergraph_requests_total{code="UNAVAILABLE",operation="none",transport="http"} 1`,
		`partnergraph_request_duration_seconds_count{operation="One"} 3`,
		`partnergraph_request_cost_count 5`,
		`partnergraph_requests_refused_total{reason="limits"} 1`,
		`partnergraph_requests_refused_total{reason="rate"} 1`,
		`partnergraph_requests_refused_total{reason="busy"} 0`,
		`partnergraph_plan_cache_lookups_total{result="hit"} 2`,
		`partnergraph_plan_cache_lookups_total{result="miss"} 1`,
		`partnergraph_statements_total{code="OK"} 3`,
		`partnergraph_statement_duration_seconds_count 3`,
		`partnergraph_streams_open 0`, `partnergraph_requests_in_work 0`, `partnergraph_requests_waiting 0`,
		`go_goroutines `, `process_resident_memory_bytes `,
	)
	away := see(t, broken{}, nil)
	away.ask(one, map[string]any{"id": "uni_a"})
	away.holds(away.counted(),
		`partnergraph_requests_total{code="UNAVAILABLE",operation="One",transport="http"} 1`,
		`partnergraph_statements_total{code="UNAVAILABLE"} 1`)
}

// TestMetricsAreNamedAsPrometheusSays: names, units and help.
func TestMetricsAreNamedAsPrometheusSays(t *testing.T) {
	s := see(t, canned{[]any{"uni_a", "A"}}, nil)
	s.ask(one, map[string]any{"id": "uni_a"})
	problems, err := testutil.GatherAndLint(s.metrics.Registry())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "partnergraph_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
}

// TestNamesOfOperationsAreBounded: a client chooses them, and can't fill the memory with them.
func TestNamesOfOperationsAreBounded(t *testing.T) {
	s := see(t, canned{[]any{"uni_a", "A"}}, nil)
	for i := range 1000 {
		s.ask(fmt.Sprintf("query Q%d { __typename }", i), nil)
	}
	text := s.counted()
	s.holds(text, `partnergraph_requests_total{code="OK",operation="Q0",transport="http"} 1`,
		`partnergraph_requests_total{code="OK",operation="other",transport="http"} 800`)
	if n := strings.Count(text, "partnergraph_requests_total{"); n != 201 {
		t.Errorf("%d series", n)
	}
}

// TestRegisteredOperationsHaveTheirNames: who runs the server has chosen them, so each is counted by its own, however
// many there are.
func TestRegisteredOperationsHaveTheirNames(t *testing.T) {
	registered := Operations{}
	for i := range 250 {
		text := fmt.Sprintf("query Q%d { __typename } query R%d { __typename }", i, i)
		registered[limits.HashOf(text)] = text
	}
	s := see(t, canned{}, func(c *Config) { c.Operations = registered })
	s.ask("query Stranger { __typename }", nil)
	for i := range 250 {
		body := fmt.Sprintf(`{"query": "query Q%[1]d { __typename } query R%[1]d { __typename }", "operationName": "R%[1]d"}`, i)
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	text := s.counted()
	if n := strings.Count(text, `partnergraph_requests_total{code="OK",operation="R`); n != 250 || strings.Contains(text, `operation="other"`) || strings.Contains(text, "Stranger") {
		t.Errorf("%d of 250 are counted by name:\n%s", n, text)
	}
}

// TestTheLineOfARequest: who asked what, and what it took.
func TestTheLineOfARequest(t *testing.T) {
	s := see(t, canned{[]any{"uni_a", "A"}}, nil)
	w := s.ask(one, map[string]any{"id": "uni_a"})
	line := s.line("request")
	if line["ms"].(float64) <= 0 {
		t.Errorf("took %v ms", line["ms"])
	}
	for name, want := range map[string]any{
		"request": w.Header().Get("X-Request-Id"), "method": "POST", "path": "/graphql", "status": 200.0, "bytes": float64(w.Body.Len()),
		"operation": "One", "viewer": "public", "cost": 1.0, "statements": 1.0, "codes": nil,
	} {
		if line[name] != want {
			t.Errorf("%s is %v, not %v", name, line[name], want)
		}
	}
	s.ask("{ nothing }", nil)
	if got := fmt.Sprint(s.line("request")["codes"]); got != "[BAD_USER_INPUT]" {
		t.Errorf("codes are %s", got)
	}
}

// TestSlowOperations: the log tells how they were answered, by the plan and the statement.
func TestSlowOperations(t *testing.T) {
	const text = `query Slow($name: String!) { universities(first: 7, where: { name: { in: [$name, "a \u0003, b", "c"] } }) { nodes { id } } }`
	s := see(t, canned{nil}, nil)
	s.ask(text, map[string]any{"name": "x"})
	line := s.line("slow operation")
	sum := sha256.Sum256([]byte(text))
	if line["level"] != "WARN" || line["document"] != hex.EncodeToString(sum[:]) || line["operation"] != "Slow" || line["viewer"] != "public" || line["cost"] != 7.0 {
		t.Errorf("it tells %v", line)
	}
	run := line["run"].([]any)[0].(map[string]any)
	s.holds(run["plan"].(string), "universities on today\n  all University\n", "where (name in [$name, …, …])\n", "first … by")
	s.holds(run["statement"].(string), "MATCH (", "IN $")
	for _, slow := range []time.Duration{0, time.Minute} {
		s := see(t, canned{nil}, func(c *Config) { c.Slow = slow })
		s.ask(text, map[string]any{"name": "x"})
		if s.line("slow operation") != nil {
			t.Errorf("told with --slow %v", slow)
		}
	}
}

// canary is a value that only the database and the client may see, and the number is one too.
const canary = "canary5eed"

var number = regexp.MustCompile(`3\.?133731`)

// sing asks with the canary everywhere a client can put it, and sees that it is asked.
func (s *seen) sing() {
	s.Helper()
	given := map[string]any{"id": canary, "text": canary, "where": map[string]any{"name": map[string]any{"contains": canary}}}
	for _, query := range []string{
		`query Given($id: ID!) { university(id: $id) { name } }`,
		`query Written { university(id: "` + canary + `") { name } }`,
		`query Search { search(query: "` + canary + `") { edges { score } } }`,
		`query Searched($text: String!) { search(query: $text) { edges { score } } }`,
		`query Where($where: UniversityWhere) { universities(where: $where) { nodes { id } } }`,
		`query Deep { universities(where: { name: { in: ["` + canary + `", "x"] } }) { nodes { bases(where: { name: { contains: "` + canary + `" } }) { nodes { id } } } } }`,
		`query Number { universities(where: { sourceCount: { gt: 3133731 }, near: { km: 3133731, position: { latitude: 3.133731, longitude: 3.133731 } } }) { nodes { id } } }`,
		`query Grouped { universities { aggregate { groupBy(by: [KIND], having: [{ gt: 3133731 }]) { count } } } }`,
		`query After { universities(after: "` + canary + `") { nodes { id } } }`,
		`query Wrong { university(id: "` + canary + `") { ` + canary + ` } }`,
		`query Day { university(id: "x", asOf: "` + canary + `") { name } }`,
		`query Type($id: Int!) { university(id: $id) { name } }`,
		canary,
	} {
		s.ask(query, given, "User-Agent", "test", "Referer", "http://localhost/?"+canary)
		s.ask(query, given, "Authorization", "Bearer "+canary)
		r := httptest.NewRequest(http.MethodGet, "/graphql?"+url.Values{"query": {query}, "variables": {`{"id":"` + canary + `"}`}}.Encode(), nil)
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/graphql?access_token="+canary, nil))
}

// quiet fails where the canary is heard.
func (s *seen) quiet(where, text string) {
	s.Helper()
	for l := range strings.Lines(text) {
		if strings.Contains(l, canary) || number.MatchString(l) {
			s.Errorf("a value is told to the %s: %s", where, l)
		}
	}
}

// TestNoValueIsTold: what a client sends as a value, or as a token, is in no log and no metric.
func TestNoValueIsTold(t *testing.T) {
	for name, reader := range map[string]graph.Reader{"well": canned{nil}, "wrong": canned{[]any{canary}}, "away": broken{}} {
		t.Run(name, func(t *testing.T) {
			s := see(t, reader, nil)
			s.sing()
			log := s.log.String()
			for _, name := range []string{"Given", "Written", "Search", "Searched", "Where", "Deep", "Number", "Grouped"} {
				s.holds(log, `"operation":"`+name+`"`)
			}
			s.holds(log, `"msg":"slow operation"`)
			s.quiet("log", log)
			s.quiet("metrics", s.counted())
			s.quiet("traces", s.traced())
		})
	}
}
