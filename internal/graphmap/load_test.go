package graphmap_test

import (
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/internal/graphmap"
)

func TestTheSchemaAgreesWithItself(t *testing.T) {
	if _, err := graphmap.Load("schema.graphqls", partnergraph.Schema); err != nil {
		t.Fatal(err)
	}
}

// TestFaults changes one place of the schema and expects the fault to be named, at its line.
func TestFaults(t *testing.T) {
	cases := []struct {
		name, find, replace, want string
	}{
		{"unknown relationship", "{over: SERVES, direction: IN}", "{over: SERVED, direction: IN}", `SERVED`},
		{"a hop that leads nowhere", "[{over: HOSTS, direction: OUT}]", "[{over: STUDIES, direction: OUT}]", "hop 1 over STUDIES leads nowhere"},
		{"hops that end elsewhere", "[{over: MEMBER_OF, direction: OUT}]", "[{over: HOSTS, direction: OUT}]", "never at Alliance"},
		{"an unknown label on the way", `through: "Alliance"`, `through: "Allianse"`, "no type has the label Allianse"},
		{"a hop switched on by nothing", `when: "schools"`, `when: "school"`, `"school", which is not a Boolean argument`},
		{"a hop that repeats backwards", "least: 0, most: 5", "least: 6, most: 5", "repeats from 6 to 5 times"},
		{"a missing traversal", "  members(", "  lost: Person\n  members(", "Alliance.lost answers Person but does not say which hops lead there"},
		{"a label that is not the type's name", `@node(label: "Alliance"`, `@node(label: "Union"`, "label Union"},
		{"a prefix taken twice", `prefix: "ent"`, `prefix: "sch"`, "id prefix sch of School"},
		{"a beginning that is no field", `prefix: "evt", seen: ANYONE, begins: "startsOn"`, `prefix: "evt", seen: ANYONE, begins: "startOn"`, `by "startOn"`},
		{"a beginning that not all may see", `prefix: "bas", seen: BASE, begins: "openedOn", ends: "closedOn"`, `prefix: "bas", seen: BASE, begins: "openedOn", ends: "insuredUntil"`, `ends by "insuredUntil", which is confidential`},
		{"a relationship without ends", `  AT @relationship(joins: [{from: "Placement", to: "PracticeBase"}])`, "  AT", "relationship AT does not say what it joins"},
		{"an end that is no type", `{from: "Placement", to: "PracticeBase"}`, `{from: "Placement", to: "Bases"}`, `names "Bases"`},
		{"a property that no relationship has", `properties: ["title"]`, `properties: ["tittle"]`, `carries "tittle"`},
		{"a root field that begins nowhere", ": Stats @start(at: STATS)", ": Stats", "root field stats does not say where it begins"},
		{"a root field that may not be null", ": Stats @start(at: STATS)", ": Stats! @start(at: STATS)", "root field stats must be nullable"},
		{"a type that says nothing of itself", "type Stats @record(of: ROW) {", "type Stats {", "type Stats says nothing of how it is read"},
		{"a type missing from NodeType", "  \"What is made.\"\n  Industry\n", "", "type Industry is missing from the enum NodeType"},
		{"an analysis without a route that it walks", `{name: "placedAt", from: "placements", to`, `{name: "placed", from: "placements", to`, `Alliance.coverage: the analysis COVERAGE walks a route "placedAt", which is not declared`},
		{"a route that no analysis walks", `{name: "placedAt", from: "placements", to`, `{name: "placed", from: "placements", to`, `Alliance.coverage: the analysis COVERAGE walks no route "placed"`},
		{"a route from nowhere", `{name: "offers", from: "bases", to`, `{name: "offers", from: "basis", to`, `route "offers" goes on from "basis", which no route before it is`},
		{"a route to nowhere", `{name: "offers", to: "Discipline", hops`, `{name: "offers", to: "Disciplin", hops`, `route "offers" leads to "Disciplin", which is no type of things`},
		{"a route whose hops lead elsewhere", `{name: "offers", to: "Discipline", hops: [{over: OFFERS, direction: OUT}]}`, `{name: "offers", to: "Discipline", hops: [{over: HOSTS, direction: IN}]}`, `PracticeBase.capacity: route "offers": its hops end at`},
		{"an analysis that answers no row", "): Coverage!\n", "): PageInfo!\n", "Alliance.coverage is worked out, but PageInfo is no @record of a ROW"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			at := strings.Index(partnergraph.Schema, c.find)
			if at < 0 {
				t.Fatalf("the schema no longer holds %q", c.find)
			}
			changed := partnergraph.Schema[:at] + c.replace + partnergraph.Schema[at+len(c.find):]
			_, err := graphmap.Load("schema.graphqls", changed)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("want a fault with %q, got %v", c.want, err)
			}
			if !strings.Contains(err.Error(), "schema.graphqls:") {
				t.Errorf("the fault names no line: %v", err)
			}
		})
	}
}

// TestEverythingIsDescribed: each type, field, argument and value of the contract has a description.
func TestEverythingIsDescribed(t *testing.T) {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range m.Schema.Types {
		if d.BuiltIn {
			continue
		}
		if d.Description == "" {
			t.Errorf("%s is not described", d.Name)
		}
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			if f.Description == "" {
				t.Errorf("%s.%s is not described", d.Name, f.Name)
			}
			for _, a := range f.Arguments {
				if a.Description == "" {
					t.Errorf("%s.%s(%s) is not described", d.Name, f.Name, a.Name)
				}
			}
		}
		for _, v := range d.EnumValues {
			if v.Description == "" {
				t.Errorf("%s.%s is not described", d.Name, v.Name)
			}
		}
	}
}
