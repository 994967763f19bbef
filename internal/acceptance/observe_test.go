package acceptance

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/dbtest"
)

// Where a server says that its addresses are.
var (
	asks    = regexp.MustCompile(`http://localhost:\d+/graphql`)
	metrics = regexp.MustCompile(`http://127\.0\.0\.1:\d+/metrics`)
)

// TestSeenFromOutside: the metrics of a server are those of the documentation, on an address of their own; its traces come
// to where the environment says.
func TestSeenFromOutside(t *testing.T) {
	dbtest.Open(t)
	c := build(t, "../..")
	var traces safeBuffer
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(&traces, r.URL.Path+" ")
		_, _ = io.Copy(&traces, r.Body)
	}))
	defer collector.Close()
	c.fails([]string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.URL, "OTEL_EXPORTER_OTLP_PROTOCOL=grpc"},
		[]string{"OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"}, "serve", "--listen", "127.0.0.1:0")
	c.env = append(c.env, "OTEL_EXPORTER_OTLP_ENDPOINT="+collector.URL, "OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=trial")
	said, stop := c.starts(t, "--metrics", "127.0.0.1:0")
	base := asks.FindString(said.String())
	response, err := http.Post(base, "application/json", strings.NewReader(`{"query": "query Counted { stats { nodes { count } } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	text := fetched(t, metrics.FindString(said.String()), http.StatusOK)
	for _, want := range []string{
		`partnergraph_requests_total{code="OK",operation="Counted",transport="http"} 1`,
		"partnergraph_database_alive 1", "partnergraph_statements_limit 100", "partnergraph_plan_cache_entries 1",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in:\n%s", want, text)
		}
	}
	fetched(t, strings.Replace(base, "/graphql", "/metrics", 1), http.StatusNotFound)
	for _, address := range []string{base, metrics.FindString(said.String())} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "elsewhere.example"
		if response, err := http.DefaultClient.Do(r); err != nil || response.StatusCode != http.StatusForbidden {
			t.Errorf("%s by a name that isn't its own: %v %v", address, response, err)
		}
	}

	docs, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	want := pairs(regexp.MustCompile("(?m)^\\| `(partnergraph_\\w+)` \\| (\\w+) \\|"), string(docs))
	got := pairs(regexp.MustCompile(`(?m)^# TYPE (partnergraph_\w+) (\w+)$`), text)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-docs +server):\n%s", diff)
	}
	stop()
	for _, want := range []string{"/v1/traces ", "service.name", "partnergraph", "trial", "POST /graphql", "Counted", "db.query.text", "RETURN"} {
		if !strings.Contains(traces.String(), want) {
			t.Errorf("no %q in the traces:\n%q", want, traces.String())
		}
	}
}

func pairs(of *regexp.Regexp, text string) (out []string) {
	for _, m := range of.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1]+" "+m[2])
	}
	slices.Sort(out)
	return out
}

func fetched(t *testing.T, url string, status int) string {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != status {
		t.Fatalf("%s answers %d, %v", url, response.StatusCode, err)
	}
	return string(text)
}
