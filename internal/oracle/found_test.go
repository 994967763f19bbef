package oracle

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/names"
)

// oddity is a question that random queries seldom come upon, about a network of its own.
type oddity struct {
	name, files, query string
	variable           *variable
}

func (c oddity) asked(viewer access.Viewer) *query {
	q := &query{viewer: viewer, roots: []*node{{head: strings.TrimSuffix(strings.TrimPrefix(c.query, "{"), "}")}}}
	if c.variable != nil {
		q.variables = append(q.variables, c.variable)
	}
	return q
}

var oddities = []oddity{
	{
		"what a confidential date may mean is confidential too",
		"nodes/PracticeBase.yaml\n- {id: bas_a, name: A, insuredUntil: 2023-06-26}\n- {id: bas_b, name: B}",
		`{ a: practiceBases(where: {insuredUntil: {gt: "2023"}}) { totalCount } b: practiceBases(orderBy: [{insuredUntil: DESC}]) { edges { cursor } }
		   c: practiceBases { aggregate { latest(of: INSURED_UNTIL) groupBy(by: [INSURED_UNTIL]) { keys { value } } } }
		   d: insuranceEnding(within: 30, asOf: "2023-06-01") { totalCount } }`, nil,
	},
	{
		"an edge of a root list is tied to nothing",
		"nodes/University.yaml\n- {id: uni_a, name: A, evidence: [{source: src_a}]}",
		`{ universities { edges { since until certainty role evidence { locator } paths { length } } } }`, nil,
	},
	{
		"what nothing can meet is planned, in a list below a list",
		"nodes/University.yaml\n- {id: uni_a, name: A}",
		`{ universities { nodes { established { nodes { ... on PracticeBase { host {
			parts(where: {edge: {or: [], sourceCount: {eq: 0}}}, orderBy: [{locations: {measure: MAX, of: SOURCE_COUNT, direction: ASC}}]) { totalCount edges { __typename } }
		} } } } } } }`, nil,
	},
	{
		"what nobody dated did not begin on the first day",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n- {id: uni_b, name: B, founded: '0001'}",
		`{ changes(from: "0001-01-01", until: "0002-01-01") { nodes { kind on node { id } } } }`, nil,
	},
	{
		"nobody said where in the document",
		"nodes/University.yaml\n- {id: uni_a, name: A, aliases: [{name: B}], evidence: [{source: src_a}]}",
		`{ universities { nodes { aliases { name source { id } locator } evidence { locator recordedAt recordedBy } } } }`, nil,
	},
	{
		"more follows a page that ends at a cursor",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n- {id: uni_b, name: B}\n- {id: uni_c, name: C}",
		`{ a: universities(first: 5, before: "` + byName.write([]any{"c", "uni_c"}) + `") { nodes { id } pageInfo { hasNextPage hasPreviousPage } }
		   b: universities(last: 5, after: "` + byName.write([]any{"a", "uni_a"}) + `") { nodes { id } pageInfo { hasNextPage hasPreviousPage } } }`, nil,
	},
	{
		"a page behind the last of the shortest paths is empty",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n- {id: uni_b, name: B}\n\n" +
			"nodes/Alliance.yaml\n- {id: all_c, name: C}\n\n" +
			"relationships/PART_OF.yaml\n- {from: uni_a, to: uni_b}\n\n" +
			"relationships/MEMBER_OF.yaml\n- {from: uni_a, to: all_c}\n- {from: uni_b, to: all_c}",
		`{ paths(from: "uni_a", to: "uni_b", after: "` + byLength.write([]any{1, "rel_part-of_uni_a_uni_b "}) + `") { nodes { length } totalCount pageInfo { hasPreviousPage } } }`, nil,
	},
	{
		"what is around a thing is seen on a day on which the thing itself does not hold",
		"nodes/University.yaml\n- {id: uni_a, name: A, founded: 2099}\n- {id: uni_b, name: B}\n\n" +
			"relationships/PART_OF.yaml\n- {from: uni_a, to: uni_b, since: 2000}",
		`{ neighborhood(of: "uni_a") { center { id } nodes { id } relationships { id } totalCount } university(id: "uni_a") { partOf { nodes { id } } } }`, nil,
	},
	{
		"a name beyond 16 bits stands at one place, by order and by cursor",
		"nodes/University.yaml\n- {id: uni_a, name: 😀 Smile}\n- {id: uni_b, name: Ａ wide}",
		`{ a: universities(first: 1) { nodes { id } }
		   b: universities(after: "` + byName.write([]any{names.Key("😀 Smile"), "uni_a"}) + `") { nodes { id } }
		   c: universities(before: "` + byName.write([]any{names.Key("Ａ wide"), "uni_b"}) + `") { nodes { id } } }`, nil,
	},
	{
		"a name contains itself, whatever its script",
		"nodes/University.yaml\n- {id: uni_a, name: İSTANBUL}\n- {id: uni_b, name: ΟΔΟΣ}\n- {id: uni_c, name: STRASSE ß ẞ}",
		`{ a: universities(where: {name: {contains: "İSTANBUL"}}) { nodes { id } }
		   b: universities(where: {name: {contains: "ΟΔΟΣ"}}) { nodes { id } }
		   c: universities(where: {name: {contains: "ß ẞ"}}) { nodes { id } } }`, nil,
	},
	{
		"things around another stand in the order of lists",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n- {id: uni_b, name: Ａ wide}\n- {id: uni_c, name: 😀 Smile}\n\n" +
			"relationships/PART_OF.yaml\n- {from: uni_b, to: uni_a}\n- {from: uni_c, to: uni_a}",
		`{ neighborhood(of: "uni_a") { nodes { id } } universities { nodes { id } } }`, nil,
	},
	{
		"the one host is the latest of those that hold",
		"nodes/PracticeBase.yaml\n- {id: bas_a, name: A}\n\n" +
			"nodes/Enterprise.yaml\n- {id: ent_a, name: A}\n- {id: ent_b, name: B}\n- {id: ent_c, name: C}\n\n" +
			"relationships/HOSTS.yaml\n- {from: ent_a, to: bas_a, since: 2001}\n- {from: ent_b, to: bas_a, since: 2002}\n- {from: ent_c, to: bas_a, since: 2003, until: 2004}",
		`{ practiceBase(id: "bas_a") { host { id } } }`, nil,
	},
	{
		"every thing on the way is an alliance",
		"nodes/Alliance.yaml\n- {id: all_a, name: A}\n- {id: all_b, name: B}\n\nnodes/School.yaml\n- {id: sch_a, name: A}\n\n" +
			"nodes/University.yaml\n- {id: uni_a, name: A}\n\nnodes/PracticeBase.yaml\n- {id: bas_a, name: A}\n\n" +
			"relationships/PART_OF.yaml\n- {from: all_b, to: sch_a}\n- {from: sch_a, to: all_a}\n\n" +
			"relationships/MEMBER_OF.yaml\n- {from: uni_a, to: all_b}\n\nrelationships/SERVES.yaml\n- {from: bas_a, to: uni_a}",
		`{ a: alliance(id: "all_a") { bases(subAlliances: true) { totalCount } } b: alliance(id: "all_b") { bases { totalCount } } }`, nil,
	},
	{
		"of several paths the first and the last decide, and in each the narrowest relationship",
		"nodes/Alliance.yaml\n- {id: all_a, name: A}\n\nnodes/University.yaml\n- {id: uni_a, name: A}\n- {id: uni_b, name: B}\n\n" +
			"nodes/PracticeBase.yaml\n- {id: bas_a, name: A}\n\n" +
			"relationships/MEMBER_OF.yaml\n- {from: uni_a, to: all_a, since: 2001, until: 2031}\n- {from: uni_b, to: all_a, since: 2002, until: 2032}\n\n" +
			"relationships/SERVES.yaml\n- {from: bas_a, to: uni_a, since: 2006, until: 2036}\n- {from: bas_a, to: uni_b, since: 2005, until: 2035}",
		`{ alliance(id: "all_a") { bases { edges { since until certainty paths { relationships { since until } } } } } }`, nil,
	},
	{
		"a start is assumed until the day on which its first source was published",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n\nnodes/Alliance.yaml\n- {id: all_a, name: A}\n\n" +
			"relationships/MEMBER_OF.yaml\n- {from: uni_a, to: all_a, evidence: [{source: src_a}]}",
		`{ a: university(id: "uni_a", asOf: "2019-12-31") { alliances { edges { certainty } } }
		   b: university(id: "uni_a", asOf: "2020-01-01") { alliances { edges { certainty } } } }`, nil,
	},
	{
		"what is absent meets nothing, so that its negation is met",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n- {id: uni_b, name: B, nameZh: 大学}\n- {id: uni_c, name: C, nameZh: 学院}\n\n" +
			"nodes/Alliance.yaml\n- {id: all_a, name: A}\n- {id: all_b, name: B}\n\n" +
			"relationships/MEMBER_OF.yaml\n- {from: uni_a, to: all_a}\n- {from: uni_b, to: all_a}\n- {from: uni_b, to: all_b}",
		`{ a: universities(where: {not: {nameZh: {eq: "大学"}}}) { nodes { id } }
		   b: universities(where: {not: {not: {nameZh: {eq: "大学"}}}}) { nodes { id } }
		   c: universities(where: {not: {and: [{nameZh: {contains: "大"}}, {name: {eq: "A"}}]}}) { nodes { id } }
		   d: alliances(where: {members: {every: {nameZh: {eq: "大学"}}}}) { nodes { id } }
		   e: alliances(where: {members: {none: {nameZh: {eq: "大学"}}}}) { nodes { id } }
		   f: alliances(where: {not: {members: {some: {not: {nameZh: {eq: "大学"}}}}}}) { nodes { id } } }`, nil,
	},
	{
		"a variable holds one filter where a list of them stands",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n- {id: uni_b, name: B}",
		`{ universities(where: $v1v) { nodes { id } } }`,
		&variable{name: "v1v", of: "UniversityWhere", given: true, value: fields{{"or", fields{{"id", fields{{"in", "uni_b"}}}}}}},
	},
	{
		"a variable holds the value of an enum in small letters",
		"nodes/University.yaml\n- {id: uni_a, name: A}",
		`{ search(query: "a", types: $v1v) { totalCount } }`,
		&variable{name: "v1v", of: "[NodeType!]", given: true, value: "university"},
	},
	{
		"lists below a thing and below a hit amount to something",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n\nnodes/PracticeBase.yaml\n- {id: bas_a, name: B, places: 3}\n\n" +
			"relationships/SERVES.yaml\n- {from: bas_a, to: uni_a, places: 2}",
		`{ university(id: "uni_a") { bases { aggregate { sum(of: PLACES) latest(of: EDGE_UNTIL) groupBy(by: [SERVES]) { keys { node { id } sum(of: PLACES) } } } } }
		   search(query: "a") { nodes { ... on University { bases(orderBy: [{serves: {measure: MIN, of: SOURCE_COUNT}}]) { aggregate { avg(of: EDGE_PLACES) } nodes { id } } } } } }`, nil,
	},
	{
		"what people who may not be seen amount to, beside how many, roughly, there are",
		"nodes/Placement.yaml\n- {id: plc_a, name: A, from: 2001-01-01, until: 2099-01-01}",
		`{ a: placements { aggregate { count latest(of: UNTIL) } } b: placements { aggregate { count } } c: placements { aggregate { latest(of: UNTIL) } } }`, nil,
	},
	{
		"the sources of the relationships that lead to a key are counted",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n- {id: uni_b, name: B}\n\nrelationships/PART_OF.yaml\n- {from: uni_a, to: uni_b, evidence: [{source: src_a}]}",
		`{ universities { aggregate { groupBy(by: [PARTS]) { keys { node { id } sum(of: SOURCE_COUNT) } } } } }`, nil,
	},
	{
		"a wrong value is refused though nothing reads it",
		"nodes/University.yaml\n- {id: uni_a, name: A}",
		`{ a: university(id: "uni_a", asOf: $v1v) { __typename } b: nodes(ids: [], during: {from: "2020-01-01", to: $v1v}) { id } }`,
		&variable{name: "v1v", of: "Date!", given: true, value: "2023"},
	},
	{
		"a wrong cursor is refused though no row is asked for",
		"nodes/University.yaml\n- {id: uni_a, name: A}",
		`{ a: universities(after: $v1v) { totalCount } b: university(id: "uni_a") { alliances(before: $v1v) { __typename } } }`,
		&variable{name: "v1v", of: "String", given: true, value: "no cursor"},
	},
	{
		"a page too long is refused though no row is asked for",
		"nodes/University.yaml\n- {id: uni_a, name: A}",
		`{ a: universities(first: $v1v) { __typename } b: universities { edges { paths(first: $v1v) { length } } aggregate { groupBy(by: [KIND], first: $v1v) { count } } } }`,
		&variable{name: "v1v", of: "Int!", given: true, value: 201},
	},
	{
		"a mean does not depend on the order of the rows",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n- {id: uni_b, name: B}\n- {id: uni_c, name: C, evidence: [{source: src_a}]}",
		`{ universities { aggregate { avg(of: SOURCE_COUNT) groupBy(by: [SYNTHETIC]) { avg(of: SOURCE_COUNT) } } } }`, nil,
	},
	{
		"a moment in another zone is a place in the list like any other",
		"nodes/University.yaml\n- {id: uni_a, name: A}",
		`{ a: universities(orderBy: [{createdAt: ASC}], after: "` + order{{by: "createdAt"}, nameKey, idKey}.write([]any{"2100-01-01T08:00:00+08:00", "a", "uni_a"}) + `") { nodes { id } }
		   b: universities(where: {createdAt: {lt: "2100-01-01T08:00:00+08:00"}}) { nodes { id } } }`, nil,
	},
	{
		"what has no date comes last, behind the first day and before the last",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n- {id: uni_b, name: B, founded: '0001'}\n- {id: uni_c, name: C, founded: 9999-12-31}",
		`{ a: universities(orderBy: [{founded: DESC}], asOf: "9999-12-31") { edges { cursor node { id } } }
		   b: universities(orderBy: [{founded: ASC}], asOf: "9999-12-31") { edges { cursor node { id } } } }`, nil,
	},
	{
		"what has no text comes last, behind every character",
		"nodes/University.yaml\n- {id: uni_a, name: A}\n- {id: uni_b, name: B, summary: \U0001F600}\n- {id: uni_c, name: C, summary: \uFFFD}\n- {id: uni_d, name: D, summary: '!'}",
		`{ a: universities(orderBy: [{summary: DESC}]) { edges { cursor node { id } } }
		   b: universities(orderBy: [{summary: ASC}]) { edges { cursor node { id } } } }`, nil,
	},
	{
		"a text has in it what it has in it, whatever the character",
		"nodes/University.yaml\n- {id: uni_a, name: a\uFFFDb, summary: a\uFFFDb}\n- {id: uni_b, name: B, summary: \uD7FF}",
		`{ a: universities(where: {summary: {contains: "\uFFFD"}}) { nodes { id } } b: universities(where: {name: {contains: "\uFFFD"}}) { nodes { id } }
		   c: universities(where: {summary: {startsWith: "A\uFFFDB"}}) { nodes { id } } }`, nil,
	},
	{
		"figures large and small are written out, and added up",
		"nodes/Metric.yaml\n- {id: met_a, name: A, value: 1.0e+21}\n- {id: met_b, name: B, value: 1.0e-7}\n- {id: met_c, name: C, value: 0.1}",
		`{ metrics(orderBy: [{value: ASC}]) { edges { cursor node { value } } aggregate { min(of: VALUE) max(of: VALUE) } }
		   a: metrics(where: {value: {in: [0.1, 1e21]}}) { aggregate { max(of: VALUE) } nodes { value } } }`, nil,
	},
	{
		"a place without a position is where the place is that it is located in",
		"nodes/Place.yaml\n- {id: loc_a, name: A, position: {latitude: 1, longitude: 1}}\n- {id: loc_b, name: B}\n\nnodes/PracticeBase.yaml\n- {id: bas_a, name: A}\n\n" +
			"relationships/LOCATED_IN.yaml\n- {from: loc_b, to: loc_a}\n- {from: bas_a, to: loc_b}",
		`{ a: places(where: {near: {position: {latitude: 1, longitude: 1}, km: 0}}) { nodes { id } } b: places(where: {near: {thing: "loc_b", km: 0}}) { nodes { id } }
		   c: practiceBases(where: {near: {thing: "loc_a", km: 1}}) { nodes { id } } d: practiceBases(where: {inside: "loc_a"}) { nodes { id } } }`, nil,
	},
	{
		"a comparison of what may be many days is met by all of them",
		"nodes/University.yaml\n- {id: uni_a, name: A, founded: 2019}\n- {id: uni_b, name: B, founded: 2019-06}\n- {id: uni_c, name: C}",
		`{ a: universities(where: {founded: {eq: "2019"}}) { nodes { id } } b: universities(where: {founded: {eq: "2019-06"}}) { nodes { id } }
		   c: universities(where: {founded: {gt: "2018"}}) { nodes { id } } d: universities(where: {founded: {gte: "2019-02"}}) { nodes { id } }
		   e: universities(where: {founded: {lt: "2019-07"}}) { nodes { id } } f: universities(where: {founded: {lte: "2019-12-30"}}) { nodes { id } }
		   g: universities(where: {not: {founded: {present: true}}}) { nodes { id } } h: universities(where: {not: {founded: {lt: "2019-07"}}}) { nodes { id } } }`, nil,
	},
}

// TestFound asks again what random queries once found to be answered wrongly, and what they seldom come upon.
func TestFound(t *testing.T) {
	p := open(t)
	for _, c := range oddities {
		t.Run(c.name, func(t *testing.T) {
			dir := fstest.MapFS{
				"dataset.yaml":      {Data: []byte("name: Found\nrecordedBy: somebody\nrecordedAt: 2026-11-21T00:00:00Z\n")},
				"nodes/Source.yaml": {Data: []byte("- {id: src_a, name: Page, publishedOn: 2020}\n")},
			}
			for _, file := range strings.Split(c.files, "\n\n") {
				name, text, _ := strings.Cut(file, "\n")
				dir[name] = &fstest.MapFile{Data: []byte(text + "\n")}
			}
			n, err := ingest.Read(p.m, dir)
			if err != nil {
				t.Fatal(err)
			}
			o := p.fill(t, n)
			for _, viewer := range []access.Viewer{admin, {}} {
				q := c.asked(viewer)
				want, got := o.expect(t, q).want, p.ask(q.viewer, q.String(), q.values())
				if d := difference(want, got); d != "" {
					t.Errorf("as %s: %s\nwant %s\ngot  %s", viewer, d, want.Data, got.Data)
				}
			}
		})
	}
}
