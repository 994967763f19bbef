package synthetic

import (
	"strconv"

	"github.com/partnergraph/partnergraph/internal/network"
)

// baseFacts is what other things need to know of a base.
type baseFacts struct {
	university, school int
	host               member
	hostName           name
	city               int
	status             string
	open               bool // it was opened, and may be closed by now
	opened             network.Day
	closed             network.Day // the zero day if it isn't
	ended              bool        // it was closed
	disciplines        []int
}

var (
	baseStatuses = []weighed{
		{"ACTIVE", 62}, {"AMENDING", 4}, {"SUSPENDED", 4}, {"EXPIRED", 7}, {"TERMINATED", 4}, {"APPROVED", 4}, {"IN_REVIEW", 4},
		{"SUBMITTED", 3}, {"DRAFT", 3}, {"CHANGES_REQUESTED", 2}, {"REJECTED", 2}, {"MERGED", 1},
	}
	hasOpened = map[string]bool{"ACTIVE": true, "AMENDING": true, "SUSPENDED": true, "EXPIRED": true, "TERMINATED": true}
	hasEnded  = map[string]bool{"EXPIRED": true, "TERMINATED": true}
)

// factsOf works out the facts of a base; they are the same each time.
func (g *generator) factsOf(b int) baseFacts {
	d := g.draw(ofBaseFacts, b)
	u := g.basesOf.of(b)
	f := baseFacts{university: u, school: d.IntN(g.n.schools)}
	if size := g.schoolsOf.size(u); size > 0 {
		f.school = g.schoolsOf[u] + d.IntN(size)
	}
	switch n := d.IntN(100); {
	case n < 86:
		f.host.kind, f.host.number = "Enterprise", d.rank(g.n.enterprises)
		f.city, _, f.hostName = g.enterpriseFacts(f.host.number)
	case n < 96:
		f.host.kind, f.host.number = "ResearchCenter", d.IntN(g.n.centers)
		f.city, _, f.hostName = g.centerFacts(f.host.number)
	default:
		f.host.kind, f.host.number = "University", u
		f.city, f.hostName = g.cityOfUniversity(u), g.universityFull(u)
	}
	f.status = d.weigh(baseStatuses)
	f.opened, f.open, f.ended = d.day(2012, 2025), hasOpened[f.status], hasEnded[f.status]
	if f.ended {
		f.opened = d.day(2012, 2021)
		f.closed = d.day(2023, 2025)
	}
	field := g.schoolField(f.school)
	for _, major := range d.distinct(d.between(1, 4), 4) {
		f.disciplines = append(f.disciplines, majorDiscipline(field, major))
	}
	if d.chance(30) {
		f.disciplines = unique(append(f.disciplines, majorDiscipline(d.IntN(len(fields)), d.IntN(4))))
	}
	return f
}

func (g *generator) base(b int) {
	d, f := g.draw(ofBase, b), g.factsOf(b)
	id, host := g.id("PracticeBase", b), g.id(f.host.kind, f.host.number)
	no := strconv.Itoa(b + 1)
	p := props{"status": f.status, "level": d.weigh([]weighed{{"SCHOOL", 30}, {"UNIVERSITY", 45}, {"PROVINCIAL", 15}, {"NATIONAL", 5}, {"", 5}})}
	if f.open {
		p["openedOn"] = d.stated(f.opened)
	}
	if f.ended {
		p["closedOn"] = d.stated(f.closed)
	}
	if d.chance(80) {
		p["places"] = int64(5 + d.early(80))
	}
	if d.chance(25) {
		p["conditions"] = pick(d, []string{"Safety training before the first day.", "Lodging is provided.", "Third year of study or later.", "A health certificate is needed."})
	}
	if d.chance(30) {
		p["contact"] = "practice" + no + "@example.com"
	}
	if d.chance(70) {
		p["position"] = g.positionIn(d, f.city, 0.3)
	}
	g.thing("PracticeBase", id, name{f.hostName.en + " Practice Base No. " + no, f.hostName.zh + "第" + no + "号实习实践基地"}, g.told(d, p))
	g.tie("HOSTS", host, id, g.told(d, props{}))
	g.tie("LOCATED_IN", id, g.districtID(f.city, d.IntN(districtsPerCity)), g.told(d, props{}))
	g.serve(d, id, f)
	for _, o := range f.disciplines {
		least := d.between(2, 12)
		g.tie("OFFERS", id, g.id("Discipline", o), g.told(d, props{"places": int64(2 + d.early(25)), "minWeeks": int64(least), "maxWeeks": int64(least + d.between(0, 20))}))
	}
	if d.chance(25) {
		g.tie("ESTABLISHED", g.id("University", f.university), id, g.told(d, props{"role": "FOUNDER"}))
	}
	if f.open && d.chance(10) {
		g.tie("OPENED_AT", id, g.id("Event", d.IntN(g.n.events)), g.told(d, props{}))
	}
}

// serve ties a base to whom it serves: its own university or school first, then others, six at most.
func (g *generator) serve(d draw, id string, f baseFacts) {
	served := []member{{"University", f.university}}
	if d.chance(45) {
		served[0] = member{"School", f.school}
	}
	for range d.early(6) {
		switch in := g.alliancesOf[f.university]; {
		case d.chance(30) && len(in) > 0:
			served = append(served, member{"Alliance", pick(d, in)})
		case d.chance(40):
			served = append(served, member{"School", d.IntN(g.n.schools)})
		default:
			served = append(served, member{"University", d.IntN(g.n.universities)})
		}
	}
	for _, s := range unique(served) {
		p := props{"places": int64(1 + d.early(30))}
		switch n := d.IntN(100); {
		case !f.open && n < 50, f.open && n < 25:
		case f.ended:
			p["since"], p["until"] = d.stated(f.opened), d.stated(f.closed)
		case !f.open || n < 30:
			p["since"] = d.stated(after(Today, d.between(10, 300)))
		case n < 42:
			p["since"], p["until"] = d.stated(f.opened), d.stated(after(f.opened, d.between(90, 700)))
		case n < 55:
			p["since"], p["until"] = d.stated(f.opened), d.stated(after(Today, d.between(5, 900)))
		default:
			p["since"] = d.stated(f.opened)
		}
		g.tie("SERVES", id, g.id(s.kind, s.number), g.told(d, p))
	}
}
