package synthetic

import (
	"maps"
	"slices"
	"testing"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Each size is kept within three in a hundred, and one thing in ten at least is neither student nor placement.
func TestSizes(t *testing.T) {
	within := func(size Size, things float64) {
		if share := things / float64(size.Things()); share < 0.97 || share > 1.03 {
			t.Errorf("%s has %.0f things", size, things)
		}
	}
	for _, size := range []Size{M, L} { // what the counts come to; to make these takes too long
		n := countsOf(size)
		within(size, float64(n.others())+float64(n.students)*(1+placementsPerStudent))
	}
	m := schema(t)
	for _, size := range []Size{Demo, S} {
		of := map[string]int{}
		whole := 0.0
		for part := range Parts(m, size, 5) {
			for _, thing := range part.Things {
				of[thing.Labels[0]]++
				if thing.ID == Whole {
					whole = thing.Properties["value"].(float64)
				}
			}
		}
		total := 0
		for _, n := range of {
			total += n
		}
		within(size, float64(total))
		if people := of["Student"] + of["Placement"]; people*2 < total || people*10 > total*9 {
			t.Errorf("%s: %d students and placements of %d", size, people, total)
		}
		if int(whole) != total {
			t.Errorf("%s says that it has %.0f things, and has %d", size, whole, total)
		}
	}
}

// Every type of things and relationships occurs, and whatever the day, the evidence or the status may be.
func TestEverythingOccurs(t *testing.T) {
	m := schema(t)
	seen := map[string]bool{}
	elements := func(what string, p map[string]any) {
		sources, _ := p["sources"].([]string)
		seen[what+" with sources: "+string(rune('0'+len(sources)))] = true
		if p["holdsUntil"].(network.Day).Before(Today.Time) {
			seen[what+" ended"] = true
		}
		if p["holdsFrom"].(network.Day).After(Today.Time) {
			seen[what+" to begin"] = true
		}
	}
	for part := range Parts(m, S, 1) {
		for _, thing := range part.Things {
			p := thing.Properties
			elements("thing", p)
			seen[thing.Labels[0]] = true
			if status, ok := p["status"].(string); ok {
				seen[thing.Labels[0]+" "+status] = true
			}
			if p["aliases"] != nil {
				seen["alias"] = true
			}
			if until, ok := p["validUntilLatest"].(network.Day); ok && until.After(Today.Time) && until.Before(Today.AddDate(0, 6, 0)) {
				seen["agreement ends soon"] = true
			}
		}
		for _, tie := range part.Ties {
			elements("tie", tie.Properties)
			seen[tie.Type] = true
		}
	}
	want := []string{"alias", "agreement ends soon"}
	for _, what := range []string{"thing", "tie"} {
		want = append(want, what+" with sources: 0", what+" with sources: 1", what+" with sources: 2", what+" ended", what+" to begin")
	}
	for _, of := range m.Things() {
		want = append(want, of.Name)
	}
	for _, v := range m.Schema.Types["BaseStatus"].EnumValues {
		want = append(want, "PracticeBase "+v.Name)
	}
	for _, v := range m.Schema.Types["PlacementStatus"].EnumValues {
		want = append(want, "Placement "+v.Name)
	}
	for _, what := range append(want, slices.Collect(maps.Keys(m.Relationships))...) {
		if !seen[what] {
			t.Errorf("nowhere: %s", what)
		}
	}
}

// Alliances have from 5 to 40 members, bases serve one to six; few hosts have many bases.
func TestDegrees(t *testing.T) {
	members, served, hosted := map[string]map[string]bool{}, map[string]int{}, map[string]int{}
	for _, tie := range all(schema(t), Demo, 2).Ties {
		switch tie.Type {
		case "MEMBER_OF":
			if members[tie.To] == nil {
				members[tie.To] = map[string]bool{}
			}
			members[tie.To][tie.From] = true
		case "SERVES":
			served[tie.From]++
		case "HOSTS":
			hosted[tie.From]++
		}
	}
	n := countsOf(Demo)
	if len(members) != n.alliances || len(served) != n.bases {
		t.Errorf("%d of %d alliances have members, %d of %d bases serve", len(members), n.alliances, len(served), n.bases)
	}
	for id, who := range members {
		if len(who) < 5 || len(who) > 40 {
			t.Errorf("%s has %d members", id, len(who))
		}
	}
	for id, count := range served {
		if count > 6 {
			t.Errorf("%s serves %d", id, count)
		}
	}
	hosts := slices.Sorted(maps.Values(hosted))
	if top, median := hosts[len(hosts)-1], hosts[len(hosts)/2]; top < 4*median {
		t.Errorf("the largest host has %d bases, the one in the middle %d", top, median)
	}
}

// A placement stands where its dates say on the day.
func TestPlacements(t *testing.T) {
	for _, thing := range all(schema(t), Demo, 4).Things {
		if thing.Labels[0] != "Placement" {
			continue
		}
		p := thing.Properties
		begun, over := !p["fromEarliest"].(network.Day).After(Today.Time), !p["untilLatest"].(network.Day).After(Today.Time)
		want := map[bool]string{false: "PLANNED", true: "ACTIVE"}[begun]
		if over {
			want = "COMPLETED"
		}
		if got := p["status"]; got != want && got != "CANCELLED" {
			t.Errorf("%s is %s from %s until %s", thing.ID, got, p["from"], p["until"])
		}
	}
}
