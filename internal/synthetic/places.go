package synthetic

import (
	"strconv"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Places are numbered: the country, regions, provinces, cities, the districts of each city, venues.
func (g *generator) regionID(r int) string   { return g.id("Place", 1+r) }
func (g *generator) provinceID(p int) string { return g.id("Place", 1+len(regions)+p) }
func (g *generator) cityID(c int) string     { return g.id("Place", 1+len(regions)+g.n.provinces+c) }
func (g *generator) districtID(c, k int) string {
	return g.id("Place", 1+len(regions)+g.n.provinces+g.n.cities+c*districtsPerCity+k)
}
func (g *generator) venueID(c int) string {
	return g.id("Place", 1+len(regions)+g.n.provinces+g.n.cities*(1+districtsPerCity)+c)
}

func (g *generator) provinceOf(c int) int { return c % g.n.provinces }

func (g *generator) provinceName(p int) name {
	// A step that shares no factor with the number of names, so that all come before one comes again.
	p = (p*7 + int(g.seed%24)) % (len(firstOfProvince) * len(lastOfProvince))
	a, b := firstOfProvince[p/len(lastOfProvince)], lastOfProvince[p%len(lastOfProvince)]
	return name{a.en + b.en, a.zh + b.zh}
}

func (g *generator) cityName(c int) name {
	c = (c*145 + int(g.seed%384)) % (len(firstOfPlace) * len(lastOfCity))
	a, b := firstOfPlace[c/len(lastOfCity)], lastOfCity[c%len(lastOfCity)]
	return name{a.en + b.en, a.zh + b.zh}
}

// positionIn is a point in or around a city.
func (g *generator) positionIn(d draw, c int, around float64) network.Point {
	city := g.draw(ofPosition, c)
	p := g.provinceOf(c)
	north := 23 + 4*float64(p/6) + 3*city.Float64() + around*(d.Float64()-0.5)
	east := 102 + 3*float64(p%6) + 2.5*city.Float64() + around*(d.Float64()-0.5)
	return network.Point{Latitude: rounded(north), Longitude: rounded(east)}
}

// rounded keeps four decimals: about ten metres.
func rounded(degrees float64) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(degrees, 'f', 4, 64), 64)
	return out
}

func (g *generator) place(i int) {
	d := g.draw(ofPlace, i)
	id := g.id("Place", i)
	put := func(n name, kind, within string, p props) {
		p["kind"] = kind
		g.thing("Place", id, n, g.told(d, p))
		if within != "" {
			g.tie("PART_OF", id, within, g.told(d, props{}))
		}
	}
	if i == 0 {
		put(name{"China (made up)", "中国（虚构）"}, "COUNTRY", "", props{})
		return
	}
	if i--; i < len(regions) {
		put(regions[i], "REGION", g.id("Place", 0), props{})
		return
	}
	if i -= len(regions); i < g.n.provinces {
		n := g.provinceName(i)
		put(name{n.en + " Province", n.zh + "省"}, "PROVINCE", g.id("Place", 0), g.called(d, props{}, n.en))
		g.tie("PART_OF", id, g.regionID(i%len(regions)), g.told(d, props{}))
		return
	}
	if i -= g.n.provinces; i < g.n.cities {
		n := g.cityName(i)
		put(name{n.en, n.zh + "市"}, "CITY", g.provinceID(g.provinceOf(i)), props{"position": g.positionIn(d, i, 0)})
		return
	}
	if i -= g.n.cities; i < g.n.cities*districtsPerCity {
		c, n := i/districtsPerCity, districts[(i+i/districtsPerCity)%len(districts)]
		put(name{n.en + " District", n.zh + "区"}, "DISTRICT", g.cityID(c), props{"position": g.positionIn(d, c, 0.2)})
		return
	}
	c := i - g.n.cities*districtsPerCity
	n, v := g.cityName(c), pick(d, venues)
	put(name{n.en + " " + v.en, n.zh + v.zh}, "VENUE", g.districtID(c, 0), props{"position": g.positionIn(d, c, 0.1)})
}

func (g *generator) discipline(i int) {
	d := g.draw(ofDiscipline, i)
	id := g.id("Discipline", i)
	code := func(f int) string { return "S" + twoDigits(fields[f].category+1) + twoDigits(f+1) }
	switch {
	case i < fieldDiscipline(0):
		g.thing("Discipline", id, categories[i], g.told(d, props{"code": "S" + twoDigits(i+1)}))
	case i < majorDiscipline(0, 0):
		f := i - fieldDiscipline(0)
		g.thing("Discipline", id, fields[f].name, g.told(d, props{"code": code(f)}))
		g.tie("PART_OF", id, g.id("Discipline", fields[f].category), g.told(d, props{}))
	default:
		f, major := (i-majorDiscipline(0, 0))/4, (i-majorDiscipline(0, 0))%4
		g.thing("Discipline", id, fields[f].majors[major], g.told(d, props{"code": code(f) + twoDigits(major+1)}))
		g.tie("PART_OF", id, g.id("Discipline", fieldDiscipline(f)), g.told(d, props{}))
	}
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
