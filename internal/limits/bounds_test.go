package limits_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/golden"
	"github.com/partnergraph/partnergraph/internal/limits"
)

// TestBounds asks for as much as each limit allows, and for one more.
func TestBounds(t *testing.T) {
	l := limits.Default
	deep := func(n int) string { // fields within fields, the last of them a leaf
		return "{ organization(id: 1) " + nest(n-1) + " }"
	}
	var said strings.Builder
	for _, b := range []struct {
		name string
		ask  func(n int) string
		most int
	}{
		{"depth", deep, l.Depth},
		{"root fields", func(n int) string { return "{" + repeat(n, " __typename") + " }" }, l.RootFields},
		{"root fields in a fragment", func(n int) string {
			return "{ ...f } fragment f on Query {" + repeat(n, " __typename") + " }"
		}, 20},
		{"aliases", func(n int) string { return "{ stats { nodes {" + many(n, " a%d: count") + " } } }" }, l.Aliases},
		{"aliases in a fragment spread twice", func(n int) string {
			return "{ stats { nodes { ...f ...f } } } fragment f on NodeCount {" + many(n/2+n%2, " a%d: count") + " }"
		}, l.Aliases},
		{"directives", func(n int) string {
			return "{ stats {" + repeat(n, " nodes @skip(if: true) { count }") + " __typename } }"
		}, l.Directives},
		{"tokens", func(n int) string { return "{ __typename" + repeat(n-3, "#\n") + "}" }, l.Tokens},
		{"elements", func(n int) string { return "{ nodes(ids: [" + repeat(n, "1 ") + "]) { id } }" }, l.List},
	} {
		for _, n := range []int{b.most, b.most + 1} {
			_, errs := l.Read(schema, b.ask(n))
			answer := "within bounds"
			if errs != nil {
				answer = errs[0].Message
			}
			fmt.Fprintf(&said, "%d %s: %s\n", n, b.name, answer)
		}
	}
	golden.Equal(t, "testdata/bounds.txt", []byte(said.String()))
}

// nest writes n fields within each other.
func nest(n int) string {
	text := "id"
	for i := range n - 1 {
		field := []string{"nodes", "partOf"}[i%2]
		text = field + " { " + text + " }"
	}
	return "{ " + text + " }"
}

// TestIntrospectionPasses: what clients send to learn the schema, at its deepest.
func TestIntrospectionPasses(t *testing.T) {
	for _, depth := range []int{7, 9} {
		ofType := "name"
		for range depth {
			ofType = "kind name ofType { " + ofType + " }"
		}
		text := `query IntrospectionQuery { __schema { description queryType { name } mutationType { name } subscriptionType { name }
			types { ...FullType } directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } } }
			fragment FullType on __Type { kind name description specifiedByURL isOneOf
				fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
				inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
				enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
			fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
			fragment TypeRef on __Type { ` + ofType + ` }`
		if _, errs := limits.Default.Read(schema, text); errs != nil {
			t.Errorf("%d types within types: %v", depth, errs)
		}
	}
}

func TestVariables(t *testing.T) {
	var said strings.Builder
	nested := func(n int) any {
		var v any = "x"
		for range n {
			v = []any{v}
		}
		return v
	}
	conditions := func(n int) (out []any) {
		for range n {
			out = append(out, map[string]any{"name": "x"})
		}
		return out
	}
	list := func(n int) any { return make([]any, n) }
	for _, c := range []struct {
		name  string
		given map[string]any
	}{
		{"none", nil},
		{"as many elements as may be", map[string]any{"ids": list(1000)}},
		{"one element more", map[string]any{"where": map[string]any{"ids": list(1001)}}},
		{"many lists", map[string]any{"a": []any{list(1000), list(1000), list(1000), list(1000), list(1000)}}},
		{"many conditions", map[string]any{"where": map[string]any{"and": conditions(300)}}},
		{"as deep as may be", map[string]any{"a": nested(20)}},
		{"deeper", map[string]any{"a": nested(21)}},
		{"far deeper", map[string]any{"a": nested(9000)}},
		{"a long text", map[string]any{"text": repeat(10_001, "a")}},
		{"a long number", map[string]any{"n": json.Number(repeat(201, "9"))}},
		{"a long name", map[string]any{repeat(201, "a"): 1}},
	} {
		answer := "within bounds"
		if err := limits.Default.CheckGiven(&limits.Document{}, "", c.given); err != nil {
			answer = string(err.Code) + " " + err.Message
		}
		fmt.Fprintf(&said, "%s: %s\n", c.name, answer)
	}
	golden.Equal(t, "testdata/variables.txt", []byte(said.String()))
}

