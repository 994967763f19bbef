package acceptance

import "testing"

// laboratoryNetwork has a laboratory that Works hosts alone, and a shop that it hosts with another.
const laboratoryNetwork = `
nodes/Enterprise.yaml
- {id: ent_other, name: Other}
- {id: ent_works, name: Works}

nodes/University.yaml
- {id: uni_east, name: East}
- {id: uni_north, name: North}

nodes/School.yaml
- {id: sch_chem, name: School of Chemistry}

nodes/PracticeBase.yaml
- {id: bas_lab, name: Lab, places: 10}
- {id: bas_shop, name: Shop, places: 4}

nodes/Program.yaml
- {id: prg_camp, name: Camp}

nodes/Discipline.yaml
- {id: dis_chemistry, name: Chemistry}
- {id: dis_law, name: Law}
- {id: dis_physics, name: Physics}

nodes/Student.yaml
- {id: stu_ann, name: Ann}
- {id: stu_bob, name: Bob}
- {id: stu_cat, name: Cat}
- {id: stu_dan, name: Dan}

nodes/Placement.yaml
- {id: plc_1, name: Ann in January, status: ACTIVE, from: 2026-01-05, until: 2026-02-01}
- {id: plc_2, name: Bob in February, status: PLANNED, from: 2026-02-01, until: 2026-03-01}
- {id: plc_3, name: Cat in March, status: PLANNED, from: 2026-02-15, until: 2026-04-01}
- {id: plc_4, name: Dan in spring, status: ACTIVE, from: 2026-01-01, until: 2026-06-30}
- {id: plc_5, name: Ann called off, status: CANCELLED, from: 2026-02-10, until: 2026-04-01}

nodes/Agreement.yaml
- {id: agr_framework, name: Framework, signedOn: 2020, validUntil: 2030}
- {id: agr_lab, name: Lab agreement, signedOn: 2020, validUntil: 2026-03-01}
- {id: agr_shop, name: Shop agreement, signedOn: 2020, validUntil: 2026-02-20}
- {id: agr_old, name: Old agreement, signedOn: 2010, validUntil: 2019}

relationships/HOSTS.yaml
- {from: ent_other, to: bas_shop}
- {from: ent_works, to: bas_lab}
- {from: ent_works, to: bas_shop}

relationships/PART_OF.yaml
- {from: sch_chem, to: uni_north}

relationships/SERVES.yaml
- {from: bas_lab, to: sch_chem}
- {from: bas_lab, to: uni_east}
- {from: bas_shop, to: uni_north}

relationships/OFFERS.yaml
- {from: bas_lab, to: dis_chemistry, places: 3}
- {from: bas_lab, to: dis_law, places: 5, until: 2026-03-31}
- {from: bas_lab, to: dis_physics}
- {from: bas_shop, to: dis_physics, places: 4}

relationships/STUDIES.yaml
- {from: stu_ann, to: dis_chemistry}
- {from: stu_bob, to: dis_chemistry}
- {from: stu_cat, to: dis_chemistry}
- {from: stu_dan, to: dis_physics}

relationships/HAS_PLACEMENT.yaml
- {from: stu_ann, to: plc_1}
- {from: stu_ann, to: plc_5}
- {from: stu_bob, to: plc_2}
- {from: stu_cat, to: plc_3}
- {from: stu_dan, to: plc_4}

relationships/AT.yaml
- {from: plc_1, to: bas_lab}
- {from: plc_2, to: bas_lab}
- {from: plc_3, to: bas_lab}
- {from: plc_4, to: bas_lab}
- {from: plc_5, to: bas_lab}

relationships/PARTY_TO.yaml
- {from: ent_works, to: agr_framework}
- {from: ent_works, to: agr_lab}
- {from: ent_works, to: agr_old}
- {from: uni_east, to: agr_shop}

relationships/GOVERNED_BY.yaml
- {from: bas_lab, to: agr_lab}
- {from: bas_shop, to: agr_framework}
- {from: bas_shop, to: agr_shop}
- {from: prg_camp, to: agr_lab}
`

func TestCapacity(t *testing.T) {
	r := serveNetwork(t, laboratoryNetwork)
	r.answers([]asked{
		// Chemistry: three placements, of which never more than two at a time. Law: the offer ends. Physics: no figure.
		{"the tightest day of each discipline, and of the base",
			`{ practiceBase(id: "bas_lab") { capacity(from: "2026-01-01", until: "2026-07-01") {
				on places taken free placementCount
				disciplines { discipline { name } on places taken free placementCount placements { name student { name } } }
			} } }`,
			`{"practiceBase":{"capacity":{"on":"2026-02-15","places":10,"taken":3,"free":7,"placementCount":4,"disciplines":[
				{"discipline":{"name":"Chemistry"},"on":"2026-02-15","places":3,"taken":2,"free":1,"placementCount":3,"placements":[
					{"name":"Ann in January","student":{"name":"Ann"}},{"name":"Bob in February","student":{"name":"Bob"}},{"name":"Cat in March","student":{"name":"Cat"}}]},
				{"discipline":{"name":"Law"},"on":"2026-03-31","places":0,"taken":0,"free":0,"placementCount":0,"placements":[]},
				{"discipline":{"name":"Physics"},"on":"2026-01-01","places":null,"taken":1,"free":null,"placementCount":1,"placements":[{"name":"Dan in spring","student":{"name":"Dan"}}]}
			]}}}`},
		{"a span is over before its last day",
			`{ practiceBase(id: "bas_lab") {
				a: capacity(from: "2026-02-01", until: "2026-02-15") { taken placements(first: 1) { name } disciplines { discipline { name } free } }
				b: capacity(from: "2026-06-30", until: "2026-07-01") { taken free disciplines { discipline { name } free } }
			} }`,
			`{"practiceBase":{
				"a":{"taken":2,"placements":[{"name":"Bob in February"}],"disciplines":[
					{"discipline":{"name":"Chemistry"},"free":2},{"discipline":{"name":"Law"},"free":5},{"discipline":{"name":"Physics"},"free":null}]},
				"b":{"taken":0,"free":10,"disciplines":[{"discipline":{"name":"Chemistry"},"free":3},{"discipline":{"name":"Physics"},"free":null}]}
			}}`},
	})
}

