package synthetic

import (
	"strconv"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

func (g *generator) competitionName(c int) name {
	f := fields[(c*7)%len(fields)]
	form := []name{{"Student Competition", "大学生竞赛"}, {"Innovation Cup", "创新杯"}, {"Skills Contest", "技能大赛"}}[c%3]
	where := g.provinceName(c % g.n.provinces)
	return name{where.en + " " + f.en + " " + form.en, where.zh + f.zh + form.zh}
}

func (g *generator) competition(c int) {
	d := g.draw(ofCompetition, c)
	id := g.id("Competition", c)
	g.thing("Competition", id, g.competitionName(c), g.told(d, props{"startedOn": d.stated(d.day(2005, 2014))}))
	g.tie("RUNS", g.id("Association", d.IntN(g.n.associations)), id, g.told(d, props{"role": "ORGANISER"}))
	g.tie("ESTABLISHED", g.id("GovernmentBody", d.IntN(g.n.governments())), id, g.told(d, props{"role": "FOUNDER"}))
	g.tie("IN_INDUSTRY", id, g.id("Industry", d.IntN(len(branches))), g.told(d, props{}))
	for _, u := range d.distinct(d.between(1, 4), g.n.universities) {
		g.tie("TAKES_PART_IN", g.id("University", u), id, g.told(d, props{"role": "PARTICIPANT"}))
	}
}

// editionYear is the year of an edition: they are held one a year, by turns of all competitions.
func (g *generator) editionYear(e int) int { return 2015 + e/g.n.competitions }

func (g *generator) editionName(e int) (name, int) {
	c, ordinal := g.competitionName(e%g.n.competitions), 1+e/g.n.competitions
	no := strconv.Itoa(ordinal)
	return name{c.en + ", edition " + no, "第" + no + "届" + c.zh}, ordinal
}

func (g *generator) edition(e int) {
	d := g.draw(ofEdition, e)
	id, starts := g.id("CompetitionEdition", e), network.NewDay(g.editionYear(e), time.Month(d.between(4, 10)), d.between(1, 28))
	full, ordinal := g.editionName(e)
	p := props{"ordinal": int64(ordinal), "startsOn": d.stated(starts), "endsOn": d.stated(after(starts, d.between(1, 5)))}
	g.thing("CompetitionEdition", id, full, g.told(d, p))
	g.tie("EDITION_OF", id, g.id("Competition", e%g.n.competitions), g.told(d, props{}))
	g.tie("RUNS", g.id("University", d.IntN(g.n.universities)), id, g.told(d, props{"role": "HOST"}))
	g.tie("LOCATED_IN", id, g.venueID(d.IntN(g.n.cities)), g.told(d, props{}))
	for _, u := range d.distinct(d.between(3, 12), g.n.universities) {
		g.tie("TAKES_PART_IN", g.id("University", u), id, g.told(d, props{"role": "PARTICIPANT"}))
	}
	if d.chance(10) {
		g.tie("GOVERNED_BY", id, g.id("Agreement", g.n.bases+g.n.renewals+d.IntN(g.n.frames)), g.told(d, props{}))
	}
}

func (g *generator) award(a int) {
	d := g.draw(ofAward, a)
	id, e := g.id("Award", a), d.IntN(g.n.editions)
	grade := pick(d, []struct {
		grade string
		name
	}{
		{"GOLD", name{"Gold medal", "金奖"}}, {"SILVER", name{"Silver medal", "银奖"}}, {"BRONZE", name{"Bronze medal", "铜奖"}},
		{"FIRST", name{"First prize", "一等奖"}}, {"SECOND", name{"Second prize", "二等奖"}}, {"THIRD", name{"Third prize", "三等奖"}},
		{"INTERNATIONAL", name{"International award", "国际级奖"}}, {"NATIONAL", name{"National award", "国家级奖"}}, {"PROVINCIAL", name{"Provincial award", "省级奖"}},
	})
	full, _ := g.editionName(e)
	p := props{"grade": grade.grade, "wonOn": d.stated(network.NewDay(g.editionYear(e), time.November, d.between(1, 28)))}
	if d.chance(20) {
		p["count"] = int64(d.between(2, 9))
	}
	g.thing("Award", id, name{grade.en + " of the " + full.en, full.zh + grade.zh}, g.told(d, p))
	g.tie("AWARDED_AT", id, g.id("CompetitionEdition", e), g.told(d, props{}))
	who := g.id("University", d.IntN(g.n.universities))
	if d.chance(40) {
		who = g.id("School", d.IntN(g.n.schools))
	}
	g.tie("WON", who, id, g.told(d, props{}))
}
