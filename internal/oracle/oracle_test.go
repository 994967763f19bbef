package oracle

import (
	"bytes"
	"flag"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/network"
)

// The database plans each new text of a statement, which takes longer than to run it many times. So a document is asked
// often, with other values in its variables each time, and it is the number of documents that a run is paid for by.
const (
	networks     = 42
	documents    = 12 // of each network
	times        = 10 // that each document is asked
	leastQueries = 5000
)

// TestOracle asks random queries over random networks of the product and of the oracle, and counts that the product
// runs one statement for each root field. A failure shows the network and the query, cut as small as the two still
// disagree, and both answers; it is replayed by
//
//	go run ./internal/dbtest/run go test ./internal/oracle -run TestOracle -rapid.seed=<the seed that it names>
//
// and -rapid.checks=<number of networks> makes a longer run.
func TestOracle(t *testing.T) {
	p := open(t)
	checks(t, networks)
	var asked, refused int
	met := &coverage{}
	rapid.Check(t, func(rt *rapid.T) {
		n := networkOf(p.m).Draw(rt, "network").Network
		o := p.fill(rt, n)
		asking := queries(o).Draw(rt, "queries")
		for _, e := range asking {
			asked++
			refused += min(1, len(e.want.Refused))
			met.add(rt, p, e.query)
		}
		if wrong := p.disagreeing(rt, asking); wrong != nil {
			p.report(rt, n, wrong)
		}
		met.kinds(o)
	})
	if t.Failed() {
		return
	}
	t.Logf("%d queries, of which %d refused", asked, refused)
	if asked < leastQueries || refused < asked/100 {
		t.Errorf("too few: %d queries, want %d; %d of them refused", asked, leastQueries, refused)
	}
	for _, c := range oddities {
		met.add(t, p, c.asked(admin))
	}
	met.check(t, p.m)
}

// commandLine are the flags that the command line gives.
var commandLine = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { out[f.Name] = true })
	return out
})

// seed makes each run ask what the run before asked, so that a run that fails blames the change before it;
// -rapid.seed=0 draws anew, which `make oracle` does.
const seed = 20261121

// checks sets how many networks are drawn and from which seed, unless the command line does; rapid's own shrinking is
// off, because a report cuts the query and the network itself.
func checks(t *testing.T, n int) {
	t.Helper()
	given := commandLine()
	for name, value := range map[string]string{"rapid.checks": fmt.Sprint(n), "rapid.seed": fmt.Sprint(seed), "rapid.shrinktime": "0s", "rapid.nofailfile": "true"} {
		if !given[name] {
			if err := flag.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// parse reads the text of a query, which must be valid.
func parse(m *ast.Schema, q *query) (*ast.QueryDocument, map[string]any, error) {
	doc, errs := gqlparser.LoadQueryWithRules(m, q.String(), rules.NewDefaultRules())
	if errs != nil {
		return nil, nil, errs
	}
	variables, err := validator.VariableValues(m, doc.Operations[0], q.values())
	return doc, variables, err
}

// expected is a query and what the product must answer.
type expected struct {
	*query
	want       Answer
	statements int // one for each root field that is answered
}

// asking is what is asked of one network.
type asking []expected

// GoString is for rapid's log, which needs no more: the report of a failure has the query.
func (asking) GoString() string { return "see below" }

func (o *Oracle) expect(t dbtest.TB, q *query) expected {
	doc, variables, err := parse(o.Map.Schema, q)
	if err != nil {
		t.Fatalf("the random query is not valid: %v\n%s\n%v", err, q, q.values())
	}
	out := expected{query: q, want: o.As(q.viewer).Answer(doc, variables)}
	x := &execution{doc: doc, variables: variables}
	for _, f := range x.collect(doc.Operations[0].SelectionSet, []string{"Query"}) {
		if f.Name != "__typename" && !slices.Contains(out.want.Refused, f.Alias) {
			out.statements++
		}
	}
	return out
}

// disagreeing asks the product all queries, several at a time, and gives the first that it answers otherwise.
func (p *product) disagreeing(t dbtest.TB, asking asking) *query {
	var wait sync.WaitGroup
	wrong := make([]bool, len(asking))
	const workers = 3
	statements, before := 0, p.statements.Load()
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(asking); i += workers {
				wrong[i] = difference(asking[i].want, p.ask(asking[i].viewer, asking[i].String(), asking[i].values())) != ""
			}
		})
	}
	wait.Wait()
	if i := slices.Index(wrong, true); i >= 0 {
		return asking[i].query
	}
	for _, e := range asking {
		statements += e.statements
	}
	if ran := int(p.statements.Load() - before); ran != statements {
		t.Fatalf("%d statements were run for %d root fields", ran, statements)
	}
	return nil
}

// difference tells how an answer differs from what it must be; "" when it doesn't.
func difference(want Answer, got response) string {
	var refused, reasons []string
	for _, e := range got.Errors {
		if e.Extensions.Code != network.BadUserInput || len(e.Path) != 1 {
			return fmt.Sprintf("error %s at %v: %s", e.Extensions.Code, e.Path, e.Message)
		}
		refused, reasons = append(refused, fmt.Sprint(e.Path[0])), append(reasons, e.Message)
	}
	slices.Sort(refused)
	if sorted := slices.Sorted(slices.Values(want.Refused)); !slices.Equal(refused, sorted) {
		return fmt.Sprintf("refused are %v, must be %v: %q", refused, sorted, reasons)
	}
	if bytes.Equal(want.Data, got.Data) {
		return ""
	}
	at := 0
	for at < len(want.Data) && at < len(got.Data) && want.Data[at] == got.Data[at] {
		at++
	}
	return fmt.Sprintf("the answers part at byte %d", at)
}
