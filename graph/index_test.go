package graph_test

import (
	"context"
	"slices"
	"testing"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/internal/synthetic"
)

// TestIndexes: a statement starts at an index wherever what is asked can be found in one, and never at all things.
func TestIndexes(t *testing.T) {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	s := dbtest.Open(t)
	dbtest.Fill(t, s, &network.Network{})
	if err := s.Load(context.Background(), synthetic.Parts(m, synthetic.Demo, 1)); err != nil {
		t.Fatal(err)
	}
	planner := &plan.Planner{Map: m, Today: network.Today}
	after := plan.WriteCursor([]plan.Key{{Name: "name"}, {Name: "id"}}, []any{"li", "x"})
	for _, c := range []struct{ query, want string }{
		{`{ student(id: "stu_syn-000001") { name } }`, "NodeUniqueIndexSeek"},
		{`{ nodes(ids: ["stu_syn-000001"]) { name } }`, "NodeUniqueIndexSeek"},
		{`{ students(where: {id: {in: ["a", "b"]}}) { nodes { name } } }`, "NodeUniqueIndexSeek"},
		{`{ students(where: {name: {eq: "Li Wei"}}) { nodes { name } } }`, "NodeIndexSeek"},
		{`{ students(where: {name: {in: ["Li Wei", "x"]}}) { nodes { name } } }`, "NodeIndexSeek"},
		{`{ students(where: {name: {startsWith: "li"}}) { nodes { name } } }`, "NodeIndexSeekByRange"},
		{`{ students(where: {nameZh: {contains: "伟"}}) { totalCount } }`, "NodeIndexScan"},
		{`{ students(where: {studentNumber: {eq: "S1"}}) { nodes { name } } }`, "NodeIndexSeek"},
		{`{ students { nodes { name } } }`, "NodeIndexScan"},
		{`{ students(last: 5) { nodes { name } } }`, "NodeIndexScan"},
		{`{ students(after: "` + after + `") { nodes { name } } }`, "NodeIndexSeekByRange"},
		{`{ practiceBases(where: {disciplines: {some: {id: {eq: "dis_syn-000001"}}}}) { totalCount } }`, "NodeUniqueIndexSeek"},
		{`{ paths(from: "a", to: "b") { totalCount } }`, "NodeUniqueIndexSeek"},
		{`{ neighborhood(of: "a") { totalCount } }`, "NodeUniqueIndexSeek"},
		{`{ search(query: "li") { totalCount } }`, "ProcedureCall"},
		{`{ changes(from: "2020-01-01", until: "2021-01-01", types: [Agreement]) { totalCount } }`, ""},
	} {
		t.Run(c.query, func(t *testing.T) {
			plans, err := graph.Plans(planner, access.Viewer{Roles: access.Admin}, c.query, nil)
			if err != nil {
				t.Fatal(err)
			}
			p, err := s.Profile(context.Background(), plans[0].Text, plans[0].Params)
			if err != nil {
				t.Fatal(err)
			}
			starts := leaves(p.Root)
			if slices.Contains(starts, "AllNodesScan") {
				t.Errorf("it starts at all things:\n%s", p)
			}
			if c.want != "" && !slices.Contains(starts, c.want) {
				t.Errorf("it starts at %v, not at %s:\n%s", starts, c.want, p)
			}
		})
	}
}

// leaves lists the operators that rows begin at.
func leaves(o *store.Operator) []string {
	if len(o.Of) == 0 {
		return []string{o.Name}
	}
	var out []string
	for _, c := range o.Of {
		out = append(out, leaves(c)...)
	}
	return out
}
