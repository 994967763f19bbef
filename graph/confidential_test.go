package graph_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// TestConfidentialFieldsAreNotRead: however somebody who sees nothing of it asks for a confidential field, whatever is stored
// of it stays unread, for what can be filtered or sorted by can be found out.
func TestConfidentialFieldsAreNotRead(t *testing.T) {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	planner := &plan.Planner{Map: m, Today: network.Today}
	asked := 0
	for _, roles := range []access.Roles{0, access.Analyst} {
		for _, of := range m.Things() {
			sight := access.SightOf(of.Seen, roles)
			if _, never := sight.Whole.(access.Never); !never || sight.Nothing() {
				continue
			}
			for _, f := range of.Def.Fields {
				if f.Directives.ForName("confidential") == nil {
					continue
				}
				for _, query := range waysToAsk(m, of, f) {
					plans, err := graph.Plans(planner, access.Viewer{Roles: roles}, query, nil)
					if err != nil {
						t.Fatalf("%s: %v", query, err)
					}
					asked++
					if read := regexp.MustCompile(`\w+\.(` + strings.Join(append(m.Confidential(of), f.Name), "|") + `)\w*`).FindString(plans[0].Text); read != "" {
						t.Errorf("as %s, %s\nreads %s:\n%s", access.Viewer{Roles: roles}, query, read, plans[0].Text)
					}
				}
			}
		}
	}
	if asked < 30 {
		t.Errorf("asked in %d ways only", asked)
	}
}

// waysToAsk are queries that show a field of a type, filter and sort by it, and sum it up.
func waysToAsk(m *graphmap.Map, of *graphmap.Type, f *ast.FieldDefinition) []string {
	var list string
	for _, r := range m.Roots {
		if r.Start == "ALL" && r.Target.Node == of {
			list = r.Name
		}
	}
	show := f.Name
	if f.Type.Elem != nil {
		show += " { __typename }"
	}
	out := []string{fmt.Sprintf("{ %s { nodes { %s } } }", list, show)}
	if where := m.Schema.Types[of.Name+"Where"].Fields.ForName(f.Name); where != nil {
		for _, op := range m.Schema.Types[where.Type.Name()].Fields {
			value := map[string]string{"Boolean": "true", "PartialDate": `"2020"`, "DateTime": `"2020-01-01T00:00:00Z"`, "Int": "1", "Float": "1"}[op.Type.Name()]
			if value == "" {
				value = `"x"`
			}
			out = append(out, fmt.Sprintf("{ %s(where: { %s: { %s: %s } }) { nodes { id } } }", list, f.Name, op.Name, value))
		}
	}
	if m.Schema.Types[of.Name+"Order"].Fields.ForName(f.Name) != nil {
		out = append(out, fmt.Sprintf("{ %s(orderBy: [{ %s: DESC }]) { edges { cursor } } }", list, f.Name))
	}
	word := graphmap.Capitals(f.Name)
	for enum, ask := range map[string]string{"GroupBy": "groupBy(by: [%s]) { keys { value } }", "Date": "latest(of: %s)", "Number": "max(of: %s)"} {
		if d := m.Schema.Types[of.Name+enum]; d != nil && d.EnumValues.ForName(word) != nil {
			out = append(out, fmt.Sprintf("{ %s { aggregate { %s } } }", list, fmt.Sprintf(ask, word)))
		}
	}
	return out
}
