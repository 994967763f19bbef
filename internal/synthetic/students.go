package synthetic

import (
	"strconv"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// placementCount draws how many placements a student has; placementsPerStudent on average.
func placementCount(d draw) int {
	switch n := d.IntN(100); {
	case n < 25:
		return 0
	case n < 70:
		return 1
	case n < 94:
		return 2
	}
	return 3
}

func (g *generator) student(i int) {
	d := g.draw(ofStudent, i)
	id, u := g.id("Student", i), g.studentsOf.of(i)
	full, cohort := personName(d), d.between(2019, 2026)
	school := d.IntN(g.n.schools)
	if size := g.schoolsOf.size(u); size > 0 {
		school = g.schoolsOf[u] + d.early(size)
	}
	level := d.weigh([]weighed{{"UNDERGRADUATE", 80}, {"MASTER", 17}, {"DOCTORAL", 3}})
	g.thing("Student", id, full, g.registered(d, props{"studentNumber": strconv.Itoa(cohort*1_000_000 + i%1_000_000), "cohort": strconv.Itoa(cohort), "level": level}))

	enrolled := props{"since": strconv.Itoa(cohort) + "-09"}
	if cohort <= 2022 && level == "UNDERGRADUATE" {
		enrolled["until"] = strconv.Itoa(cohort+4) + "-06"
	}
	where := g.id("School", school)
	if d.chance(10) {
		where = g.id("University", u)
	}
	g.tie("ENROLLED_AT", id, where, g.registered(d, enrolled))
	major := majorDiscipline(g.schoolField(school), d.IntN(4))
	g.tie("STUDIES", id, g.id("Discipline", major), g.registered(d, props{}))
	for range placementCount(d) {
		g.placement(d, id, full, cohort, u, school)
	}
}

// baseFor looks for an open base of the university, one for the school if it is soon found.
func (g *generator) baseFor(d draw, u, school int) (int, baseFacts) {
	b, f := -1, baseFacts{}
	for try := range 8 {
		at := d.IntN(g.n.bases)
		if size := g.basesOf.size(u); size > 0 {
			at = g.basesOf[u] + d.early(size)
		}
		if facts := g.factsOf(at); b < 0 || facts.open && (!f.open || facts.school == school) {
			b, f = at, facts
		}
		if f.open && (f.school == school || try > 3) {
			break
		}
	}
	return b, f
}

func (g *generator) placement(d draw, student string, who name, cohort, u, school int) {
	id := g.id("Placement", g.placed)
	g.placed++
	b, f := g.baseFor(d, u, school)
	status, from, until := placementTime(d, f, cohort)
	year := strconv.Itoa(from.Year())
	p := props{"status": status, "from": from.String(), "until": until.String()}
	if d.chance(70) {
		p["hoursPerWeek"] = int64(d.between(4, 10) * 4)
	}
	g.thing("Placement", id, name{"Internship of " + who.en + ", " + year, who.zh + year + "年实习"}, g.registered(d, p))
	g.tie("HAS_PLACEMENT", student, id, g.registered(d, props{}))
	g.tie("AT", id, g.id("PracticeBase", b), g.registered(d, props{}))
	if d.chance(55) {
		g.tie("SUPERVISES", g.teacher(d, u), id, g.registered(d, props{"side": "SCHOOL"}))
	}
	if d.chance(60) {
		g.tie("SUPERVISES", g.supervisor(b), id, g.registered(d, props{"side": "HOST"}))
	}
}

// placementTime draws when a placement is, and where it stands on the day, within the time of its base and its student.
func placementTime(d draw, f baseFacts, cohort int) (status string, from, until network.Day) {
	first, last := network.NewDay(cohort, time.September, 15), after(Today, -30)
	if f.open && f.opened.After(first.Time) {
		first = f.opened
	}
	if f.ended {
		last = f.closed
	}
	span := int(last.Sub(first.Time).Hours() / 24)
	length := 7 * d.between(4, 26)
	switch n := d.IntN(100); {
	case f.open && span > 30 && (n < 60 || f.ended):
		length = min(length, span-1)
		from = after(first, d.IntN(span-length))
		status = "COMPLETED"
	case f.open && n < 84:
		from = after(Today, -d.between(0, length-1))
		status = "ACTIVE"
	default:
		from = after(Today, d.between(1, 240))
		status = "PLANNED"
	}
	if d.chance(6) {
		status = "CANCELLED"
	}
	return status, from, after(from, length)
}
