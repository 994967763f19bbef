package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// everyValue is an operation with every kind of value, each given by a variable.
const everyValue = `query($id: ID!, $ids: [ID!]!, $text: String!, $words: String!, $number: Int!, $first: Int!, $after: String!,
    $found: String!, $day: Date!, $until: Date!, $types: [NodeType!]!, $over: [RelationshipType!]!) {
  nodes(ids: $ids, asOf: $day) { id name }
  universities(first: $first, after: $after, asOf: $day, where: {id: {in: $ids}, name: {contains: $text}, not: {id: {eq: $id}}, sourceCount: {gte: $number}}) {
    edges { cursor node { name } } pageInfo { hasPreviousPage }
  }
  search(query: $words, types: $types, first: $first, after: $found, asOf: $day) { nodes { id } }
  changes(from: $day, until: $until, types: $types, relationships: $over, first: $first) { nodes { on } }
}`

// The database is asked this often with all kinds of values, after as many as make a plan hot; a hot one counts twice.
const (
	drawn = 10_000
	asked = 300
	hot   = 15
)

// TestOneTextOnePlan: whatever the values of its variables, an operation has one text for each root field, and the
// database keeps one plan of it.
func TestOneTextOnePlan(t *testing.T) {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	planner := &plan.Planner{Map: m, Today: network.Today}
	draw := &drawer{rand.New(rand.NewPCG(1, 2)), m.Types["Node"].Concrete}
	var sample [][]graph.Planned
	for i := range drawn {
		statements := drawStatements(t, planner, draw)
		if i < asked {
			sample = append(sample, statements)
		}
		for j, s := range statements {
			if s.Text != sample[0][j].Text {
				t.Fatalf("values change the text:\n%s\n\n%s", sample[0][j].Text, s.Text)
			}
		}
	}
	s := dbtest.Open(t)
	n, err := ingest.Read(m, partnergraph.Dataset())
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Fill(t, s, n)
	ask := func(statement graph.Planned) any {
		v, err := s.Read(context.Background(), statement.Text, statement.Params)
		if err != nil {
			t.Fatalf("%v:\n%s", err, statement.Text)
		}
		return v
	}
	forget := graph.Planned{Text: "CALL db.clearQueryCaches()"}
	ask(forget)
	for range hot {
		for _, statement := range sample[0] {
			ask(statement)
		}
	}
	want := ask(forget)
	if !strings.Contains(want.(string), fmt.Sprintf(" %d ", 2*len(sample[0]))) {
		t.Errorf("of %d statements: %s", len(sample[0]), want)
	}
	for _, statements := range sample {
		for _, statement := range statements {
			ask(statement)
		}
	}
	if got := ask(forget); got != want {
		t.Errorf("with values of all sizes: %s With the same values: %s", got, want)
	}
}

func drawStatements(t *testing.T, planner *plan.Planner, draw *drawer) []graph.Planned {
	t.Helper()
	variables, err := json.Marshal(draw.variables())
	if err != nil {
		t.Fatal(err)
	}
	plans, err := graph.Plans(planner, access.Viewer{}, everyValue, variables)
	if err != nil {
		t.Fatalf("%v: %s", err, variables)
	}
	return plans
}

// drawer draws values of all sizes that the database tells apart: of 0, 1, up to 10, up to 100 and so on.
type drawer struct {
	*rand.Rand
	types []string
}

func (d *drawer) size(most int) int {
	limit := 1
	for range d.IntN(5) {
		limit *= 10
	}
	return min(d.IntN(limit+1), most)
}

func (d *drawer) text(least, most int) string {
	letters := []rune("aB 9é安徽'\"$`\\")
	out := []rune(strings.Repeat("x", least))
	for range d.size(most) - least {
		out = append(out, letters[d.IntN(len(letters))])
	}
	return string(out)
}

func (d *drawer) list(least, most int, of func() string) []string {
	out := []string{}
	for range max(least, d.size(most)) {
		out = append(out, of())
	}
	return out
}

func (d *drawer) day(from int) string {
	return fmt.Sprintf("%04d-%02d-%02d", from+d.IntN(100), 1+d.IntN(12), 1+d.IntN(28))
}

func (d *drawer) variables() map[string]any {
	id := func() string { return "uni_" + d.text(0, 40) }
	oneOf := func(names ...string) func() string { return func() string { return names[d.IntN(len(names))] } }
	text := func() any { return d.text(0, 1_200) }
	return map[string]any{
		"id": id(), "ids": d.list(0, 200, id), "text": text(), "words": d.text(1, 200),
		"number": 1 + d.IntN(200), "first": d.IntN(201), "day": d.day(1950), "until": d.day(2051),
		"after": plan.WriteCursor([]plan.Key{{Name: "name"}, {Name: "id"}}, []any{text(), id()}),
		"found": plan.WriteCursor([]plan.Key{{Name: "-score"}, {Name: "id"}}, []any{d.Float64(), id()}),
		"types": d.list(1, 12, oneOf(d.types...)), "over": d.list(1, 12, oneOf("PART_OF", "MEMBER_OF", "SERVES")),
	}
}
