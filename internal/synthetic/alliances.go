package synthetic

// member is a member of an alliance.
type member struct {
	kind   kind
	number int
}

// join decides who belongs to which alliance: from 5 to 40 members each, universities most of them.
func (g *generator) join() {
	g.members, g.alliancesOf = make([][]member, g.n.alliances), make([][]int, g.n.universities)
	for a := range g.members {
		d := g.draw(ofMembers, a)
		count := 5 + d.early(36)
		universities := min(max(3, count*d.between(50, 90)/100), g.n.universities)
		for _, u := range d.distinct(universities, g.n.universities) {
			g.members[a] = append(g.members[a], member{"University", u})
			g.alliancesOf[u] = append(g.alliancesOf[u], a)
		}
		for _, e := range d.distinct(count-len(g.members[a]), g.n.enterprises) {
			switch d.IntN(4) {
			case 0:
				g.members[a] = append(g.members[a], member{"ResearchCenter", e % g.n.centers})
			case 1:
				g.members[a] = append(g.members[a], member{"School", e % g.n.schools})
			default:
				g.members[a] = append(g.members[a], member{"Enterprise", e})
			}
		}
		g.members[a] = unique(g.members[a])
	}
}

// unique keeps the first of what stands twice.
func unique[T comparable](list []T) []T {
	seen := map[T]bool{}
	var out []T
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

func (g *generator) allianceName(a int) name {
	d := g.draw(ofAlliance, g.n.alliances+a)
	form := pick(d, []name{
		{"Education Alliance", "教育联盟"}, {"Industry-Education Alliance", "产教联盟"}, {"University Alliance", "高校联盟"}, {"Talent Alliance", "人才联盟"},
	})
	where := g.provinceName(a % g.n.provinces)
	if a >= g.n.provinces && a%3 > 0 {
		where = g.cityName(d.IntN(g.n.cities))
	}
	f := fields[(a*5+d.IntN(5))%len(fields)]
	return name{where.en + " " + f.en + " " + form.en, where.zh + f.zh + form.zh}
}

func (g *generator) alliance(a int) {
	d := g.draw(ofAlliance, a)
	id, full := g.id("Alliance", a), g.allianceName(a)
	founded := d.day(2004, 2022)
	p := props{"founded": d.stated(founded), "status": "ACTIVE"}
	if d.chance(8) {
		p["dissolved"], p["status"] = d.stated(d.day(2023, 2026)), "DISSOLVED"
		if d.chance(30) { // it will end, and still works
			p["dissolved"], p["status"] = d.stated(d.day(2027, 2028)), "ACTIVE"
		}
	}
	if d.chance(50) {
		p["summary"] = "A made-up alliance of universities and companies that train students together."
	}
	g.thing("Alliance", id, full, g.told(d, p))
	if a > 0 && a%3 == 0 {
		g.tie("PART_OF", id, g.id("Alliance", a/4), g.told(d, props{}))
	}
	g.tie("LOCATED_IN", id, g.provinceID(a%g.n.provinces), g.told(d, props{}))
	for i, m := range g.members[a] {
		who := g.id(m.kind, m.number)
		g.tie("MEMBER_OF", who, id, g.told(d, g.membership(d, i)))
		if i == 0 || d.chance(8) {
			g.tie("ESTABLISHED", who, id, g.told(d, props{"role": "FOUNDER"}))
		}
		if d.chance(3) { // it was a member before, left and came back
			first := d.day(2005, 2012)
			g.tie("MEMBER_OF", who, id, g.told(d, props{"key": "earlier", "since": d.stated(first), "until": d.stated(after(first, d.between(200, 2000)))}))
		}
	}
	if d.chance(30) {
		g.tie("IN_INDUSTRY", id, g.id("Industry", d.IntN(len(branches))), g.told(d, props{}))
	}
}

// membership says of half of the members since when; some have left, some are yet to join.
func (g *generator) membership(d draw, i int) props {
	p := props{"role": d.weigh([]weighed{{"MEMBER", 80}, {"PARTNER", 10}, {"GUIDE", 4}, {"", 6}})}
	if i == 0 {
		p["role"] = "FOUNDER"
	}
	switch n := d.IntN(100); {
	case n < 40:
	case n < 85:
		p["since"] = d.stated(d.day(2013, 2026))
	case n < 95:
		since := d.day(2013, 2020)
		p["since"], p["until"] = d.stated(since), d.stated(after(since, d.between(300, 3000)))
	default:
		p["since"] = d.stated(after(Today, d.between(20, 400)))
	}
	return p
}
