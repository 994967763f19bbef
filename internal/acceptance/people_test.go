package acceptance

import (
	"fmt"
	"strings"
	"testing"
)

// peopleNetwork has a university with 12 students of chemistry at a base of Works, and one with 3 at a base of Host; one
// of the 12 is placed at Host's.
func peopleNetwork() string {
	var b strings.Builder
	b.WriteString(`
nodes/Alliance.yaml
- {id: all_a, name: Alliance}

nodes/University.yaml
- {id: uni_few, name: Few}
- {id: uni_many, name: Many}

nodes/Enterprise.yaml
- {id: ent_host, name: Host}
- {id: ent_works, name: Works}

nodes/PracticeBase.yaml
- {id: bas_host, name: Small, status: ACTIVE, places: 5}
- {id: bas_works, name: Large, status: ACTIVE, places: 30}

nodes/Agreement.yaml
- {id: agr_a, name: Agreement, signedOn: 2020, validUntil: 2026-03-01}

nodes/Discipline.yaml
- {id: dis_chemistry, name: Chemistry}

relationships/MEMBER_OF.yaml
- {from: uni_few, to: all_a}
- {from: uni_many, to: all_a}

relationships/HOSTS.yaml
- {from: ent_host, to: bas_host}
- {from: ent_works, to: bas_works}

relationships/SERVES.yaml
- {from: bas_host, to: uni_few}
- {from: bas_works, to: uni_many}

relationships/OFFERS.yaml
- {from: bas_host, to: dis_chemistry, places: 5}
- {from: bas_works, to: dis_chemistry, places: 30}

relationships/GOVERNED_BY.yaml
- {from: bas_works, to: agr_a}
`)
	files := map[string]string{}
	at := func(i int) (university, base string) {
		switch {
		case i >= 12:
			return "uni_few", "bas_host"
		case i == 11:
			return "uni_many", "bas_host"
		}
		return "uni_many", "bas_works"
	}
	for i := range 15 {
		university, base := at(i)
		add := func(file, format string, args ...any) { files[file] += fmt.Sprintf("- {"+format+"}\n", args...) }
		add("nodes/Student", "id: stu_%02d, name: Student %d", i, i)
		add("nodes/Placement", "id: plc_%02d, name: Placement %d, status: ACTIVE, from: 2025-09, until: 2026-06", i, i)
		add("relationships/ENROLLED_AT", "from: stu_%02d, to: %s", i, university)
		add("relationships/STUDIES", "from: stu_%02d, to: dis_chemistry", i)
		add("relationships/HAS_PLACEMENT", "from: stu_%02d, to: plc_%02d", i, i)
		add("relationships/AT", "from: plc_%02d, to: %s", i, base)
	}
	for _, name := range []string{"nodes/Student", "nodes/Placement", "relationships/ENROLLED_AT", "relationships/STUDIES", "relationships/HAS_PLACEMENT", "relationships/AT"} {
		b.WriteString("\n" + name + ".yaml\n" + files[name])
	}
	return b.String()
}

// TestPeople: of people whom somebody may not see they learn about how many there are, wherever they are counted: to the
// nearest 5, and nothing of fewer than 5.
func TestPeople(t *testing.T) {
	r := serveNetwork(t, peopleNetwork())
	const lists = `{ many: university(id: "uni_many", asOf: "2026-01-01") { students(first: 1) { totalCount aggregate { count } nodes { name } } }
		few: university(id: "uni_few", asOf: "2026-01-01") { students { totalCount nodes { id } } } }`
	const capacity = `{ practiceBase(id: "bas_works", asOf: "2026-01-01") { capacity(from: "2026-01-01", until: "2026-02-01") { taken free placementCount placements(first: 1) { name } disciplines { taken free } } } }`
	const coverage = `{ alliance(id: "all_a", asOf: "2026-01-01") { coverage(by: DISCIPLINE) { members { students } columns { students } cells { students } } } }`
	const others = `{ agreementsEnding(within: 90, asOf: "2026-01-01") { edges { falls { placementCount placements { id } } } }
		enterprise(id: "ent_works", asOf: "2026-01-01") { ifRemoved { placementCount } }
		stats(asOf: "2026-01-01") { nodes { type count } } students(asOf: "2026-01-01") { totalCount } filtered: students(asOf: "2026-01-01", where: {name: {startsWith: "S"}}) { totalCount }
		unfiltered: students(asOf: "2026-01-01", where: {}) { totalCount } }`
	for _, c := range []struct{ viewer, query, want string }{
		{"public", lists, `{"many":{"students":{"totalCount":10,"aggregate":{"count":10},"nodes":[]}},"few":{"students":{"totalCount":null,"nodes":[]}}}`},
		{"analyst", lists, `{"many":{"students":{"totalCount":12,"aggregate":{"count":12},"nodes":[{"name":"stu_00"}]}},"few":{"students":{"totalCount":3,"nodes":[{"id":"stu_12"},{"id":"stu_13"},{"id":"stu_14"}]}}}`},
		{"office:uni_few", lists, `{"many":{"students":{"totalCount":10,"aggregate":{"count":10},"nodes":[]}},"few":{"students":{"totalCount":3,"nodes":[{"id":"stu_12"},{"id":"stu_13"},{"id":"stu_14"}]}}}`},
		// Of the 12 it sees the one that is at its base; the other 11 are about 10.
		{"office:ent_host", lists, `{"many":{"students":{"totalCount":11,"aggregate":{"count":11},"nodes":[{"name":"Student 11"}]}},"few":{"students":{"totalCount":3,"nodes":[{"id":"stu_12"},{"id":"stu_13"},{"id":"stu_14"}]}}}`},
		{"public", capacity, `{"practiceBase":{"capacity":{"taken":10,"free":20,"placementCount":10,"placements":[],"disciplines":[{"taken":10,"free":20}]}}}`},
		{"office:ent_works", capacity, `{"practiceBase":{"capacity":{"taken":11,"free":19,"placementCount":11,"placements":[{"name":"Placement 0"}],"disciplines":[{"taken":11,"free":19}]}}}`},
		{"public", coverage, `{"alliance":{"coverage":{"members":[{"students":null},{"students":10}],"columns":[{"students":15}],"cells":[{"students":null},{"students":10}]}}}`},
		{"admin", coverage, `{"alliance":{"coverage":{"members":[{"students":3},{"students":12}],"columns":[{"students":15}],"cells":[{"students":3},{"students":12}]}}}`},
		{"office:uni_few", coverage, `{"alliance":{"coverage":{"members":[{"students":3},{"students":10}],"columns":[{"students":13}],"cells":[{"students":3},{"students":10}]}}}`},
		{"public", others, `{"agreementsEnding":{"edges":[{"falls":{"placementCount":10,"placements":[]}}]},"enterprise":{"ifRemoved":{"placementCount":10}},
			"stats":{"nodes":[{"type":"Placement","count":15},{"type":"Student","count":15},{"type":"Enterprise","count":2},{"type":"PracticeBase","count":2},{"type":"University","count":2},{"type":"Agreement","count":1},{"type":"Alliance","count":1},{"type":"Discipline","count":1}]},
			"students":{"totalCount":15},"filtered":{"totalCount":0},"unfiltered":{"totalCount":15}}`},
	} {
		t.Run(c.viewer, func(t *testing.T) {
			(&running{T: t, url: r.as(c.viewer).url}).is(c.query, c.want)
		})
	}
}
