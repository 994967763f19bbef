package oracle

import (
	"fmt"
	"slices"
	"testing/fstest"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
)

// What the properties of random networks are drawn from. The lists are short, so that equal names, equal days and hits
// of a filter are common, and odd: code points beyond 16 bits, syntax, several languages. Names have from 2 to 10
// characters, because Neo4j plans a statement anew for parameters of another order of magnitude.
var (
	someNames = []string{
		"Alpha", "alpha", "Alpha U", "Beta Arts", "NW Poly U", "Go & <x>", `O'N "Works"`, "École Ña", "😀 Smile", "Ａ wide", "西北工业大学", "Ω mega",
		"Zeta 9",
	}
	someChinese = []string{"西北工业大学", "重庆大学", "长三角教育联盟", "西安 A 学院", "大学"}
	someTexts   = []string{"one", "Two words", "¶3", "a 'quoted' text: yes, [quoted]", "中文", "-", "ＯＮＥ", "Été", "😀", "ﬁn"}
	someDates   = []string{"0001", "1999", "2015", "2018-06", "2019-12-31", "2020", "2020-01-01", "2023-06", "2023-06-26", "2026-11-21", "2026-11-22", "2027", "9999-12-31"}
	someCodes   = []string{"914403001922038216", "9144030071526726XG", "91330100799655058B"}

	someLatitudes, someLongitudes = []float64{-89, 0, 31.23, 34.2465}, []float64{-180, 0.5, 121.47, 108.9}
)

// commonTypes are drawn more often than others: what the longer traversals lead over.
var commonTypes = []string{"Alliance", "Alliance", "University", "University", "School", "PracticeBase", "PracticeBase", "Place", "Source", "Agreement"}

// analysedTypes are those that analyses look at: among them most relationships have two ends to join.
var analysedTypes = []string{
	"Alliance", "University", "University", "University", "School", "PracticeBase", "PracticeBase", "PracticeBase", "PracticeBase",
	"Enterprise", "Enterprise", "Discipline", "Discipline", "Industry", "Place", "Place", "Student", "Student", "Student",
	"Placement", "Placement", "Placement", "Agreement", "Agreement", "Program", "Metric", "Metric",
}

// raw draws what the files of a dataset say.
type raw struct {
	*rapid.T
	m       *graphmap.Map
	sources []string
	bases   []string
	dense   bool // of few types, with many relationships, most of which hold
}

// drawn keeps rapid from writing a whole network into its log: the report of a failure has it as files.
type drawn struct{ *network.Network }

func (drawn) GoString() string { return "see below" }

func networkOf(m *graphmap.Map) *rapid.Generator[drawn] {
	return rapid.Custom(func(t *rapid.T) drawn { return drawn{draw(t, m, chance(t, 25))} })
}

func denseNetworkOf(m *graphmap.Map) *rapid.Generator[drawn] {
	return rapid.Custom(func(t *rapid.T) drawn { return drawn{draw(t, m, true)} })
}

// draw makes a random network as it is stored: written to files and read from them, as a real one is.
func draw(t *rapid.T, m *graphmap.Map, dense bool) *network.Network {
	r := &raw{T: t, m: m, dense: dense}
	n := &network.Network{}
	var all []string
	for _, of := range m.Things() {
		all = append(all, of.Name)
	}
	types, least := []string{"Source"}, 4
	if dense {
		types, least = append(types, analysedTypes...), 0
	}
	for range number(t, least, 24) {
		if dense {
			types = append(types, pick(t, analysedTypes))
		} else if chance(t, 70) {
			types = append(types, pick(t, commonTypes))
		} else {
			types = append(types, pick(t, all))
		}
	}
	ids := make([]string, len(types))
	for i, name := range types {
		ids[i] = fmt.Sprintf("%s_%c%d", m.Types[name].Prefix, 'a'+number(t, 0, 3), i)
		switch name {
		case "Source":
			r.sources = append(r.sources, ids[i])
		case "PracticeBase":
			r.bases = append(r.bases, ids[i])
		}
	}
	for i, name := range types {
		of := m.Types[name]
		n.Things = append(n.Things, network.Thing{ID: ids[i], Labels: m.Labels(of), Properties: r.thing(of, ids[i])})
	}
	n.Ties = r.ties(n.Things)
	return stored(t, m, n)
}

// stored completes what the files say to what is stored.
func stored(t dbtest.TB, m *graphmap.Map, n *network.Network) *network.Network {
	out, err := ingest.Read(m, folder(t, m, n))
	if err != nil {
		t.Fatalf("the random network: %v", err)
	}
	return out
}

func folder(t dbtest.TB, m *graphmap.Map, n *network.Network) fstest.MapFS {
	files, err := ingest.Write(m, n, "Random")
	if err != nil {
		t.Fatalf("the random network: %v", err)
	}
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: text}
	}
	return out
}

// kept are the fields that the database keeps by itself.
var kept = []string{"createdAt", "updatedAt", "version"}

func (r *raw) thing(of *graphmap.Type, id string) map[string]any {
	p := map[string]any{}
	for _, f := range of.Fields {
		switch {
		case !f.IsHeld() || slices.Contains(kept, f.Name):
		case f.Name == "id":
			p["id"] = id
		case f.Name == "name":
			p["name"] = pick(r.T, someNames)
		case f.Name == "nameZh":
			if chance(r.T, 50) {
				p["nameZh"] = pick(r.T, someChinese)
			}
		case f.Target != nil && f.Target.Kind == graphmap.Point:
			if chance(r.T, 50) {
				p[f.Property] = network.Point{Latitude: pick(r.T, someLatitudes), Longitude: pick(r.T, someLongitudes)}
			}
		case f.Target != nil:
			r.items(f.Target, p)
		case f.Type.NonNull || chance(r.T, r.often(f, 60)):
			p[f.Property] = r.value(f)
		}
	}
	if r.dense && of.Name == "Metric" { // so that figures contradict each other
		p["name"], p["date"], p["unit"] = pick(r.T, someNames[:2]), pick(r.T, someDates[:2]), "bases"
	}
	ordered(p, of.Begins, of.Ends)
	return p
}

