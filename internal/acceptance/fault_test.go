package acceptance

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/internal/waytest"
)

// The times that are promised. A machine that runs other tests beside these is allowed a little more.
const (
	noticed = 3 * time.Second // until a database that is away is known to be
	back    = time.Second     // until one that has come back answers
	busy    = 50 * time.Millisecond
)

// through opens the real database at the end of a way, as a server does.
func through(t *testing.T, w *waytest.Way, change func(*store.Config)) *store.Store {
	t.Helper()
	return throughTold(t, w, change, func(bool, time.Duration) {})
}

// throughTold tells when the database goes away and when it is back.
func throughTold(t *testing.T, w *waytest.Way, change func(*store.Config), told func(alive bool, after time.Duration)) *store.Store {
	t.Helper()
	c := dbtest.Config(t)
	c.URI, c.Timeout = "bolt://"+w.Address(), 10*time.Second
	if change != nil {
		change(&c)
	}
	s, err := store.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(context.Background()) })
	if err := s.Watch(told); err != nil {
		t.Fatal(err)
	}
	return s
}

func toDatabase(t *testing.T) *waytest.Way {
	t.Helper()
	return waytest.To(t, strings.TrimPrefix(dbtest.Config(t).URI, "bolt://"))
}

// within waits until something holds, and tells how long that took; the test fails when it takes longer than most.
func within(t *testing.T, most time.Duration, what string, holds func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	for !holds() {
		if time.Since(began) > most {
			t.Errorf("%s: not within %v", what, most)
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Since(began)
}

// TestFaults: in whatever way the database goes away, the server says so in time and in words that give nothing away,
// keeps nobody waiting, leaves nothing behind, and is well within a second of the database's return.
func TestFaults(t *testing.T) {
	faults := []struct {
		name string
		away func(*testing.T, *waytest.Way) (back func())
	}{
		{"cut", func(_ *testing.T, w *waytest.Way) func() { w.Cut(); return w.Mend }},
		{"a hole that swallows all", func(_ *testing.T, w *waytest.Way) func() { return w.Spoil("timeout", `{"timeout": 0}`) }},
		{"reset", func(_ *testing.T, w *waytest.Way) func() { return w.Spoil("reset_peer", `{"timeout": 0}`) }},
		{"ended in the middle of a word", func(_ *testing.T, w *waytest.Way) func() { return w.Spoil("limit_data", `{"bytes": 30}`) }},
		{"minutes late", func(_ *testing.T, w *waytest.Way) func() { return w.Spoil("latency", `{"latency": 60000}`) }},
		{"a trickle", func(_ *testing.T, w *waytest.Way) func() {
			return w.Spoil("slicer", `{"average_size": 1, "delay": 1000000}`)
		}},
		{"frozen", func(t *testing.T, _ *waytest.Way) func() { return dbtest.Freeze(t) }},
	}
	r := serve(t)
	for _, scheme := range []string{"bolt://", "neo4j://"} {
		for _, f := range faults {
			if scheme == "neo4j://" && !slices.Contains([]string{"cut", "frozen"}, f.name) {
				continue
			}
			t.Run(scheme+" "+f.name, func(t *testing.T) {
				none := goleak.IgnoreCurrent()
				w := toDatabase(t)
				var told lines
				s := throughTold(t, w, func(c *store.Config) { c.URI = scheme + w.Address() }, told.add)
				r := &running{T: t, m: r.m, store: s}
				r.ready = func(context.Context) error { return r.store.Alive() }
				stop := r.listen()
				const ask = `{ a: stats { nodes { count } } b: stats { nodes { count } } __typename }`
				const answer = `{"data":{"a":{"nodes":[]},"b":{"nodes":[]},"__typename":"Query"}}`
				wholly := func() int { return r.status("{ stats { nodes { count } } }") }
				asks := func() string { return string(r.post(ask, nil)) }
				if got := asks(); got != answer {
					t.Fatalf("before: %s", got)
				}
				status := func() int { response, _ := r.get("/readyz"); return response.StatusCode }

				mend, began := f.away(t, w), time.Now()
				for first := true; ; first = false {
					asked := time.Now()
					got := asks()
					if took := time.Since(asked); took > noticed || !first && time.Since(began) > noticed && took > 100*time.Millisecond {
						t.Errorf("an answer takes %v, %v after the database went away", took, time.Since(began))
					}
					if strings.Count(got, `"code":"UNAVAILABLE"`) != 2 || strings.Count(got, `"the database can't be reached"`) != 2 || !strings.HasSuffix(got, `"data":{"a":null,"b":null,"__typename":"Query"}}`) {
						t.Fatalf("while it is away: %s", got)
					}
					if time.Since(began) > noticed {
						break
					}
					time.Sleep(20 * time.Millisecond)
				}
				if got := wholly(); got != http.StatusServiceUnavailable {
					t.Errorf("a query of which nothing can be answered has the status %d", got)
				}
				if got := told.String(); !regexp.MustCompile(`^away after 2\.\d s\n$`).MatchString(got) {
					t.Errorf("told is %q", got)
				}
				if got := status(); got != http.StatusServiceUnavailable {
					t.Errorf("/readyz answers %d, %v after the database went away", got, time.Since(began))
				}
				mend()
				took := within(t, back, "an answer", func() bool { return asks() == answer })
				within(t, back-min(took, back), "/readyz", func() bool { return status() == http.StatusOK })
				t.Logf("well %v after its return", took)
				if got := wholly(); got != http.StatusOK {
					t.Errorf("then, it has the status %d", got)
				}
				if got := told.String(); !regexp.MustCompile(`^(away after .* s\nback after [3-5]\.\d s\n)+$`).MatchString(got) { // of a trickle it may hear a sign now and then
					t.Errorf("told is %q", got)
				}

				stop()
				_ = r.store.Close(context.Background())
				w.Cut()
				goleak.VerifyNone(t, none, goleak.IgnoreAnyFunction("github.com/Shopify/toxiproxy/v2/toxics.(*ToxicStub).Run"))
			})
		}
	}
}

// lines is what is told of the database.
type lines struct {
	mu   sync.Mutex
	text string
}

func (l *lines) add(alive bool, after time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text += fmt.Sprintf("%s after %.1f s\n", map[bool]string{true: "back", false: "away"}[alive], after.Seconds())
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text
}

// status is that of the answer to a query, for a client that knows them all.
func (r *running) status(query string) int {
	r.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, r.url+"/graphql?query="+url.QueryEscape(query), nil)
	if err != nil {
		r.Fatal(err)
	}
	request.Header.Set("Accept", "application/graphql-response+json")
	response, _ := r.do(request)
	return response.StatusCode
}

// large is how many values an answer has that is much longer than what is on its way at a time.
const large = 400_000

// TestAReadIsTriedAgain: a connection that ends before or within an answer costs a moment, and the answer is right.
func TestAReadIsTriedAgain(t *testing.T) {
	dbtest.Open(t)
	for _, abrupt := range []bool{false, true} {
		t.Run(fmt.Sprintf("within the answer, by a reset: %t", abrupt), func(t *testing.T) {
			w := toDatabase(t)
			if abrupt {
				w.Abrupt()
			}
			s := through(t, w, nil)
			waytest.WasCut.Store(false)
			w.Spoil("cut_once", `{"bytes": 500000}`)
			v, err := s.Read(t.Context(), fmt.Sprintf("RETURN range(1, %d) AS answer", large), nil)
			if err != nil || !waytest.WasCut.Load() {
				t.Fatalf("%v; cut: %t", err, waytest.WasCut.Load())
			}
			if list := v.([]any); len(list) != large || list[0] != int64(1) || list[large-1] != int64(large) {
				t.Errorf("%d values, not %d", len(list), large)
			}
		})
	}
	t.Run("idle connections that all have ended", func(t *testing.T) {
		w := toDatabase(t)
		s := through(t, w, nil)
		for range 2 {
			failed := make(chan error, 20)
			for range cap(failed) {
				go func() {
					_, err := s.Read(t.Context(), "UNWIND range(1, 20000) AS n RETURN count(n) AS answer", nil)
					failed <- err
				}()
			}
			for range cap(failed) {
				if err := <-failed; err != nil {
					t.Error(err)
				}
			}
			w.Cut()
			w.Mend()
		}
	})
}

// TestSlowIsNotAway: a database that lives and takes its time is told from one that doesn't answer, and a way that is
// slow but open is waited for.
func TestSlowIsNotAway(t *testing.T) {
	dbtest.Open(t)
	const endless = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*) AS answer"
	t.Run("it ends a statement itself", func(t *testing.T) {
		s := through(t, toDatabase(t), func(c *store.Config) { c.Timeout = 300 * time.Millisecond })
		began := time.Now()
		_, err := s.Read(t.Context(), endless, nil)
		if network.CodeOf(err) != network.Timeout || time.Since(began) > 4*time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
	t.Run("the request has no time left", func(t *testing.T) {
		s := through(t, toDatabase(t), nil)
		short, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		began := time.Now()
		_, err := s.Read(short, endless, nil)
		if network.CodeOf(err) != network.Timeout || time.Since(began) > 3500*time.Millisecond || s.Alive() != nil {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
	t.Run("a slow way", func(t *testing.T) {
		w := toDatabase(t)
		s := through(t, w, nil)
		defer w.Spoil("latency", `{"latency": 150, "jitter": 50}`)()
		time.Sleep(noticed)
		if err := s.Ping(t.Context()); err != nil || s.Alive() != nil {
			t.Errorf("%v, %v", err, s.Alive())
		}
	})
}
