package synthetic

import "strings"

// People are numbered: the teachers, by turns of each university, then the supervisor at each base.
func (g *generator) teacher(d draw, u int) string {
	return g.id("Person", u+g.n.universities*d.IntN(g.n.teachers/g.n.universities))
}

func (g *generator) supervisor(b int) string { return g.id("Person", g.n.teachers+b) }

// personName draws the name of a person.
func personName(d draw) name {
	s, last := pick(d, surnames), pick(d, givenLast)
	if d.chance(25) {
		return name{s.en + " " + strings.ToUpper(last.en[:1]) + last.en[1:], s.zh + last.zh}
	}
	first := pick(d, givenFirst)
	if strings.ContainsAny(last.en[:1], "aeiou") {
		last.en = "'" + last.en
	}
	return name{s.en + " " + first.en + last.en, s.zh + first.zh + last.zh}
}

func (g *generator) person(i int) {
	d := g.draw(ofPerson, i)
	id := g.id("Person", i)
	if b := i - g.n.teachers; b >= 0 {
		f := g.factsOf(b)
		g.thing("Person", id, personName(d), g.registered(d, props{}))
		g.tie("HOLDS_OFFICE", id, g.id(f.host.kind, f.host.number), g.registered(d, props{"title": pick(d, []string{"Head of Training", "Engineer", "Project Manager", "Director of Personnel"})}))
		return
	}
	g.thing("Person", id, personName(d), g.told(d, props{}))
	u := i % g.n.universities
	if i < g.n.universities {
		p := props{"title": "President", "since": d.stated(d.day(2016, 2025))}
		g.tie("HOLDS_OFFICE", id, g.id("University", u), g.told(d, p))
		g.tie("TAKES_PART_IN", id, g.id("Event", d.IntN(g.n.events)), g.told(d, props{"role": pick(d, []string{"SPEAKER", "CHAIR"})}))
		return
	}
	where := g.id("University", u)
	if size := g.schoolsOf.size(u); size > 0 {
		where = g.id("School", g.schoolsOf[u]+d.IntN(size))
	}
	p := props{"title": pick(d, []string{"Professor", "Associate Professor", "Lecturer", "Dean", "Head of Practice"})}
	switch n := d.IntN(100); {
	case n < 30:
		p["since"] = d.stated(d.day(2008, 2025))
	case n < 40:
		since := d.day(2008, 2018)
		p["since"], p["until"] = d.stated(since), d.stated(after(since, d.between(400, 2500)))
	}
	g.tie("HOLDS_OFFICE", id, where, g.told(d, p))
}