func TestIfRemoved(t *testing.T) {
	r := serveNetwork(t, laboratoryNetwork)
	r.answers([]asked{
		// The shop has another host. North keeps the shop, which offers physics and no chemistry.
		{"what goes with an enterprise",
			`{ enterprise(id: "ent_works") { ifRemoved(asOf: "2026-01-15") {
				baseCount bases { name } places basesWithoutPlaces placementCount placements { name }
				leftWithoutBase { name }
				leftWithoutDiscipline { member { name } discipline { name } bases { name } }
				agreements { agreement { name } governsCount governs { __typename name } }
			} } }`,
			`{"enterprise":{"ifRemoved":{
				"baseCount":1,"bases":[{"name":"Lab"}],"places":10,"basesWithoutPlaces":0,"placementCount":4,
				"placements":[{"name":"Ann in January"},{"name":"Bob in February"},{"name":"Cat in March"},{"name":"Dan in spring"}],
				"leftWithoutBase":[{"name":"East"},{"name":"School of Chemistry"}],
				"leftWithoutDiscipline":[
					{"member":{"name":"East"},"discipline":{"name":"Chemistry"},"bases":[{"name":"Lab"}]},
					{"member":{"name":"East"},"discipline":{"name":"Law"},"bases":[{"name":"Lab"}]},
					{"member":{"name":"East"},"discipline":{"name":"Physics"},"bases":[{"name":"Lab"}]},
					{"member":{"name":"North"},"discipline":{"name":"Chemistry"},"bases":[{"name":"Lab"}]},
					{"member":{"name":"North"},"discipline":{"name":"Law"},"bases":[{"name":"Lab"}]},
					{"member":{"name":"School of Chemistry"},"discipline":{"name":"Chemistry"},"bases":[{"name":"Lab"}]},
					{"member":{"name":"School of Chemistry"},"discipline":{"name":"Law"},"bases":[{"name":"Lab"}]},
					{"member":{"name":"School of Chemistry"},"discipline":{"name":"Physics"},"bases":[{"name":"Lab"}]}],
				"agreements":[
					{"agreement":{"name":"Framework"},"governsCount":1,"governs":[{"__typename":"PracticeBase","name":"Shop"}]},
					{"agreement":{"name":"Lab agreement"},"governsCount":2,"governs":[{"__typename":"Program","name":"Camp"},{"__typename":"PracticeBase","name":"Lab"}]}]
			}}}`},
		{"nothing goes with one of two hosts; the other is asked through the interface",
			`{ practiceBase(id: "bas_shop", asOf: "2026-01-15") { hosts { nodes { name ifRemoved { bases { name } agreements { agreement { name } } } } } } }`,
			`{"practiceBase":{"hosts":{"nodes":[
				{"name":"Other","ifRemoved":{"bases":[],"agreements":[]}},
				{"name":"Works","ifRemoved":{"bases":[{"name":"Lab"}],"agreements":[{"agreement":{"name":"Framework"}},{"agreement":{"name":"Lab agreement"}}]}}
			]}}}`},
		{"a placement that is over is not lost",
			`{ node(id: "ent_works") { ... on Organization { ifRemoved(asOf: "2026-03-01") { placements { name } } } } }`,
			`{"node":{"ifRemoved":{"placements":[{"name":"Cat in March"},{"name":"Dan in spring"}]}}}`},
	})
}

func TestAgreementsEnding(t *testing.T) {
	r := serveNetwork(t, laboratoryNetwork)
	r.answers([]asked{
		// The shop rests on the framework as well. Bob is done on the day on which the lab's agreement ends.
		{"soonest first, with what falls",
			`{ agreementsEnding(within: 60, asOf: "2026-01-15") { totalCount edges {
				on node { name } falls { baseCount bases { name host { name } } programs { name } placementCount placements { name until } }
			} } }`,
			`{"agreementsEnding":{"totalCount":2,"edges":[
				{"on":"2026-02-20","node":{"name":"Shop agreement"},"falls":{"baseCount":0,"bases":[],"programs":[],"placementCount":0,"placements":[]}},
				{"on":"2026-03-01","node":{"name":"Lab agreement"},"falls":{"baseCount":1,"bases":[{"name":"Lab","host":{"name":"Works"}}],"programs":[{"name":"Camp"}],
					"placementCount":2,"placements":[{"name":"Cat in March","until":"2026-04-01"},{"name":"Dan in spring","until":"2026-06-30"}]}}
			]}}`},
		{"the last of the days is among them, and an end of which only the year is known counts as its last day",
			`{ agreementsEnding(within: 1461, asOf: "2026-12-31", where: { name: { contains: "frame" } }) { edges { on } nodes { name } pageInfo { hasNextPage } } }`,
			`{"agreementsEnding":{"edges":[{"on":"2030-12-31"}],"nodes":[{"name":"Framework"}],"pageInfo":{"hasNextPage":false}}}`},
		{"a day too few",
			`{ agreementsEnding(within: 1460, asOf: "2026-12-31") { totalCount } }`,
			`{"agreementsEnding":{"totalCount":0}}`},
	})
}
