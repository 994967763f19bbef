package acceptance

import "testing"

const contradictingNetwork = `
nodes/Source.yaml
- {id: src_a, name: First page}
- {id: src_b, name: Second page}

nodes/Alliance.yaml
- {id: all_a, name: Delta, evidence: [{source: src_a}, {source: src_b}]}

nodes/University.yaml
- {id: uni_east, name: East, evidence: [{source: src_a, locator: ¶1}, {source: src_a, locator: ¶2}]}
- {id: uni_west, name: West}

nodes/Metric.yaml
- {id: met_a, name: Bases, value: 300, unit: bases, date: 2023, evidence: [{source: src_a, locator: ¶3}, {source: src_b}]}
- {id: met_b, name: Bases, value: 310, unit: bases, date: 2023, evidence: [{source: src_b, locator: ¶4}, {source: src_a}]}
- {id: met_c, name: Bases, value: 320, unit: bases, date: 2024, evidence: [{source: src_a}, {source: src_b}]}

relationships/MEASURES.yaml
- {from: met_a, to: all_a, evidence: [{source: src_a}, {source: src_b}]}
- {from: met_b, to: all_a, evidence: [{source: src_a}, {source: src_b}]}
- {from: met_c, to: all_a, evidence: [{source: src_a}, {source: src_b}]}

relationships/MEMBER_OF.yaml
- {from: uni_east, to: all_a, key: a, since: 2019, evidence: [{source: src_a}]}
- {from: uni_east, to: all_a, key: b, since: 2020-05, evidence: [{source: src_b}, {source: src_a}]}
- {from: uni_west, to: all_a, key: a, since: 2019, evidence: [{source: src_a}, {source: src_b}]}
- {from: uni_west, to: all_a, key: b, since: 2019-06, evidence: [{source: src_a}, {source: src_b}]}
`

func TestFactsToCheck(t *testing.T) {
	r := serveNetwork(t, contradictingNetwork)
	r.answers([]asked{
		// 2024 is another date; 2019-06 only says more precisely what 2019 says.
		{"figures and memberships that contradict each other",
			`{ factsToCheck(kinds: [DISAGREEING], asOf: "2026-01-01") { totalCount nodes {
				kind reason evidence { locator } node { ... on Metric { id value } } relationship { since } otherNodes { id } otherRelationships { since }
			} } }`,
			`{"factsToCheck":{"totalCount":4,"nodes":[
				{"kind":"DISAGREEING","reason":"another figure of the same name, unit and date has another value","evidence":[{"locator":"¶3"},{"locator":null}],
				 "node":{"id":"met_a","value":300},"relationship":null,"otherNodes":[{"id":"met_b"}],"otherRelationships":[]},
				{"kind":"DISAGREEING","reason":"another figure of the same name, unit and date has another value","evidence":[{"locator":"¶4"},{"locator":null}],
				 "node":{"id":"met_b","value":310},"relationship":null,"otherNodes":[{"id":"met_a"}],"otherRelationships":[]},
				{"kind":"DISAGREEING","reason":"another relationship states another beginning","evidence":[{"locator":null}],
				 "node":null,"relationship":{"since":"2019"},"otherNodes":[],"otherRelationships":[{"since":"2020-05"}]},
				{"kind":"DISAGREEING","reason":"another relationship states another beginning","evidence":[{"locator":null},{"locator":null}],
				 "node":null,"relationship":{"since":"2020-05"},"otherNodes":[],"otherRelationships":[{"since":"2019"}]}
			]}}`},
		{"nobody, or one source however often it is cited",
			`{ factsToCheck(kinds: [SINGLE_SOURCE, NO_SOURCE], asOf: "2026-01-01") { nodes { kind reason node { name } relationship { from { name } since } } } }`,
			`{"factsToCheck":{"nodes":[
				{"kind":"NO_SOURCE","reason":"no source is on record","node":{"name":"West"},"relationship":null},
				{"kind":"SINGLE_SOURCE","reason":"one source attests it","node":null,"relationship":{"from":{"name":"East"},"since":"2019"}},
				{"kind":"SINGLE_SOURCE","reason":"one source attests it","node":{"name":"East"},"relationship":null}
			]}}`},
		{"types alone leave relationships out, and the other way round",
			`{ a: factsToCheck(types: [University]) { nodes { kind node { name } } } }`,
			`{"a":{"nodes":[{"kind":"NO_SOURCE","node":{"name":"West"}},{"kind":"SINGLE_SOURCE","node":{"name":"East"}}]}}`},
		{"where there is most to do, of what is about somebody's membership or a figure",
			`{ factsToCheck(asOf: "2026-01-01", where: { or: [{ relationship: { since: { present: true } } }, { node: { name: { eq: "bases" } } }] }) {
				totalCount aggregate { groupBy(by: [KIND, TYPE]) { keys { value } count } }
			} }`,
			`{"factsToCheck":{"totalCount":5,"aggregate":{"groupBy":[
				{"keys":[{"value":"DISAGREEING"},{"value":"MEMBER_OF"}],"count":2},
				{"keys":[{"value":"DISAGREEING"},{"value":"Metric"}],"count":2},
				{"keys":[{"value":"SINGLE_SOURCE"},{"value":"MEMBER_OF"}],"count":1}
			]}}}`},
		{"the last of those that no figure is about",
			`{ factsToCheck(asOf: "2026-01-01", kinds: [DISAGREEING], where: { not: { node: { name: { eq: "bases" } } } }, orderBy: [{ reason: DESC }, { kind: ASC }], last: 1) {
				nodes { relationship { since } }
			} }`,
			`{"factsToCheck":{"nodes":[{"relationship":{"since":"2020-05"}}]}}`},
		{"before one of the two holds, they don't contradict each other",
			`{ factsToCheck(kinds: [DISAGREEING], relationships: [MEMBER_OF], asOf: "2020-01-01") { totalCount } }`,
			`{"factsToCheck":{"totalCount":0}}`},
	})
}
