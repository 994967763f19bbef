package acceptance

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/ingest"
)

// serveAlliance runs a server on a small network in which each rule of the traversal decides something.
func serveAlliance(t *testing.T) *running {
	t.Helper()
	r := serve(t)
	n, err := ingest.Read(r.m, os.DirFS("testdata/alliance"))
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Fill(t, r.store, n)
	r.statements.Store(0)
	return r
}

type basesAnswer struct {
	Alliance struct {
		Bases struct {
			TotalCount int
			Edges      []struct {
				Since, Until *string
				Certainty    string
				Evidence     []struct{ Locator string }
				Node         struct{ Name string }
				Paths        []struct{ Nodes []struct{ Name string } }
			}
		}
	}
}

// lines writes each base as `name since certainty: path | path`.
func (a basesAnswer) lines() []string {
	var out []string
	for _, e := range a.Alliance.Bases.Edges {
		var paths []string
		for _, p := range e.Paths {
			var names []string
			for _, n := range p.Nodes {
				names = append(names, n.Name)
			}
			paths = append(paths, strings.Join(names, " > "))
		}
		since := "-"
		if e.Since != nil {
			since = *e.Since
		}
		out = append(out, fmt.Sprintf("%s %s %s: %s", e.Node.Name, since, e.Certainty, strings.Join(paths, " | ")))
	}
	return out
}

// TestBasesOfAnAlliance is the fourth question in full: sub-alliances and schools switched on and off, on two days.
func TestBasesOfAnAlliance(t *testing.T) {
	r := serveAlliance(t)
	cases := []struct {
		name, args, day string
		want            []string
	}{
		{"members only", "", "2026-01-01", []string{
			"Shared base 2018-09 STATED: Delta Alliance > East University > Shared base | Delta Alliance > North University > Shared base",
		}},
		{"with schools", "schools: true", "2026-01-01", []string{
			"Chemistry base 2021-03-01 ASSUMED: Delta Alliance > East University > School of Chemistry > Chemistry base",
			"Shared base 2018-09 STATED: Delta Alliance > East University > Shared base | Delta Alliance > North University > Shared base",
		}},
		{"with sub-alliances", "subAlliances: true", "2026-01-01", []string{
			"Parks base 2022 ASSUMED: Delta Alliance > Delta Parks > Parks University > Parks base",
			"Shared base 2018-09 STATED: Delta Alliance > East University > Shared base | Delta Alliance > North University > Shared base",
		}},
		{"with both", "subAlliances: true, schools: true", "2026-01-01", []string{
			"Chemistry base 2021-03-01 ASSUMED: Delta Alliance > East University > School of Chemistry > Chemistry base",
			"Parks base 2022 ASSUMED: Delta Alliance > Delta Parks > Parks University > Parks base",
			"Shared base 2018-09 STATED: Delta Alliance > East University > Shared base | Delta Alliance > North University > Shared base",
		}},
		{"while a member that left was in it", "", "2016-07-01", []string{
			"Shared base 2016 STATED: Delta Alliance > University That Left > Shared base",
		}},
		{"before anything", "subAlliances: true, schools: true", "2014-12-31", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			arguments := ""
			if c.args != "" {
				arguments = "(" + c.args + ")"
			}
			var got basesAnswer
			r.ask(fmt.Sprintf(`{ alliance(id: "all_delta", asOf: %q) { bases%s { totalCount edges {
				since until certainty evidence { locator } node { name } paths { nodes { name } }
			} } } }`, c.day, arguments), &got)
			if diff := cmp.Diff(c.want, got.lines()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if got.Alliance.Bases.TotalCount != len(c.want) {
				t.Errorf("totalCount is %d, not %d", got.Alliance.Bases.TotalCount, len(c.want))
			}
		})
	}
}

// TestOneStatementARootField counts what reaches the database: one statement for each root field, whatever hangs
// below it.
func TestOneStatementARootField(t *testing.T) {
	r := serveAlliance(t)
	r.limits.Depth, r.limits.Cost = 20, 1<<30
	r.listen()
	const deep = `
		alliances { nodes {
			one: members { totalCount edges { evidence { source { name } } node { name
				a: alliances { nodes { b: members { nodes { ... on University {
					schools { nodes { bases { totalCount nodes { host { name hostedBases { nodes { name } } } } } } }
					x: bases(schools: true, first: 1) { nodes { name } }
					y: bases(first: 2) { nodes { id } pageInfo { hasNextPage } }
				} } } } }
			} } }
			two: members(where: { name: { contains: "east" } }) { nodes { name } }
			bases(subAlliances: true, schools: true) { edges { paths { relationships { from { name } evidence { source { name } } } } } }
		} }`
	cases := []struct {
		query string
		want  int64
	}{
		{`{` + deep + `}`, 1},
		{`{ p: ` + strings.TrimSpace(deep) + ` q: ` + strings.TrimSpace(deep) + `}`, 2},
		{`{ node(id: "uni_east") { id } nodes(ids: ["uni_east", "uni_north"]) { name } university(id: "uni_east") { name } }`, 3},
		{`{ search(query: "east") { totalCount nodes { id ... on University { alliances { nodes { name } } } } } }`, 1},
		{`{ paths(from: "uni_east", to: "ent_works") { totalCount nodes { nodes { name } } } }`, 1},
		{`{ neighborhood(of: "uni_east", depth: 2) { nodes { name } relationships { type } totalCount } }`, 1},
		{`{ changes(from: "2015-01-01", until: "2030-01-01") { totalCount nodes { kind node { name } } } }`, 1},
		{`{ changes(from: "2015-01-01", until: "2030-01-01", orderBy: [{ on: DESC }], where: { kind: { eq: BEGAN } }) { nodes { kind } aggregate { count groupBy(by: [TYPE, ON]) { count } } } }`, 1},
		{`{ stats { nodes { type count } relationships { type count } } }`, 1},
		{`{ __typename }`, 0},
		{`{ __schema { queryType { name } } }`, 0},
	}
	for _, c := range cases {
		r.statements.Store(0)
		var data map[string]any
		r.ask(c.query, &data)
		if got := r.statements.Load(); got != c.want {
			t.Errorf("%d statements, not %d, for %s", got, c.want, c.query)
		}
	}
}
