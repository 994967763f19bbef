package observe

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Metrics count what is done, for Prometheus. A nil Metrics counts nothing.
type Metrics struct {
	registry *prometheus.Registry
	names    names

	requests   *prometheus.CounterVec
	duration   *prometheus.HistogramVec
	cost       prometheus.Histogram
	refused    *prometheus.CounterVec
	plans      *prometheus.CounterVec
	statements *prometheus.CounterVec
	database   prometheus.Histogram
}

// seconds are the bounds by which times are counted.
var seconds = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5}

// NewMetrics begins to count.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "partnergraph_requests_total", Help: "Requests, by operation, by the code of the first error or OK, and by transport.",
		}, []string{"operation", "code", "transport"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "partnergraph_request_duration_seconds", Help: "How long requests took.", Buckets: seconds,
		}, []string{"operation"}),
		cost: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "partnergraph_request_cost", Help: "Things and rows that operations requested.",
			Buckets: []float64{1, 3, 10, 30, 100, 300, 1000, 3000, 10_000},
		}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "partnergraph_requests_refused_total", Help: "Requests that were refused for how much they ask, by reason.",
		}, []string{"reason"}),
		plans: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "partnergraph_plan_cache_lookups_total", Help: "Root fields that were planned before (hit), or anew (miss).",
		}, []string{"result"}),
		statements: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "partnergraph_statements_total", Help: "Statements that were run for requests, by the code of their error or OK.",
		}, []string{"code"}),
		database: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "partnergraph_statement_duration_seconds", Help: "How long requests waited for statements: for a connection, and for the database.",
			Buckets: seconds,
		}),
	}
	for _, reason := range []Reason{Limits, Rate, Busy, Streams} { // there from the start, as 0
		m.refused.WithLabelValues(string(reason))
	}
	m.registry.MustRegister(m.requests, m.duration, m.cost, m.refused, m.plans, m.statements, m.database,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Gauge has a number read whenever the metrics are.
func (m *Metrics) Gauge(name, help string, read func() float64) {
	if m != nil {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "partnergraph_" + name, Help: help}, read))
	}
}

// Registry is where the metrics are.
func (m *Metrics) Registry() prometheus.Gatherer { return m.registry }

// Handler shows the metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

func (m *Metrics) request(r *Request, took time.Duration) {
	if m == nil || r.transport == "" {
		return
	}
	operation := m.names.of(r)
	m.requests.WithLabelValues(operation, r.code(), r.transport).Inc()
	m.duration.WithLabelValues(operation).Observe(took.Seconds())
	if r.document != "" {
		m.cost.Observe(float64(r.cost))
	}
	if slices.Contains(r.codes, network.TooComplex) {
		r.reason = Limits
	}
	if r.reason != "" {
		m.refused.WithLabelValues(string(r.reason)).Inc()
	}
}

func (m *Metrics) planned(known bool) {
	switch {
	case m == nil:
	case known:
		m.plans.WithLabelValues("hit").Inc()
	default:
		m.plans.WithLabelValues("miss").Inc()
	}
}

func (m *Metrics) ran(took time.Duration, code string) {
	if m != nil {
		m.statements.WithLabelValues(code).Inc()
		m.database.Observe(took.Seconds())
	}
}

// countedNames is how many operations are counted by name: clients choose the names, and each has series of its own.
const countedNames = 200

// names are those of operations that are counted by name: those that are known beforehand, and of others those seen
// first. The zero value is ready for use.
type names struct {
	known map[string]bool
	mu    sync.RWMutex
	seen  map[string]bool
}

// Know has operations of these names counted by them, however many others there are. It is for before the first request.
func (m *Metrics) Know(operations []string) {
	if m == nil {
		return
	}
	m.names.known = map[string]bool{}
	for _, name := range operations {
		m.names.known[shortened(name)] = true
	}
}

// of is the name that a request is counted by: its operation's, "other" for one too many, "none" without a name.
func (n *names) of(r *Request) string {
	switch {
	case r.operation == "":
		return "none"
	case n.known[r.operation]:
		return r.operation
	}
	n.mu.RLock()
	seen, full := n.seen[r.operation], len(n.seen) >= countedNames
	n.mu.RUnlock()
	switch {
	case seen:
		return r.operation
	case full:
		return "other"
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.seen) >= countedNames {
		return "other"
	}
	if n.seen == nil {
		n.seen = map[string]bool{}
	}
	n.seen[r.operation] = true
	return r.operation
}
