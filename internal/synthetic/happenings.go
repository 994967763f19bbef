package synthetic

import "strconv"

func (g *generator) event(e int) {
	d := g.draw(ofEvent, e)
	id, c := g.id("Event", e), d.IntN(g.n.cities)
	form := pick(d, []struct {
		kind string
		name
	}{
		{"SUMMIT", name{"Summit", "峰会"}}, {"SEMINAR", name{"Seminar", "研讨会"}}, {"CEREMONY", name{"Opening Ceremony", "揭牌仪式"}},
		{"COUNCIL_MEETING", name{"Council Meeting", "理事会会议"}}, {"WORKING_MEETING", name{"Working Meeting", "工作会议"}}, {"FORUM", name{"Forum", "论坛"}},
		{"SYMPOSIUM", name{"Symposium", "学术研讨会"}}, {"EXHIBITION", name{"Exhibition", "展览会"}}, {"ROUNDTABLE", name{"Round Table", "圆桌会议"}}, {"OTHER", name{"Gathering", "交流活动"}},
	})
	starts, f, city := d.day(2015, 2026), pick(d, fields), g.cityName(c)
	if d.chance(6) {
		starts = after(Today, d.between(5, 300))
	}
	year := strconv.Itoa(starts.Year())
	p := props{"kind": form.kind, "startsOn": d.stated(starts)}
	if d.chance(60) {
		p["endsOn"] = d.stated(after(starts, d.between(0, 3)))
	}
	g.thing("Event", id, name{city.en + " " + f.en + " " + form.en + " " + year, year + "年" + city.zh + f.zh + form.zh}, g.told(d, p))
	g.tie("LOCATED_IN", id, g.venueID(c), g.told(d, props{}))
	if e%6 == 5 {
		g.tie("PART_OF", id, g.id("Event", e-1-d.IntN(5)), g.told(d, props{}))
	}
	runner := member{"Alliance", d.IntN(g.n.alliances)}
	if d.chance(50) {
		runner = member{"University", d.IntN(g.n.universities)}
	}
	g.tie("RUNS", g.id(runner.kind, runner.number), id, g.told(d, props{"role": pick(d, []string{"CONVENER", "HOST", "ORGANISER", "SPONSOR"})}))
	for _, u := range d.distinct(d.between(1, 6), g.n.universities) {
		g.tie("TAKES_PART_IN", g.id("University", u), id, g.told(d, props{"role": "PARTICIPANT"}))
	}
	if d.chance(30) {
		g.tie("TAKES_PART_IN", g.id("Enterprise", d.IntN(g.n.enterprises)), id, g.told(d, props{"role": "SPONSOR"}))
	}
	if d.chance(25) {
		g.tie("IN_INDUSTRY", id, g.id("Industry", d.IntN(len(branches))), g.told(d, props{}))
	}
}

func (g *generator) program(i int) {
	d := g.draw(ofProgram, i)
	id := g.id("Program", i)
	form := pick(d, []struct {
		kind string
		name
	}{
		{"JOINT_DEGREE", name{"Joint Degree", "联合学位项目"}}, {"CREDIT_RECOGNITION", name{"Credit Recognition", "学分互认项目"}},
		{"JOINT_EXAMINATION", name{"Joint Examination", "联合考试项目"}}, {"STUDY_TOUR", name{"Study Tour", "研学项目"}},
		{"TRAINING_CAMP", name{"Training Camp", "训练营"}}, {"OVERSEAS_WORKSHOP", name{"Overseas Workshop", "海外工作坊"}},
		{"TALENT_BASE", name{"Talent Base", "人才培养基地"}}, {"TRAINING_PROJECT", name{"Training Project", "培训项目"}},
	})
	u, f := d.IntN(g.n.universities), d.IntN(len(fields))
	full := g.universityFull(u)
	started := d.day(2014, 2025)
	p := props{"kind": form.kind, "level": d.weigh([]weighed{{"UNDERGRADUATE", 55}, {"MASTER", 25}, {"DOCTORAL", 8}, {"", 12}}), "startedOn": d.stated(started)}
	if d.chance(25) {
		p["endedOn"] = d.stated(after(started, d.between(300, 2200)))
	}
	g.thing("Program", id, name{full.en + " " + fields[f].en + " " + form.en, full.zh + fields[f].zh + form.zh}, g.told(d, p))
	g.tie("RUNS", g.id("University", u), id, g.told(d, props{"role": pick(d, []string{"HOST", "ORGANISER"})}))
	for _, other := range d.distinct(d.between(0, 4), g.n.universities) {
		if other != u {
			g.tie("TAKES_PART_IN", g.id("University", other), id, g.told(d, props{"role": "PARTNER"}))
		}
	}
	g.tie("SPECIALIZES_IN", id, g.id("Discipline", fieldDiscipline(f)), g.told(d, props{}))
	if d.chance(30) {
		g.tie("GOVERNED_BY", id, g.id("Agreement", g.n.bases+g.n.renewals+d.IntN(g.n.frames)), g.told(d, props{}))
	}
	if d.chance(20) {
		g.tie("ESTABLISHED", g.id("Alliance", d.IntN(g.n.alliances)), id, g.told(d, props{"role": "FOUNDER"}))
	}
	if d.chance(30) {
		g.tie("IN_INDUSTRY", id, g.id("Industry", d.IntN(industryCount)), g.told(d, props{}))
	}
}

func (g *generator) policy(i int) {
	d := g.draw(ofPolicy, i)
	id, b := g.id("Policy", i), d.IntN(g.n.governments())
	form := pick(d, []struct {
		kind string
		name
	}{
		{"GUIDING_OPINIONS", name{"Guiding opinions", "指导意见"}}, {"MEASURES", name{"Measures", "管理办法"}}, {"CATALOGUE", name{"Catalogue", "目录"}},
	})
	about := pick(d, []name{{"student internships", "学生实习"}, {"practice bases", "实践基地"}, {"industry-education integration", "产教融合"}, {"modern industry colleges", "现代产业学院"}})
	no := strconv.Itoa(i + 1)
	g.thing("Policy", id, name{form.en + " on " + about.en + ", No. " + no, "关于" + about.zh + "的" + form.zh + "第" + no + "号"}, g.told(d, props{"kind": form.kind, "issuedOn": d.stated(d.day(2014, 2026))}))
	g.tie("ISSUED", g.id("GovernmentBody", b), id, g.told(d, props{"role": "ISSUER"}))
	if d.chance(20) {
		g.tie("ISSUED", g.id("GovernmentBody", (b+1)%g.n.governments()), id, g.told(d, props{"role": "ISSUER"}))
	}
}
