package acceptance

import (
	"testing"
)

// coverageNetwork has three members: East has a base of its own school and one that it shares with North, North has a
// farm besides, and West's base has closed.
const coverageNetwork = `
nodes/Alliance.yaml
- {id: all_a, name: Delta}

nodes/University.yaml
- {id: uni_east, name: East}
- {id: uni_north, name: North}
- {id: uni_west, name: West}

nodes/School.yaml
- {id: sch_chem, name: School of Chemistry}

nodes/Enterprise.yaml
- {id: ent_fields, name: Fields}
- {id: ent_works, name: Works}

nodes/Industry.yaml
- {id: ind_chemicals, name: Chemicals}
- {id: ind_farming, name: Farming}

nodes/PracticeBase.yaml
- {id: bas_farm, name: Farm, places: 20}
- {id: bas_lab, name: Lab}
- {id: bas_old, name: Old base, closedOn: 2020}
- {id: bas_shared, name: Shared base, places: 30}

nodes/Discipline.yaml
- {id: dis_biology, name: Biology}
- {id: dis_chemistry, name: Chemistry}
- {id: dis_physics, name: Physics}

nodes/Place.yaml
- {id: loc_jiangsu, name: Jiangsu, kind: PROVINCE}
- {id: loc_nanjing, name: Nanjing, kind: CITY}
- {id: loc_nowhere, name: Nowhere, kind: CITY}

nodes/Student.yaml
- {id: stu_ann, name: Ann}
- {id: stu_bob, name: Bob}
- {id: stu_cat, name: Cat}

nodes/Placement.yaml
- {id: plc_ann, name: Ann in the lab, status: ACTIVE, from: 2025-09, until: 2026-06}
- {id: plc_bob, name: Bob called off, status: CANCELLED, from: 2025-09, until: 2026-06}

relationships/MEMBER_OF.yaml
- {from: uni_east, to: all_a, since: 2015}
- {from: uni_north, to: all_a, since: 2015}
- {from: uni_west, to: all_a, since: 2015}

relationships/PART_OF.yaml
- {from: sch_chem, to: uni_east}
- {from: loc_nanjing, to: loc_jiangsu}

relationships/SERVES.yaml
- {from: bas_farm, to: uni_north}
- {from: bas_lab, to: sch_chem}
- {from: bas_old, to: uni_west}
- {from: bas_shared, to: uni_east}
- {from: bas_shared, to: uni_north}

relationships/HOSTS.yaml
- {from: ent_fields, to: bas_farm}
- {from: ent_works, to: bas_lab}
- {from: ent_works, to: bas_shared}

relationships/IN_INDUSTRY.yaml
- {from: ent_fields, to: ind_farming}
- {from: ent_works, to: ind_chemicals}

relationships/LOCATED_IN.yaml
- {from: bas_farm, to: loc_nowhere}
- {from: bas_lab, to: loc_nanjing}
- {from: bas_shared, to: loc_jiangsu}

relationships/OFFERS.yaml
- {from: bas_farm, to: dis_biology, places: 8}
- {from: bas_lab, to: dis_chemistry, places: 5}
- {from: bas_old, to: dis_physics, places: 99}
- {from: bas_shared, to: dis_chemistry, places: 10}
- {from: bas_shared, to: dis_physics}

relationships/ENROLLED_AT.yaml
- {from: stu_ann, to: sch_chem}
- {from: stu_bob, to: uni_north}
- {from: stu_cat, to: uni_west}

relationships/STUDIES.yaml
- {from: stu_ann, to: dis_chemistry}
- {from: stu_bob, to: dis_chemistry}
- {from: stu_cat, to: dis_chemistry}

relationships/HAS_PLACEMENT.yaml
- {from: stu_ann, to: plc_ann}
- {from: stu_bob, to: plc_bob}

relationships/AT.yaml
- {from: plc_ann, to: bas_lab}
- {from: plc_bob, to: bas_shared}
`

