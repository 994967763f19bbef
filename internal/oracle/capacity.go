package oracle

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// capacity answers how many places of a base are free: it looks at every day on which anything in the network begins or
// ends, and at the first one.
func (q *questioning) capacity(base *thing) any {
	turns := []network.Day{q.first}
	add := func(days ...network.Day) {
		for _, d := range days {
			if !d.Before(q.first.Time) && !q.last.Before(d.Time) {
				turns = append(turns, d)
			}
		}
	}
	for _, t := range q.Network.things {
		from, _ := t.from()
		until, _ := t.until()
		add(from, until)
	}
	for _, t := range q.Network.ties {
		from, _ := t.since()
		until, _ := t.until()
		add(from, until)
	}
	slices.SortFunc(turns, func(a, b network.Day) int { return a.Compare(b.Time) })
	out := q.tightest(base, nil, turns)
	lines := []any{}
	for _, d := range q.things("offers", base) {
		line := q.tightest(base, d, turns)
		line["discipline"] = d
		lines = append(lines, line)
	}
	out["disciplines"] = lines
	return out
}

// offered adds up what a base offers, in a discipline or in all of them; false when nobody states anything.
func (q *questioning) offered(base, discipline *thing) (int64, bool) {
	var stated []any
	for _, p := range q.paths("offers", base) {
		if discipline == nil || p.end() == discipline {
			stated = append(stated, p.ties[0].properties["places"])
		}
	}
	sum, unknown := places(stated)
	return sum, unknown < len(stated)
}

// taking lists the placements at a base, of students who study a discipline or of all.
func (q *questioning) taking(base, discipline *thing) []*thing {
	return filter(q.things("placements", base), func(p *thing) bool {
		return takesPlace(p) && (discipline == nil || slices.Contains(q.things("studied", q.things("student", p)...), discipline))
	})
}

// tightest gives the figures of the first day on which the fewest places are free.
func (q *questioning) tightest(base, discipline *thing, turns []network.Day) map[string]any {
	all := q.taking(base, discipline)
	_, isKnown := q.offered(base, discipline)
	own := base.properties["places"]
	if discipline == nil && own != nil {
		isKnown = true
	}
	out := map[string]any{"placements": anys(all), "placementCount": len(all)}
	around := q.days
	defer func() { q.days = around }()
	least := int64(0)
	for i, d := range turns {
		q.days = on(d)
		there, _ := q.offered(base, discipline)
		if discipline == nil && own != nil {
			there = whole(own)
		}
		taken := int64(len(q.taking(base, discipline)))
		if i > 0 && there-taken >= least {
			continue
		}
		least = there - taken
		out["on"], out["taken"], out["places"], out["free"] = d.String(), taken, nil, nil
		if isKnown {
			out["places"], out["free"] = there, least
		}
	}
	return out
}
