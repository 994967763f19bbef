package graph_test

import (
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// today is the day of every test.
var today = network.NewDay(2026, 11, 21)

func loadMap(t dbtest.TB) *graphmap.Map {
	t.Helper()
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatalf("the schema: %v", err)
	}
	return m
}

func planner(m *graphmap.Map) *plan.Planner {
	return &plan.Planner{Map: m, Today: func() network.Day { return today }}
}

// plans makes the plan of each root field of a query.
func plans(t *testing.T, m *graphmap.Map, query string, variables map[string]any) []*plan.Plan {
	t.Helper()
	doc, errs := gqlparser.LoadQueryWithRules(m.Schema, query, rules.NewDefaultRules())
	if errs != nil {
		t.Fatalf("the query: %v", errs)
	}
	vars, err := validator.VariableValues(m.Schema, doc.Operations[0], variables)
	if err != nil {
		t.Fatalf("the variables: %v", err)
	}
	op := &graphql.OperationContext{Doc: doc, Operation: doc.Operations[0], Variables: vars}
	var out []*plan.Plan
	for _, f := range graphql.CollectFields(op, doc.Operations[0].SelectionSet, []string{"Query"}) {
		p, err := planner(m).Plan(op, f)
		if err != nil {
			t.Fatalf("the plan of %s: %v", f.Name, err)
		}
		out = append(out, p)
	}
	return out
}
