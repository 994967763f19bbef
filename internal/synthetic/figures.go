package synthetic

import (
	"fmt"
	"strconv"
)

func (g *generator) metric(i int) {
	d := g.draw(ofMetric, i)
	id, year := g.id("Metric", i), d.between(2018, 2026)
	type figure struct {
		name
		unit string
		most int
	}
	var about string
	var f figure
	switch d.IntN(5) {
	case 0:
		about, f = g.id("University", d.IntN(g.n.universities)), figure{name{"Students", "在校学生"}, "students", 40000}
	case 1:
		about, f = g.id("Alliance", d.IntN(g.n.alliances)), figure{name{"Practice bases", "实践基地"}, "bases", 400}
	case 2:
		about, f = g.id("PracticeBase", d.IntN(g.n.bases)), figure{name{"Students received", "接收实习学生"}, "students", 300}
	case 3:
		about, f = g.id("Enterprise", d.IntN(g.n.enterprises)), figure{name{"Internship posts", "实习岗位"}, "posts", 500}
	default:
		about, f = g.cityID(d.IntN(g.n.cities)), figure{name{"Share of graduates who stay", "毕业生留存率"}, "%", 100}
	}
	p := props{
		"value": float64(1 + d.early(f.most)), "unit": f.unit, "date": strconv.Itoa(year),
		"qualifier": d.weigh([]weighed{{"EXACT", 50}, {"ABOUT", 30}, {"AT_LEAST", 20}}),
	}
	g.thing("Metric", id, name{f.en + ", " + strconv.Itoa(year), strconv.Itoa(year) + "年" + f.zh}, g.told(d, p))
	g.tie("MEASURES", id, about, g.told(d, props{}))
}

// whole is the figure that says how much was made, itself included.
func (g *generator) whole(int) {
	p := props{"value": float64(g.made + 1), "unit": "things", "qualifier": "EXACT", "summary": fmt.Sprintf("Made up as size %s from seed %d.", g.size, g.seed)}
	g.thing("Metric", Whole, name{"Things of the made-up network", "虚构网络的节点数"}, p)
	g.tie("MEASURES", Whole, g.id("Place", 0), props{})
}