// often is how many of a hundred things or relationships state a property: in a dense network, seldom a day.
func (r *raw) often(f *graphmap.Field, percent int) int {
	if r.dense && f.Type.Name() == "PartialDate" {
		return percent / 3
	}
	return percent
}

// ordered takes out an end that lies before its beginning.
func ordered(p map[string]any, begins, ends string) {
	from, _ := p[begins].(string)
	until, _ := p[ends].(string)
	if from != "" && until != "" && network.PartialDate(from).Earliest().After(network.PartialDate(until).Latest().Time) {
		delete(p, ends)
	}
}

func (r *raw) value(f *graphmap.Field) any {
	switch f.Name {
	case "creditCode":
		return pick(r.T, someCodes)
	case "places": // sums of them must be an Int
		return int64(pick(r.T, []int{0, 1, 2, 7, 30}))
	}
	if f.Type.Elem != nil {
		list := []string{}
		for range number(r.T, 1, 3) {
			list = append(list, pick(r.T, someTexts))
		}
		return list
	}
	if d := r.m.Schema.Types[f.Type.Name()]; d.Kind == ast.Enum {
		return pick(r.T, d.EnumValues).Name
	}
	switch f.Type.Name() {
	case "String":
		return pick(r.T, someTexts)
	case "Boolean":
		return chance(r.T, 50)
	case "Int":
		return int64(pick(r.T, []int{0, 1, 7, 30, 2147483647}))
	case "Float":
		return pick(r.T, []float64{0, -1.5, 300, 0.5, 2.5, 1048576.5}) // whose sums are exact, whatever the order
	case "PartialDate":
		return pick(r.T, someDates)
	case "DateTime":
		return time.Date(2026, 11, pick(r.T, []int{1, 2, 20}), 12, 0, 0, 0, time.UTC)
	case "ID":
		return pick(r.T, r.bases)
	}
	r.Fatalf("no random value of type %s", f.Type.Name())
	return nil
}

// items draws aliases or evidence: parallel lists.
func (r *raw) items(of *graphmap.Type, p map[string]any) {
	many := pick(r.T, []int{0, 0, 1, 1, 2, 3})
	for _, f := range of.Fields {
		for range many {
			if f.Type.Name() == "DateTime" {
				l, _ := p[f.Property].([]time.Time)
				p[f.Property] = append(l, time.Date(2026, 11, 1, 8, pick(r.T, []int{0, 30}), 0, pick(r.T, []int{0, 250_000_000}), time.UTC))
				continue
			}
			s := ""
			switch {
			case f.Computed == "SOURCE" && (of.Name == "Evidence" || chance(r.T, 50)):
				s = pick(r.T, r.sources)
			case f.Name == "name":
				s = pick(r.T, append(someNames, someChinese...))
			case f.Name == "recordedBy" || f.Name == "locator" && chance(r.T, 50):
				s = pick(r.T, someTexts)
			}
			l, _ := p[f.Property].([]string)
			p[f.Property] = append(l, s)
		}
	}
}

// ties draws relationships among things: a type that can join some of them, then two that it can join, which may be
// one and the same, or joined already.
func (r *raw) ties(things []network.Thing) []network.Tie {
	type ends struct{ from, to string }
	can := map[string][]ends{}
	var kinds []string
	for _, v := range r.m.Schema.Types["RelationshipType"].EnumValues {
		for _, a := range things {
			for _, b := range things {
				if r.m.Relationships[v.Name].Allows(a.Labels[0], b.Labels[0]) {
					can[v.Name] = append(can[v.Name], ends{a.ID, b.ID})
				}
			}
		}
		if len(can[v.Name]) > 0 {
			kinds = append(kinds, v.Name)
		}
	}
	for _, often := range []string{"PART_OF", "PART_OF", "MEMBER_OF", "MEMBER_OF", "SERVES", "SERVES", "LOCATED_IN", "HOSTS"} {
		if len(can[often]) > 0 {
			kinds = append(kinds, often)
		}
	}
	evidence := r.m.Types["Evidence"]
	var out []network.Tie
	least := 0
	if r.dense {
		least = 2 * len(things)
	}
	for i := range number(r.T, least, 3*len(things)) {
		rel := r.m.Relationships[pick(r.T, kinds)]
		e := pick(r.T, can[rel.Type])
		p := map[string]any{"key": fmt.Sprintf("k%d", i)}
		if r.dense && i > 0 && chance(r.T, 20) { // the one before once more, so that relationships contradict each other
			rel, e = r.m.Relationships[out[i-1].Type], ends{out[i-1].From, out[i-1].To}
			p["since"], out[i-1].Properties["since"] = pick(r.T, someDates[:6]), pick(r.T, someDates[:6])
			delete(out[i-1].Properties, "until")
		}
		for _, name := range append([]string{"since", "until"}, rel.Properties...) {
			switch f := r.m.Types["Relationship"].Field(name); {
			case name == "until" && chance(r.T, 30): // mostly late, so that much holds
				p[name] = pick(r.T, someDates[number(r.T, 0, len(someDates)-1):])
			case name != "until" && chance(r.T, r.often(f, 50)):
				p[name] = r.value(f)
			}
		}
		ordered(p, "since", "until")
		r.items(evidence, p)
		out = append(out, network.Tie{Type: rel.Type, From: e.from, To: e.to, Properties: p})
	}
	return out
}
