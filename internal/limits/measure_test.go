package limits

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"pgregory.net/rapid"
)

// TestFragmentsAreMeasuredAsIfTheyWerePutInPlace: measuring each fragment once gives what going through all that is spread
// gives.
func TestFragmentsAreMeasuredAsIfTheyWerePutInPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 6).Draw(t, "fragments")
		text := "{" + drawSet(t, n, 0, 3) + "}"
		for i := n; i > 0; i-- { // each spreads only those before it
			text += fmt.Sprintf(" fragment f%d on T @d {%s}", i, drawSet(t, i-1, 0, 2))
		}
		doc, err := parser.ParseQuery(&ast.Source{Input: text})
		if err != nil {
			t.Fatal(err)
		}
		m := &measuring{map[string]*ast.FragmentDefinition{}, map[string]extent{}, map[string]bool{}}
		for _, f := range doc.Fragments {
			m.fragments[f.Name] = f
		}
		got, fault := m.set(doc.Operations[0].SelectionSet)
		if fault != nil {
			t.Fatal(fault)
		}
		if want := naively(doc, doc.Operations[0].SelectionSet); got != want {
			t.Fatalf("%s\nis measured as %+v, not %+v", text, got, want)
		}
	})
}

func drawSet(t *rapid.T, fragments, deep, most int) string {
	var b strings.Builder
	for range rapid.IntRange(1, most).Draw(t, "selections") {
		directive := rapid.SampledFrom([]string{"", " @d"}).Draw(t, "directive")
		switch kind := rapid.IntRange(0, 4).Draw(t, "kind"); {
		case kind == 0 && fragments > 0:
			fmt.Fprintf(&b, " ...f%d%s", rapid.IntRange(1, fragments).Draw(t, "spread"), directive)
		case kind == 1 && deep < 4:
			fmt.Fprintf(&b, " ... on T%s {%s}", directive, drawSet(t, fragments, deep+1, most))
		default:
			name := rapid.SampledFrom([]string{"a", "x: a", "fields", "args", "__schema", "__type"}).Draw(t, "field")
			fmt.Fprintf(&b, " %s%s", name, directive)
			if deep < 4 && rapid.Bool().Draw(t, "within") {
				fmt.Fprintf(&b, " {%s}", drawSet(t, fragments, deep+1, most))
			}
		}
	}
	return b.String()
}

// naively measures by going through all that is spread.
func naively(doc *ast.QueryDocument, set ast.SelectionSet) (out extent) {
	for _, s := range set {
		var e extent
		switch s := s.(type) {
		case *ast.Field:
			e = naively(doc, s.SelectionSet)
			e.fields, e.depth, e.directives = 1, e.depth+1, e.directives+len(s.Directives)
			if s.Name == "fields" || s.Name == "args" {
				e.lists++
			}
			if strings.HasPrefix(s.Name, "__") {
				e.schemaDepth, e.depth = max(e.schemaDepth, e.depth), 1
				e.schemaLists, e.lists = e.schemaLists+e.lists, 0
			}
			if s.Alias != s.Name {
				e.aliases++
			}
		case *ast.InlineFragment:
			e = naively(doc, s.SelectionSet)
			e.directives += len(s.Directives)
		case *ast.FragmentSpread:
			f := doc.Fragments.ForName(s.Name)
			e = naively(doc, f.SelectionSet)
			e.directives += len(s.Directives) + len(f.Directives)
		}
		out.selections += e.selections + 1
		out.nesting = max(out.nesting, e.nesting+1)
		out.depth, out.schemaDepth = max(out.depth, e.depth), max(out.schemaDepth, e.schemaDepth)
		out.lists, out.schemaLists = out.lists+e.lists, out.schemaLists+e.schemaLists
		out.aliases, out.directives, out.fields = out.aliases+e.aliases, out.directives+e.directives, out.fields+e.fields
	}
	return out
}
