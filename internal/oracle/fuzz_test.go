package oracle

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/synthetic"
	"github.com/partnergraph/partnergraph/server"
)

var (
	fuzzFor  = flag.Duration("fuzz.for", 15*time.Second, "how long TestFuzz asks")
	fuzzSeed = flag.Int("fuzz.seed", seed, "which operation TestFuzz begins with; 0 for a new one each time")
)

// longest is what an answer may take: the server's own limit, and what a busy machine adds to it.
const longest = 5*time.Second + time.Second

// TestFuzz asks large random operations as random viewers of a server with its default limits, over a made-up network
// of thousands of things. It doesn't know the right answers; it knows what must be in none: a status of 500 or more, a
// fault of ours, and anything that the viewer may not see.
func TestFuzz(t *testing.T) {
	p := open(t)
	o := p.demo(t)
	handler := server.Handler(server.Config{
		Reads: &graph.Reads{Planner: p.planner, Store: p.store}, Ready: p.store.Ping, Schema: partnergraph.Schema,
		Timeout: 5 * time.Second, Log: slog.New(slog.DiscardHandler),
	})
	asked := rapid.Custom(func(rt *rapid.T) *query {
		a := &asker{T: rt, m: p.m, oracle: o, query: &query{}}
		for range number(rt, 1, 2) {
			a.budget, a.pages = 16, 3
			a.query.roots = append(a.query.roots, a.root())
		}
		a.query.viewer = a.viewer()
		return a.query
	})
	hidden := map[string]map[string]bool{}
	first := firstSeed(t)
	answered, refused := 0, map[network.Code]int{}
	for began, at := time.Now(), first; time.Since(began) < *fuzzFor; at++ {
		q := asked.Example(at)
		if _, _, err := parse(p.m.Schema, q); err != nil {
			continue // large operations can contradict themselves
		}
		fail := func(format string, args ...any) {
			t.Errorf("-fuzz.seed=%d as %s: %s\n%s\n%v", at, q.viewer, fmt.Sprintf(format, args...), q, q.values())
		}
		status, took, got := request(t, handler, q)
		if status >= 500 {
			fail("status %d", status)
		}
		if took > longest {
			fail("took %v", took)
		}
		for _, e := range got.Errors {
			refused[e.Extensions.Code]++
			switch e.Extensions.Code {
			case network.BadUserInput, network.TooComplex, network.Timeout:
			default:
				fail("%s: %s", e.Extensions.Code, e.Message)
			}
		}
		if len(got.Errors) == 0 {
			answered++
		}
		as := q.viewer.String()
		if hidden[as] == nil {
			hidden[as] = o.hiddenFrom(q.viewer)
		}
		for _, text := range quoted.FindAll(got.Data, -1) {
			if hidden[as][string(text)] {
				fail("it shows %s", text)
				break
			}
		}
		if t.Failed() {
			break
		}
	}
	t.Logf("%d answered; errors: %v", answered, refused)
	if answered == 0 || refused[network.Timeout] > answered {
		t.Errorf("%d answered; errors: %v", answered, refused)
	}
}

// demo fills the database with a made-up network of thousands of things, and gives the oracle of it.
func (p *product) demo(t *testing.T) *Oracle {
	t.Helper()
	whole := &network.Network{}
	for part := range synthetic.Parts(p.m, synthetic.Demo, 1) {
		whole.Things, whole.Ties = append(whole.Things, part.Things...), append(whole.Ties, part.Ties...)
	}
	dbtest.Fill(t, p.store, whole)
	return New(p.m, Load(p.m, whole, nil), today)
}

// firstSeed is where a run begins, which its log tells.
func firstSeed(t *testing.T) int {
	t.Helper()
	first := *fuzzSeed
	if first == 0 {
		first = int(time.Now().UnixNano() % 1e9)
	}
	t.Logf("from -fuzz.seed=%d", first)
	return first
}

var quoted = regexp.MustCompile(`"[^"]+"`)

func request(t *testing.T, h http.Handler, q *query) (status int, took time.Duration, got response) {
	body, err := json.Marshal(map[string]any{"query": q.String(), "variables": q.values()})
	if err != nil {
		t.Fatal(err)
	}
	return post(t, h, q.viewer, body)
}

func post(t *testing.T, h http.Handler, v access.Viewer, body []byte) (status int, took time.Duration, got response) {
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w, began := httptest.NewRecorder(), time.Now()
	h.ServeHTTP(w, r.WithContext(access.With(r.Context(), v)))
	took = time.Since(began)
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Errorf("no JSON: %s", w.Body)
	}
	return w.Code, took, got
}

// hiddenFrom are the texts that a viewer must never be shown, in quotes: the ids of what they don't see, and what stands
// in confidential fields of what they don't see whole, unless something that they see says the same.
func (o *Oracle) hiddenFrom(v access.Viewer) map[string]bool {
	out, shown := map[string]bool{}, map[string]bool{}
	s := &sight{v}
	for _, t := range o.Network.things {
		for name, value := range t.properties {
			text, isText := value.(string)
			f := t.of.Field(name)
			switch {
			case !isText || f == nil:
			case s.meets(s.of(t).Whole, t), s.meets(s.of(t).Part, t) && !f.Confidential:
				shown[fmt.Sprintf("%q", text)] = true
			case f.Confidential:
				out[fmt.Sprintf("%q", text)] = true
			}
		}
		if !s.meets(s.of(t).Part, t) {
			out[fmt.Sprintf("%q", t.id)] = true
		}
	}
	for text := range shown {
		delete(out, text)
	}
	return out
}
