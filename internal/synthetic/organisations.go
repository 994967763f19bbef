package synthetic

import (
	"strconv"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Industries are numbered: the branches, then the trades of each.
var industryCount = len(branches) + len(trades)

// trade is a trade and the number of its branch.
type trade struct {
	name
	branch int
}

var trades = func() []trade {
	var out []trade
	for b, branch := range branches {
		for _, t := range branch.trades {
			out = append(out, trade{t, b})
		}
	}
	return out
}()

func (g *generator) industry(i int) {
	d := g.draw(ofIndustry, i)
	id := g.id("Industry", i)
	if i < len(branches) {
		g.thing("Industry", id, branches[i].name, g.told(d, props{"code": "S" + twoDigits(i+1)}))
		return
	}
	t := trades[i-len(branches)]
	g.thing("Industry", id, t.name, g.told(d, props{"code": "S" + twoDigits(t.branch+1) + twoDigits(i-len(branches)+1)}))
	g.tie("PART_OF", id, g.id("Industry", t.branch), g.told(d, props{}))
}

// Government bodies are numbered: the ministry, a department of each province, a bureau of each city.
func (g *generator) government(i int) {
	d := g.draw(ofGovernment, i)
	id := g.id("GovernmentBody", i)
	if i == 0 {
		g.thing("GovernmentBody", id, name{"Ministry of Education (made up)", "教育部（虚构）"}, g.told(d, props{"level": "NATIONAL"}))
		g.tie("LOCATED_IN", id, g.id("Place", 0), g.told(d, props{}))
		return
	}
	if i--; i < g.n.provinces {
		n := g.provinceName(i)
		g.thing("GovernmentBody", id, name{"Department of Education of " + n.en + " Province", n.zh + "省教育厅"}, g.told(d, props{"level": "PROVINCIAL"}))
		g.tie("LOCATED_IN", id, g.provinceID(i), g.told(d, props{}))
		return
	}
	c := i - g.n.provinces
	n := g.cityName(c)
	g.thing("GovernmentBody", id, name{"Education Bureau of " + n.en, n.zh + "市教育局"}, g.told(d, props{"level": "MUNICIPAL"}))
	g.tie("LOCATED_IN", id, g.cityID(c), g.told(d, props{}))
	g.tie("PART_OF", id, g.id("GovernmentBody", 1+g.provinceOf(c)), g.told(d, props{}))
}

func (g *generator) cityOfUniversity(u int) int { return u % g.n.cities }

// universityName has no form twice in a city.
func (g *generator) universityName(u int) (city, form name) {
	c := g.cityOfUniversity(u)
	at := (g.draw(ofUniversity, c).IntN(len(universityForms)) + u/g.n.cities) % len(universityForms)
	return g.cityName(c), universityForms[at]
}

func (g *generator) universityFull(u int) name {
	city, form := g.universityName(u)
	return name{city.en + " " + form.en, city.zh + form.zh}
}

func (g *generator) university(u int) {
	d := g.draw(ofUniversity, g.n.cities+u)
	id := g.id("University", u)
	_, form := g.universityName(u)
	p := props{"kind": "UNIVERSITY", "founded": d.stated(d.day(1902, 2012)), "website": "https://u" + strconv.Itoa(u) + ".example.org"}
	if vocational[form.en] {
		p["kind"] = "VOCATIONAL_COLLEGE"
	}
	if d.chance(40) {
		p["specialities"] = []string{pick(d, fields).en, pick(d, trades).en}
	}
	if d.chance(30) {
		p["summary"] = "A made-up university with a history of cooperation with its region."
	}
	full := g.universityFull(u)
	if runes := []rune(full.zh); d.chance(50) { // 临阳理工大学 is 临阳理工 for short
		g.called(d, p, string(runes[:len(runes)-2]))
	}
	g.thing("University", id, full, g.told(d, p))
	g.tie("LOCATED_IN", id, g.cityID(g.cityOfUniversity(u)), g.told(d, props{}))
	for _, f := range d.distinct(d.between(1, 3), len(fields)) {
		g.tie("SPECIALIZES_IN", id, g.id("Discipline", fieldDiscipline(f)), g.told(d, props{}))
	}
}

// schoolField is what a school teaches; the schools of a university differ in it.
func (g *generator) schoolField(s int) int {
	u := g.schoolsOf.of(s)
	return (s - g.schoolsOf[u] + 5*u) % len(fields)
}

func (g *generator) school(s int) {
	d := g.draw(ofSchool, s)
	id, u, f := g.id("School", s), g.schoolsOf.of(s), g.schoolField(s)
	full := g.universityFull(u)
	kinds := []weighed{{"FACULTY", 70}, {"COLLEGE", 15}, {"JOINT_INSTITUTE", 5}, {"JOINT_SCHOOL", 5}, {"PRACTICE_CENTER", 5}}
	kind := d.weigh(kinds)
	p := props{"kind": kind}
	if d.chance(60) {
		p["founded"] = d.stated(d.day(1985, 2022))
	}
	g.thing("School", id, name{"School of " + fields[f].en + " of " + full.en, full.zh + fields[f].zh + "学院"}, g.told(d, p))
	g.tie("PART_OF", id, g.id("University", u), g.told(d, props{}))
	if other := d.IntN(g.n.universities); kind == "JOINT_SCHOOL" && other != u {
		g.tie("PART_OF", id, g.id("University", other), g.told(d, props{"since": d.stated(d.day(2023, 2025))}))
	}
	g.tie("SPECIALIZES_IN", id, g.id("Discipline", fieldDiscipline(f)), g.told(d, props{}))
	if d.chance(30) {
		g.tie("LOCATED_IN", id, g.districtID(g.cityOfUniversity(u), d.IntN(districtsPerCity)), g.told(d, props{}))
	}
}

// enterprise facts that its bases and agreements are named by.
func (g *generator) enterpriseFacts(e int) (city int, t trade, short name) {
	d := g.draw(ofTrade, e)
	city, at := d.IntN(g.n.cities), d.IntN(len(trades))
	a, b := pick(d, firstOfBrand), pick(d, lastOfBrand)
	t = trades[at]
	return city, t, name{a.en + b.en + " " + t.en, a.zh + b.zh + t.zh}
}

func (g *generator) enterprise(e int) {
	d := g.draw(ofEnterprise, e)
	id := g.id("Enterprise", e)
	c, t, short := g.enterpriseFacts(e)
	city := g.cityName(c)
	p := props{"founded": d.stated(d.day(1978, 2021))}
	if d.chance(85) {
		p["creditCode"] = network.CreditCode("91" + strconv.Itoa(d.between(110000, 659999)) + strconv.Itoa(d.between(100000000, 999999999)))
	}
	if d.chance(70) {
		p["headcount"] = int64(20 + d.early(200)*d.early(200))
	}
	if d.chance(40) {
		p["website"] = "https://e" + strconv.Itoa(e) + ".example.com"
	}
	if d.chance(35) {
		g.called(d, p, short.zh)
	}
	g.thing("Enterprise", id, name{city.en + " " + short.en + " Co., Ltd.", city.zh + short.zh + "有限公司"}, g.told(d, p))
	g.tie("LOCATED_IN", id, g.districtID(c, d.IntN(districtsPerCity)), g.told(d, props{}))
	g.tie("IN_INDUSTRY", id, g.id("Industry", len(branches)+tradeNumber(t)), g.told(d, props{}))
	if e >= 40 && d.chance(5) { // a subsidiary
		g.tie("PART_OF", id, g.id("Enterprise", d.IntN(e/4)), g.told(d, props{"since": d.stated(d.day(2015, 2024))}))
	}
}

func tradeNumber(t trade) int {
	for i := range trades {
		if trades[i] == t {
			return i
		}
	}
	panic("no such trade: " + t.en)
}

// centerFacts are what the bases and agreements of a research centre are named by.
func (g *generator) centerFacts(r int) (city int, kind string, full name) {
	d := g.draw(ofCenter, g.n.centers+r)
	forms := []struct {
		kind string
		name
	}{
		{"RESEARCH_INSTITUTE", name{"Research Institute", "研究院"}}, {"INNOVATION_CENTER", name{"Innovation Centre", "创新中心"}},
		{"SCIENCE_PARK", name{"Science Park", "科技园"}}, {"LABORATORY", name{"Laboratory", "实验室"}},
	}
	c, form, t := d.IntN(g.n.cities), pick(d, forms), pick(d, trades)
	city2 := g.cityName(c)
	return c, form.kind, name{city2.en + " " + t.en + " " + form.en, city2.zh + t.zh + form.zh}
}

func (g *generator) center(r int) {
	d := g.draw(ofCenter, r)
	id := g.id("ResearchCenter", r)
	c, kind, full := g.centerFacts(r)
	g.thing("ResearchCenter", id, full, g.told(d, props{"kind": kind, "founded": d.stated(d.day(1995, 2023))}))
	g.tie("LOCATED_IN", id, g.districtID(c, d.IntN(districtsPerCity)), g.told(d, props{}))
	if d.chance(40) {
		g.tie("PART_OF", id, g.id("University", d.IntN(g.n.universities)), g.told(d, props{}))
	}
	g.tie("SPECIALIZES_IN", id, g.id("Discipline", fieldDiscipline(d.IntN(len(fields)))), g.told(d, props{}))
	g.tie("ESTABLISHED", g.id("University", d.IntN(g.n.universities)), id, g.told(d, props{"role": "FOUNDER"}))
}

func (g *generator) association(a int) {
	d := g.draw(ofAssociation, a)
	id := g.id("Association", a)
	p, f := d.IntN(g.n.provinces), fields[(a+d.IntN(2)*12)%len(fields)]
	n := g.provinceName(p)
	g.thing("Association", id, name{n.en + " Society of " + f.en, n.zh + "省" + f.zh + "学会"}, g.told(d, props{"founded": d.stated(d.day(1950, 2015))}))
	g.tie("LOCATED_IN", id, g.provinceID(p), g.told(d, props{}))
}
