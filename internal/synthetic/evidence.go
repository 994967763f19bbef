package synthetic

import (
	"strconv"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// The moments at which evidence was recorded.
var moments = []time.Time{
	time.Date(2026, time.September, 1, 8, 0, 0, 0, time.UTC),
	time.Date(2026, time.October, 12, 9, 30, 0, 0, time.UTC),
	time.Date(2026, time.November, 20, 16, 45, 0, 0, time.UTC),
}

const recorder = "partnergraph generate"

// told adds who says so: mostly one source, often two, sometimes nobody.
func (g *generator) told(d draw, p props) props { return g.toldBy(d, p, 20, 55) }

// registered adds who says so of what only the parties know: mostly nobody.
func (g *generator) registered(d draw, p props) props { return g.toldBy(d, p, 65, 30) }

// toldBy adds evidence: in so many of a hundred cases there is none, in so many a single source, else two.
func (g *generator) toldBy(d draw, p props, none, single int) props {
	count := 2
	switch n := d.IntN(100); {
	case n < none:
		return p
	case n < none+single:
		count = 1
	}
	var sources, locators, by []string
	var at []time.Time
	for _, i := range d.distinct(count, g.n.sources) {
		sources = append(sources, g.id("Source", i))
		locators = append(locators, "¶"+strconv.Itoa(d.between(1, 24)))
		at, by = append(at, pick(d, moments)), append(by, recorder)
	}
	p["sources"], p["locators"], p["recordedAt"], p["recordedBy"] = sources, locators, at, by
	return p
}

// called adds another form of the name that a source has.
func (g *generator) called(d draw, p props, aliases ...string) props {
	var sources, locators []string
	for range aliases {
		sources, locators = append(sources, g.id("Source", d.IntN(g.n.sources))), append(locators, "¶"+strconv.Itoa(d.between(1, 24)))
	}
	p["aliases"], p["aliasSources"], p["aliasLocators"] = aliases, sources, locators
	return p
}

func (g *generator) source(i int) {
	d := g.draw(ofSource, i)
	city := g.cityName(d.IntN(g.n.cities))
	paper := pick(d, []name{{"Education News", "教育报"}, {"Daily", "日报"}, {"Education Yearbook", "教育年鉴"}, {"Evening News", "晚报"}})
	year := d.between(2014, 2026)
	p := props{"publisher": city.en + " " + paper.en, "url": "https://example.org/synthetic/" + strconv.Itoa(i)}
	if d.chance(90) {
		day := d.day(year, year)
		if day.After(Today.Time) {
			day = network.NewDay(2026, time.November, 20)
		}
		p["publishedOn"] = d.stated(day)
	}
	no := strconv.Itoa(i + 1)
	g.thing("Source", g.id("Source", i), name{city.en + " " + paper.en + ", report " + no, city.zh + paper.zh + "第" + no + "号报道"}, p)
}
