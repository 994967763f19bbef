package limits_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/limits"
)

// TestCostIsThatOfWhatIsAsked: what is read off a document once is what comes of going through all that it asks, field by
// field, type by type, with the variables at hand.
func TestCostIsThatOfWhatIsAsked(t *testing.T) {
	l := limits.Default
	l.Tokens, l.Aliases, l.Directives, l.Depth = 1<<20, 1<<20, 1<<20, 1<<20
	rapid.Check(t, func(t *rapid.T) {
		g := &documents{T: t}
		text := g.document()
		doc, errs := l.Read(schema, text)
		if errs != nil {
			t.Skip(errs) // too large, or fragments that can't meet
		}
		op := doc.Operations[0]
		v := map[string]any{"a": rapid.Bool().Draw(t, "a"), "b": rapid.Bool().Draw(t, "b"), "n": int64(rapid.IntRange(0, 3).Draw(t, "n"))}
		n := naive{&graphql.OperationContext{Doc: doc.QueryDocument, Variables: v}}
		want := n.of(schema.Query, op.SelectionSet, -1)
		if got := doc.Cost(op).Requested(v); got != min(want, 1<<30) {
			t.Fatalf("%s\nwith %v costs %d, not %d", text, v, got, want)
		}
	})
}

// naive counts by going through all that is asked.
type naive struct{ op *graphql.OperationContext }

func (n naive) of(d *ast.Definition, set ast.SelectionSet, page int) (dearest int) {
	for _, t := range schema.GetPossibleTypes(d) {
		all := 0
		for _, f := range graphql.CollectFields(n.op, set, append([]string{t.Name}, t.Interfaces...)) {
			all += n.field(t, f, page)
		}
		dearest = max(dearest, all)
	}
	return dearest
}

func (n naive) field(of *ast.Definition, f graphql.CollectedField, page int) int {
	target := schema.Types[f.Definition.Type.Name()]
	if !target.IsCompositeType() {
		return 0
	}
	list, each, within := f.Definition.Type.Elem != nil, 0, -1
	if list || target.Fields.ForName("id") != nil && !strings.HasSuffix(of.Name, "Edge") {
		each = 1
	}
	size, sized := n.size(f.Field)
	switch {
	case !list && sized:
		size, within = 1, size
		if !n.rows(target, f.Selections) {
			each = 1
		}
	case !list:
		size = 1
	case !sized && page >= 0:
		size = page
	case !sized:
		size = 3
	}
	return size * (each + n.of(target, f.Selections, within))
}

func (n naive) rows(d *ast.Definition, set ast.SelectionSet) bool {
	var names []string
	for _, f := range graphql.CollectFields(n.op, set, []string{d.Name, "Connection"}) {
		names = append(names, f.Name)
	}
	return strings.Contains(strings.Join(names, " "), "nodes") || strings.Contains(strings.Join(names, " "), "edges")
}

func (n naive) size(f *ast.Field) (int, bool) {
	d := f.Definition.Arguments.ForName("first")
	if d == nil {
		return 0, false
	}
	args := f.ArgumentMap(n.op.Variables)
	if v, given := args["first"].(int64); given {
		return int(v), true
	}
	return 20, true
}

// documents writes random ones. A field of one name is asked for alike wherever it may be answered as one.
type documents struct {
	*rapid.T
	fragments []string
	names     int
}

func (g *documents) document() string {
	text := "query ($a: Boolean!, $b: Boolean!, $n: Int) { " + g.set("Query", 5) + " __typename @skip(if: $a) @include(if: $b) x: stats { nodes { count } } y: universities(first: $n) { totalCount } }"
	return text + strings.Join(g.fragments, "")
}

func (g *documents) set(of string, depth int) string {
	var b strings.Builder
	for range rapid.IntRange(1, 3).Draw(g.T, "fields") {
		switch {
		case depth > 0 && rapid.IntRange(0, 4).Draw(g.T, "fragment") == 0:
			inner := g.set(of, depth-1)
			if rapid.Bool().Draw(g.T, "named") {
				g.names++
				name := fmt.Sprintf("f%d", g.names)
				g.fragments = append(g.fragments, fmt.Sprintf(" fragment %s on %s { %s }", name, of, inner))
				fmt.Fprintf(&b, " ...%s%s ...%s", name, g.condition(), name)
			} else {
				fmt.Fprintf(&b, " ...%s { %s }", g.condition(), inner)
			}
		case of == "Node" || of == "Organization":
			for _, t := range []string{"University", "Alliance", "PracticeBase"}[:rapid.IntRange(0, 3).Draw(g.T, "types")] {
				if of == "Organization" && t == "PracticeBase" || rapid.Bool().Draw(g.T, "left out") {
					continue
				}
				fmt.Fprintf(&b, " ... on %s%s { %s }", t, g.condition(), g.set(t, depth-1))
			}
			b.WriteString(" id")
		default:
			b.WriteString(g.field(of, depth))
		}
	}
	return b.String()
}

func (g *documents) condition() string {
	return rapid.SampledFrom([]string{"", "", " @include(if: $a)", " @skip(if: $b)", " @include(if: $a) @skip(if: $b)", " @skip(if: false)", " @include(if: false)"}).Draw(g.T, "condition")
}

// asks are fields with what they lead to.
var asks = map[string][][2]string{
	"Query":      {{"universities(first: $n)", "University page"}, {"alliance(id: 1)", "Alliance"}, {"node(id: 1)", "Node"}, {"organizations(first: 4)", "Organization page"}},
	"University": {{"alliances(first: 2)", "Alliance page"}, {"bases(first: $n)", "PracticeBase page"}, {"evidence", "Evidence"}},
	"Alliance":   {{"members", "Organization page"}, {"evidence", "Evidence"}},
	"PracticeBase": {
		{"universities(first: 3)", "University page"}, {"host", "Organization"}, {"evidence", "Evidence"},
	},
	"Evidence": {{"source", "Source"}},
}

func (g *documents) field(of string, depth int) string {
	all := asks[of]
	if len(all) == 0 || depth <= 0 {
		if of == "Query" {
			return " __typename"
		}
		if of == "Evidence" {
			return " locator"
		}
		return " id"
	}
	ask := rapid.SampledFrom(all).Draw(g.T, "field")
	target, page := strings.CutSuffix(ask[1], " page")
	inner := g.set(target, depth-1)
	if page {
		inner = rapid.SampledFrom([]string{"nodes { %s }", "edges { node { %s } }", "edges { node { %s } } nodes { id }", "totalCount nodes { %s }"}).Draw(g.T, "rows")
		inner = fmt.Sprintf(inner, g.set(target, depth-1))
	}
	return fmt.Sprintf(" %s%s { %s }", ask[0], g.condition(), inner)
}