func TestCoverage(t *testing.T) {
	r := serveNetwork(t, coverageNetwork)
	r.answers([]asked{
		{"cells by discipline",
			`{ alliance(id: "all_a", asOf: "2026-01-01") { coverage(by: DISCIPLINE) { cells {
				member { name } column { name } baseCount places basesWithoutPlaces students bases { name }
			} } } }`,
			`{"alliance":{"coverage":{"cells":[
				{"member":{"name":"East"},"column":{"name":"Chemistry"},"baseCount":2,"places":15,"basesWithoutPlaces":0,"students":1,"bases":[{"name":"Lab"},{"name":"Shared base"}]},
				{"member":{"name":"East"},"column":{"name":"Physics"},"baseCount":1,"places":0,"basesWithoutPlaces":1,"students":0,"bases":[{"name":"Shared base"}]},
				{"member":{"name":"North"},"column":{"name":"Biology"},"baseCount":1,"places":8,"basesWithoutPlaces":0,"students":0,"bases":[{"name":"Farm"}]},
				{"member":{"name":"North"},"column":{"name":"Chemistry"},"baseCount":1,"places":10,"basesWithoutPlaces":0,"students":1,"bases":[{"name":"Shared base"}]},
				{"member":{"name":"North"},"column":{"name":"Physics"},"baseCount":1,"places":0,"basesWithoutPlaces":1,"students":0,"bases":[{"name":"Shared base"}]}
			]}}}`},
		{"columns, in which a shared base counts once",
			`{ alliance(id: "all_a", asOf: "2026-01-01") { coverage(by: DISCIPLINE) { columns {
				column { name } memberCount baseCount places basesWithoutPlaces students bases(first: 1) { name }
			} } } }`,
			`{"alliance":{"coverage":{"columns":[
				{"column":{"name":"Biology"},"memberCount":1,"baseCount":1,"places":8,"basesWithoutPlaces":0,"students":0,"bases":[{"name":"Farm"}]},
				{"column":{"name":"Chemistry"},"memberCount":2,"baseCount":2,"places":15,"basesWithoutPlaces":0,"students":3,"bases":[{"name":"Lab"}]},
				{"column":{"name":"Physics"},"memberCount":2,"baseCount":1,"places":0,"basesWithoutPlaces":1,"students":0,"bases":[{"name":"Shared base"}]}
			]}}}`},
		{"members, and the host that most depends on",
			`{ alliance(id: "all_a", asOf: "2026-01-01") { coverage(by: DISCIPLINE) { members {
				member { name } columnCount baseCount places basesWithoutPlaces students
				dependsOn { host { name } share shareOf places baseCount bases { name } }
			} } } }`,
			`{"alliance":{"coverage":{"members":[
				{"member":{"name":"East"},"columnCount":2,"baseCount":2,"places":15,"basesWithoutPlaces":0,"students":1,
				 "dependsOn":{"host":{"name":"Works"},"share":1,"shareOf":"PLACES","places":15,"baseCount":2,"bases":[{"name":"Lab"},{"name":"Shared base"}]}},
				{"member":{"name":"North"},"columnCount":3,"baseCount":2,"places":18,"basesWithoutPlaces":0,"students":1,
				 "dependsOn":{"host":{"name":"Works"},"share":0.5555555555555556,"shareOf":"PLACES","places":10,"baseCount":1,"bases":[{"name":"Shared base"}]}},
				{"member":{"name":"West"},"columnCount":0,"baseCount":0,"places":0,"basesWithoutPlaces":0,"students":1,"dependsOn":null}
			]}}}`},
		{"gaps and shared bases",
			`{ alliance(id: "all_a", asOf: "2026-01-01") { coverage(by: DISCIPLINE) {
				gaps { member { name } column { name } students }
				shared { base { name } memberCount members { name } }
			} } }`,
			`{"alliance":{"coverage":{
				"gaps":[
					{"member":{"name":"East"},"column":{"name":"Biology"},"students":0},
					{"member":{"name":"West"},"column":{"name":"Biology"},"students":0},
					{"member":{"name":"West"},"column":{"name":"Chemistry"},"students":1},
					{"member":{"name":"West"},"column":{"name":"Physics"},"students":0}],
				"shared":[{"base":{"name":"Shared base"},"memberCount":2,"members":[{"name":"East"},{"name":"North"}]}]
			}}}`},
		{"by industry: places of the whole base, students placed there on the day and not called off",
			`{ alliance(id: "all_a", asOf: "2026-01-01") { coverage(by: INDUSTRY) {
				cells { member { name } column { name } baseCount places basesWithoutPlaces students }
				members { member { name } dependsOn { host { name } share shareOf } }
			} } }`,
			`{"alliance":{"coverage":{
				"cells":[
					{"member":{"name":"East"},"column":{"name":"Chemicals"},"baseCount":2,"places":30,"basesWithoutPlaces":1,"students":1},
					{"member":{"name":"North"},"column":{"name":"Chemicals"},"baseCount":1,"places":30,"basesWithoutPlaces":0,"students":0},
					{"member":{"name":"North"},"column":{"name":"Farming"},"baseCount":1,"places":20,"basesWithoutPlaces":0,"students":0}],
				"members":[
					{"member":{"name":"East"},"dependsOn":{"host":{"name":"Works"},"share":1,"shareOf":"PLACES"}},
					{"member":{"name":"North"},"dependsOn":{"host":{"name":"Works"},"share":0.6,"shareOf":"PLACES"}},
					{"member":{"name":"West"},"dependsOn":null}]
			}}}`},
		{"by place: the province around a location, or the location",
			`{ alliance(id: "all_a", asOf: "2026-01-01") { coverage(by: PLACE) {
				columns { column { name ... on Place { kind } } baseCount students }
			} } }`,
			`{"alliance":{"coverage":{"columns":[
				{"column":{"name":"Jiangsu","kind":"PROVINCE"},"baseCount":2,"students":1},
				{"column":{"name":"Nowhere","kind":"CITY"},"baseCount":1,"students":0}
			]}}}`},
		{"without schools, and on two days of its own",
			`{ alliance(id: "all_a", asOf: "2026-01-01") {
				a: coverage(by: DISCIPLINE, schools: false) { members { member { name } baseCount } }
				b: coverage(by: DISCIPLINE, asOf: "2019-01-01") { columns { column { name } places bases { name serves { nodes { name } } } } }
				bases { totalCount }
			} }`,
			`{"alliance":{
				"a":{"members":[{"member":{"name":"East"},"baseCount":1},{"member":{"name":"North"},"baseCount":2},{"member":{"name":"West"},"baseCount":0}]},
				"b":{"columns":[
					{"column":{"name":"Biology"},"places":8,"bases":[{"name":"Farm","serves":{"nodes":[{"name":"North"}]}}]},
					{"column":{"name":"Chemistry"},"places":15,"bases":[{"name":"Lab","serves":{"nodes":[{"name":"School of Chemistry"}]}},{"name":"Shared base","serves":{"nodes":[{"name":"East"},{"name":"North"}]}}]},
					{"column":{"name":"Physics"},"places":99,"bases":[{"name":"Old base","serves":{"nodes":[{"name":"West"}]}},{"name":"Shared base","serves":{"nodes":[{"name":"East"},{"name":"North"}]}}]}]},
				"bases":{"totalCount":2}
			}}`},
		{"below a connection, and in itself",
			`{ university(id: "uni_west", asOf: "2026-01-01") { alliances(first: 5) { nodes { coverage(by: DISCIPLINE) {
				shared { members { alliances(first: 5) { nodes { coverage(by: PLACE) { shared { base { name } } } } } } }
			} } } } }`,
			`{"university":{"alliances":{"nodes":[{"coverage":{"shared":[{"members":[
				{"alliances":{"nodes":[{"coverage":{"shared":[{"base":{"name":"Shared base"}}]}}]}},
				{"alliances":{"nodes":[{"coverage":{"shared":[{"base":{"name":"Shared base"}}]}}]}}
			]}]}}]}}}`},
	})
}
