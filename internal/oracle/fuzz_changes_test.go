package oracle

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	writing "github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/office"
	"github.com/partnergraph/partnergraph/server"
)

// TestFuzzChanges makes random changes as random people while others follow the feed, and holds all that anybody is told
// against what they may see, as TestFuzz does. What names something hidden must be answered as if it were absent.
func TestFuzzChanges(t *testing.T) {
	p := open(t)
	f := &fuzzed{T: t, product: p, oracle: p.demo(t), hidden: map[string]map[string]bool{}, answered: map[string]int{}}
	f.cast = castOf(f.oracle)
	f.known = &learned{ids: map[string][]string{}, versions: map[string]int{}, hashes: map[string]string{}}
	w := writing.NewWriter(p.m, p.store)
	w.Now = func() time.Time { return today.Add(12 * time.Hour) }
	f.handler = server.Handler(server.Config{
		Reads: &graph.Reads{Planner: p.planner, Store: p.store}, Office: office.New(w, p.store), Ready: p.store.Ping, Schema: partnergraph.Schema,
		Timeout: 5 * time.Second, Log: slog.New(slog.NewTextHandler(&p.log, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	first := firstSeed(t)
	drawn := changes(f.oracle, f.cast, f.known)
	var following sync.WaitGroup
	stop := func() {}
	for began, at := time.Now(), first; (time.Since(began) < *fuzzFor || at-first < leastChanges) && !t.Failed(); at++ {
		if (at-first)%100 == 0 {
			stop()
			following.Wait()
			var ctx context.Context
			ctx, stop = context.WithCancel(context.Background())
			for i := range 3 {
				q := f.follower(at*3 + i)
				following.Go(func() { f.follow(ctx, q) })
			}
		}
		f.change(at, drawn.Example(at))
	}
	stop()
	following.Wait()
	t.Logf("answers: %v; %d entries told; made: %v", f.answered, f.told, f.made())
	if f.told == 0 || len(f.known.ids["bas"]) == 0 || f.answered["hidden as absent"] == 0 {
		t.Error("it hardly changed anything")
	}
}

// leastChanges are tried however slow the machine is, so that some are done.
const leastChanges = 600

// fuzzed is a server that is being changed, and what is known of it.
type fuzzed struct {
	*testing.T
	*product
	handler  http.Handler
	oracle   *Oracle
	cast     []string
	known    *learned
	answered map[string]int

	mu     sync.Mutex
	hidden map[string]map[string]bool // by viewer
	told   int
}

func (f *fuzzed) made() map[string]int {
	out := map[string]int{}
	for prefix, ids := range f.known.ids {
		out[prefix] = len(ids)
	}
	return out
}

// change makes a change and looks at what was answered.
func (f *fuzzed) change(at int, q *query) {
	if _, _, err := parse(f.m.Schema, q); err != nil {
		return // large operations can contradict themselves
	}
	fail := func(format string, args ...any) {
		f.Errorf("-fuzz.seed=%d as %s: %s\n%s\n%v\n%s", at, q.viewer, fmt.Sprintf(format, args...), q, q.values(), f.log.last)
	}
	status, took, got := request(f.T, f.handler, q)
	if status >= 500 {
		fail("status %d", status)
	}
	if took > longest {
		fail("took %v", took)
	}
	for _, e := range got.Errors {
		f.answered[string(e.Extensions.Code)]++
		switch e.Extensions.Code {
		case network.BadUserInput, network.TooComplex, network.Timeout, network.Forbidden, network.Unauthenticated, network.NotFound, network.Conflict:
		default:
			fail("%s: %s", e.Extensions.Code, e.Message)
		}
	}
	if text := f.shown(q, got.Data); text != "" {
		fail("it shows %s", text)
	}
	done := f.learn(got.Data)
	if done {
		f.answered["done"]++
		return
	}
	f.answered["refused"]++
	f.asAbsent(q, got, fail)
}

// asAbsent asks again what was refused, with ids that nothing has in the place of those that the viewer may not know.
func (f *fuzzed) asAbsent(q *query, got response, fail func(string, ...any)) {
	is, absent, named := f.withoutHidden(q, got.Data)
	if named && is != absent {
		f.look() // a change may have shown it to them meanwhile
		is, absent, named = f.withoutHidden(q, got.Data)
	}
	if named {
		f.answered["hidden as absent"]++
	}
	if named && is != absent {
		fail("it is answered as %s\nand if what is hidden were absent as %s", is, absent)
	}
}

// withoutHidden gives what was answered, with ids that nothing has in the place of hidden ones, and what is answered to
// such ids; named is whether there are any.
func (f *fuzzed) withoutHidden(q *query, answered json.RawMessage) (is, absent string, named bool) {
	input, _ := json.Marshal([]any{q.String(), q.values()})
	other := string(input)
	for _, text := range quoted.FindAllString(strings.ReplaceAll(other, `\"`, `"`), -1) {
		id := strings.Trim(text, `"`)
		if prefix, _, ok := strings.Cut(id, "_"); ok && f.m.ByPrefix(prefix) != nil && f.isHidden(q.viewer, text) {
			named = true
			none := prefix + "_z" + id[len(prefix)+2:] // as long, and another for each
			other = strings.ReplaceAll(other, id, none)
			answered = bytes.ReplaceAll(answered, []byte(id), []byte(none))
		}
	}
	if !named {
		return "", "", false
	}
	var parts []json.RawMessage
	if err := json.Unmarshal([]byte(other), &parts); err != nil {
		f.Error(err)
		return "", "", false
	}
	_, _, got := post(f.T, f.handler, q.viewer, fmt.Appendf(nil, `{"query": %s, "variables": %s}`, parts[0], parts[1]))
	return string(answered), string(got.Data), true
}

// learn keeps what an answer tells of what was made, and whether anything was.
func (f *fuzzed) learn(data json.RawMessage) (done bool) {
	var payloads map[string]map[string]any
	if json.Unmarshal(data, &payloads) != nil {
		return false
	}
	for _, p := range payloads {
		for name, value := range p {
			switch value := value.(type) {
			case map[string]any:
				done = true
				if id, ok := value["id"].(string); ok {
					f.known.add(id)
				}
				if name == "known" {
					f.version(value)
				}
			case string:
				if name == "id" {
					f.known.add(value)
					done = true
				}
			case []any:
				for _, id := range value {
					if id, ok := id.(string); ok && name == "ids" {
						f.known.add(id)
						done = true
					}
				}
			}
		}
	}
	return done
}

func (f *fuzzed) version(standing map[string]any) {
	for _, of := range []string{"practiceBase", "placement"} {
		thing, _ := standing[of].(map[string]any)
		id, ok := thing["id"].(string)
		if !ok {
			continue
		}
		f.known.add(id)
		if n, ok := standing["version"].(float64); ok {
			f.known.versions[id] = int(n)
		}
		if hash, ok := standing["contentHash"].(string); ok {
			f.known.hashes[id] = hash
		}
	}
}

func (f *fuzzed) isHidden(v access.Viewer, text string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	as := v.String()
	if f.hidden[as] == nil {
		f.hidden[as] = f.oracle.hiddenFrom(v)
	}
	return f.hidden[as][text]
}

// shown gives what an answer shows that its viewer may not see and didn't say themselves. The network changes: what
// seems hidden is looked up in the network as it is now.
func (f *fuzzed) shown(q *query, answer []byte) string {
	said, _ := json.Marshal([]any{q.String(), q.values()})
	for _, text := range quoted.FindAll(answer, -1) {
		if !f.isHidden(q.viewer, string(text)) || bytes.Contains(said, bytes.Trim(text, `"`)) {
			continue
		}
		if f.look(); f.isHidden(q.viewer, string(text)) {
			return string(text)
		}
	}
	return ""
}

// look learns how the network is now, after many changes.
func (f *fuzzed) look() {
	now, err := f.store.Dump(context.Background())
	if err != nil {
		f.Error(err)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.oracle, f.hidden = New(f.m, Load(f.m, now, nil), today), map[string]map[string]bool{}
}

// follower draws somebody who follows the feed.
func (f *fuzzed) follower(at int) *query {
	return rapid.Custom(func(t *rapid.T) *query {
		c := &changer{asker: &asker{T: t, m: f.m, oracle: f.oracle, query: &query{kind: "subscription"}}, cast: f.cast, known: f.known}
		feed := c.m.Schema.Subscription.Fields.ForName("feed")
		given := map[string]any{}
		switch number(t, 0, 5) {
		case 0:
			given["organizations"] = []any{pick(t, f.cast), pick(t, f.cast)}
		case 1:
			given["types"] = []any{word("PRACTICE_BASE"), word("PLACEMENT")}
		}
		c.query.roots = []*node{{head: "feed" + c.parens(feed.Arguments, given), kids: append(c.told(c.m.Schema.Types["FeedEntry"], 2), &node{head: "cursor"}, &node{head: "told: id"})}}
		c.query.viewer = c.somebody()
		return c.query
	}).Example(at)
}

// follow holds all that a follower is told against what they may see.
func (f *fuzzed) follow(ctx context.Context, q *query) {
	if _, _, err := parse(f.m.Schema, q); err != nil {
		return
	}
	served := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.handler.ServeHTTP(w, r.WithContext(access.With(r.Context(), q.viewer)))
	}))
	defer served.Close()
	body, err := json.Marshal(map[string]any{"query": q.String(), "variables": q.values()})
	if err != nil {
		f.Error(err)
		return
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, served.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		f.Error(err)
		return
	}
	r.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {"text/event-stream"}}
	answer, err := served.Client().Do(r)
	if err != nil {
		f.Error(err)
		return
	}
	defer func() { _ = answer.Body.Close() }()
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		entry, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		f.mu.Lock()
		f.told++
		f.mu.Unlock()
		if text := f.shown(q, []byte(entry)); text != "" || slices.ContainsFunc([]string{`"INTERNAL"`, `"UNAVAILABLE"`}, func(code string) bool { return strings.Contains(entry, code) }) {
			f.Errorf("%s follows %s and is told %s: %s", q.viewer, q, text, entry)
			return
		}
	}
}