// TestCost: what is counted, and what is said of too much.
func TestCost(t *testing.T) {
	var said strings.Builder
	for _, c := range []struct {
		query string
		given map[string]any
	}{
		{`{ university(id: 1) { name } }`, nil},
		{`{ universities { totalCount } }`, nil},
		{`{ universities { nodes { name } } }`, nil},
		{`{ universities(first: 7) { edges { node { name } } } }`, nil},
		{`{ universities(last: 7) { nodes { name } } }`, nil},
		{`{ universities(first: 1000000) { nodes { name } } }`, nil},
		{`query ($n: Int) { universities(first: $n) { nodes { name } } }`, nil},
		{`query ($n: Int) { universities(first: $n) { nodes { name } } }`, map[string]any{"n": 7}},
		{`query ($n: Int = 9) { universities(last: $n) { nodes { name } } }`, nil},
		{`query ($n: Int, $m: Int) { universities(first: $n, last: $m) { nodes { name } } }`, map[string]any{"m": 5}},
		{`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": []any{"a", "b", "c"}}},
		{`{ nodes(ids: ["a", "b"]) { id aliases { name } } }`, nil},
		{`{ universities(first: 10) { nodes { alliances(first: 5) { nodes { id } } evidence { source { id } } } } }`, nil},
		{`{ a: university(id: 1) { id } b: university(id: 2) { id } }`, nil},
		{`{ university(id: 1) { id } university(id: 1) { name } }`, nil},
		{`{ ...f ...f } fragment f on Query { universities { nodes { id } } }`, nil},
		{`query ($b: Boolean!) { universities @include(if: $b) { nodes { id } } }`, map[string]any{"b": false}},
		{`query ($b: Boolean!) { universities @skip(if: $b) { nodes { id } } universities @include(if: $b) { nodes { id } } }`, map[string]any{"b": false}},
		{`{ node(id: 1) { ... on University { alliances { nodes { id } } } ... on Alliance { members(first: 5) { nodes { id } } } } }`, nil},
		{`{ node(id: 1) { ... on Organization { alliances { nodes { id } } ... on University { bases(first: 5) { nodes { id } } } } } }`, nil},
		{`{ universities { aggregate { count groupBy(by: [KIND]) { count keys { value } } } } }`, nil},
		{`{ neighborhood(of: 1, first: 30) { nodes { id } relationships { type } } }`, nil},
		{`{ __schema { types { name } } stats { nodes { count } } }`, nil},
		{`{ universities(first: 100) { nodes { bases(first: 100) { nodes { id } } alliances { nodes { id } } } } }`, nil},
		{`{ universities { nodes { bases { nodes { disciplines { nodes { id } } universities { nodes { id } } } } } } }`, nil},
	} {
		cost, v, n := requested(t, c.query, c.given)
		fmt.Fprintf(&said, "%s", c.query)
		if c.given != nil {
			fmt.Fprintf(&said, " %v", c.given)
		}
		fmt.Fprintf(&said, "\n  %d\n", n)
		if n > limits.Default.Cost {
			fmt.Fprintf(&said, "  %s\n", cost.Excess(v, n, limits.Default.Cost).Message)
		}
	}
	golden.Equal(t, "testdata/cost.txt", []byte(said.String()))
}

// TestInputs: what a change takes may be larger than a condition, and a condition may not be because it stands in a
// change.
func TestInputs(t *testing.T) {
	doc, errs := limits.Default.Read(schema, `mutation ($input: StudentEnrolInput!, $where: PlacementWhere) {
		studentEnrol(input: $input) { ids }
		studentErase(input: {id: 1, reason: REQUESTED}) { student { placements(where: $where) { totalCount } } } }`)
	if errs != nil {
		t.Fatal(errs)
	}
	objects := func(n int) []any {
		var out []any
		for range n {
			out = append(out, map[string]any{"name": "x", "nameZh": "x", "studentNumber": "x", "cohort": "x", "level": "x", "disciplines": []any{"x", "x"}, "summary": "x", "website": "x"})
		}
		return out
	}
	if err := limits.Default.CheckGiven(doc, "", map[string]any{"input": map[string]any{"students": objects(1000)}}); err != nil {
		t.Errorf("1,000 students are refused: %v", err)
	}
	if err := limits.Default.CheckGiven(doc, "", map[string]any{"input": map[string]any{"a": objects(1000), "b": objects(1000)}}); err == nil || err.Code != "TOO_COMPLEX" {
		t.Errorf("2,000 students are answered %v", err)
	}
	if err := limits.Default.CheckGiven(doc, "", map[string]any{"where": map[string]any{"and": objects(301)}}); err == nil || err.Code != "TOO_COMPLEX" {
		t.Errorf("a condition in a change is answered %v", err)
	}
}
