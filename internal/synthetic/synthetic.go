// Package synthetic makes up networks for trials and measurements: of any size, in both languages, of every type of the
// schema, and the same for the same size and seed. It makes them part by part, so that a large one is never in memory
// as a whole. What is stored beside each element is worked out by the import's own code; it knows no database.
package synthetic

import (
	"iter"
	"strconv"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Mark stands in every id that is made up, behind the prefix of its type: uni_syn-000123. Synthetic things with it belong
// to this package, others don't.
const Mark = "_syn-"

// Prefixes lists what the ids of all made-up things begin with, in the order to delete them: what says that the network
// is complete, then what was made last, so that nothing deleted has many relationships left.
func Prefixes(m *graphmap.Map) []string {
	out := []string{Whole}
	for _, name := range []string{
		"Placement", "Student", "Metric", "Policy", "Award", "CompetitionEdition", "Competition", "Program", "Person", "Agreement",
		"PracticeBase", "Event", "Alliance", "Association", "ResearchCenter", "Enterprise", "School", "University", "GovernmentBody",
		"Industry", "Discipline", "Place", "Source",
	} {
		out = append(out, m.Types[name].Prefix+Mark)
	}
	return out
}

// Whole is the id of the figure that says how many things there are. It is made last, so that a network that holds it
// is complete.
const Whole = "met" + Mark + "whole"

// Parts makes the network of a size: for each seed another one, for the same seed the same. Ties lead to things of their
// own part or of parts before.
func Parts(m *graphmap.Map, size Size, seed uint64) iter.Seq[*network.Network] {
	return func(yield func(*network.Network) bool) {
		g := newGenerator(m, size, seed)
		for _, s := range g.steps() {
			for i := range s.count {
				s.make(i)
				if g.full() && !g.hand(s, yield) {
					return
				}
			}
			if !g.hand(s, yield) {
				return
			}
		}
	}
}

// step makes the things of a kind, one after the other, each with the ties that lead from or to what is there.
type step struct {
	count   int
	make    func(i int)
	passing bool // no later step leads to these things
}

func (g *generator) steps() []step {
	n := g.n
	return []step{
		{count: n.sources, make: g.source},
		{count: n.places(), make: g.place},
		{count: disciplineCount, make: g.discipline},
		{count: industryCount, make: g.industry},
		{count: n.governments(), make: g.government},
		{count: n.universities, make: g.university},
		{count: n.schools, make: g.school},
		{count: n.enterprises, make: g.enterprise},
		{count: n.centers, make: g.center},
		{count: n.associations, make: g.association},
		{count: n.alliances, make: g.alliance},
		{count: n.events, make: g.event},
		{count: n.bases, make: g.base},
		{count: n.agreements(), make: g.agreement},
		{count: n.people(), make: g.person},
		{count: n.programs, make: g.program},
		{count: n.competitions, make: g.competition},
		{count: n.editions, make: g.edition},
		{count: n.awards, make: g.award},
		{count: n.policies, make: g.policy},
		{count: n.metrics, make: g.metric},
		{count: n.students, make: g.student, passing: true},
		{count: 1, make: g.whole},
	}
}

// generator makes one network.
type generator struct {
	size      Size
	seed      uint64
	n         counts
	completer *ingest.Completer
	types     map[kind]string   // prefixes of ids
	labels    map[kind][]string // of things
	part      *network.Network  // what isn't handed over yet
	made      int               // how many things were made
	placed    int               // how many placements were made

	// Where the schools, bases and students of each university begin; large universities have more of each.
	schoolsOf, basesOf, studentsOf shares
	members                        [][]member // of each alliance
	alliancesOf                    [][]int    // of each university
}

// kind is the name of a type of things.
type kind string

func newGenerator(m *graphmap.Map, size Size, seed uint64) *generator {
	g := &generator{
		size: size, seed: seed, n: countsOf(size), completer: ingest.NewCompleter(m),
		types: map[kind]string{}, labels: map[kind][]string{}, part: &network.Network{},
	}
	g.completer.Uncompared = true // made anew each time
	for _, t := range m.Things() {
		g.types[kind(t.Name)], g.labels[kind(t.Name)] = t.Prefix+Mark, m.Labels(t)
	}
	weights := make([]int, g.n.universities)
	for u := range weights {
		weights[u] = 1 + g.draw(ofSize, u).early(6)
	}
	g.schoolsOf, g.basesOf, g.studentsOf = shareOut(g.n.schools, weights), shareOut(g.n.bases, weights), shareOut(g.n.students, weights)
	g.join()
	return g
}

// The largest part; a database takes it in one transaction.
const (
	mostThings = 5_000
	mostTies   = 15_000
)

func (g *generator) full() bool {
	return len(g.part.Things) >= mostThings || len(g.part.Ties) >= mostTies
}

// hand completes what was made and hands it over; false when no more is wanted.
func (g *generator) hand(s step, yield func(*network.Network) bool) bool {
	if len(g.part.Things) == 0 {
		return true
	}
	part := g.part
	g.part = &network.Network{}
	g.completer.Complete(part)
	if !s.passing {
		g.completer.Remember(part)
	}
	return yield(part)
}

// id is the id of the thing with a number.
func (g *generator) id(k kind, i int) string {
	digits := strconv.Itoa(i)
	return g.types[k] + "000000"[min(len(digits), 6):] + digits
}

// props are properties of a thing or tie. What is empty isn't stated.
type props map[string]any

// thing makes a thing.
func (g *generator) thing(k kind, id string, n name, p props) {
	p["id"], p["name"], p["nameZh"], p["synthetic"] = id, n.en, n.zh, true
	g.made++
	g.part.Things = append(g.part.Things, network.Thing{ID: id, Labels: g.labels[k], Properties: stated(p)})
}

// tie makes a relationship.
func (g *generator) tie(of, from, to string, p props) {
	key, _ := p["key"].(string)
	id := ingest.TieID(of, from, to, key)
	p["id"] = id
	g.part.Ties = append(g.part.Ties, network.Tie{ID: id, Type: of, From: from, To: to, Properties: stated(p)})
}

func stated(p props) props {
	for k, v := range p {
		if v == "" {
			delete(p, k)
		}
	}
	return p
}
