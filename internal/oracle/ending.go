package oracle

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// ending lists what holds on the day and ends within so many days.
func (x *execution) ending(of *graphmap.Type, args arguments) []row {
	var out []row
	latest := x.first.AddDate(0, 0, int(args.whole("within", 0)))
	for _, t := range x.Network.things {
		until, stated := t.until()
		if t.is(of) && x.thingHolds(t) && stated && !until.After(latest) {
			out = append(out, row{node: t, own: []any{until.String()}})
		}
	}
	return out
}

// falling answers what falls when an agreement ends.
func (q *questioning) falling(agreement *thing) any {
	end, _ := agreement.until()
	bases := q.restingOnly("bases", "baseAgreements", agreement, end)
	programs := q.restingOnly("programs", "programAgreements", agreement, end)
	q.days = on(end)
	placements := q.placementsAt(bases)
	return map[string]any{
		"bases": anys(bases), "baseCount": len(bases), "programs": anys(programs), "programCount": len(programs),
		"placements": anys(placements), "placementCount": len(placements),
	}
}

func (q *questioning) restingOnly(route, others string, agreement *thing, end network.Day) []*thing {
	around := q.days
	defer func() { q.days = around }()
	all := q.things(route, agreement)
	q.days = on(end)
	return filter(all, func(t *thing) bool {
		return !slices.ContainsFunc(q.things(others, t), func(a *thing) bool { return a != agreement })
	})
}
