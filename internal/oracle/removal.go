package oracle

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// removal answers what would be lost if an organisation left.
func (q *questioning) removal(of *thing) any {
	lost := filter(q.things("hosted", of), func(b *thing) bool {
		return !slices.ContainsFunc(q.things("hosts", b), func(h *thing) bool { return h != of })
	})
	var stated []any
	for _, b := range lost {
		stated = append(stated, b.properties["places"])
	}
	sum, without := places(stated)
	placements := q.placementsAt(lost)
	nothing, losses := []any{}, []any{}
	for _, m := range q.things("served", lost...) {
		if m == of {
			continue
		}
		bases := q.things("bases", m)
		left := filter(bases, func(b *thing) bool { return !slices.Contains(lost, b) })
		if len(left) == 0 {
			nothing = append(nothing, m)
		}
		still := q.things("offers", left...)
		for _, d := range q.things("offers", bases...) {
			if !slices.Contains(still, d) {
				gone := filter(bases, func(b *thing) bool { return slices.Contains(q.things("offers", b), d) })
				losses = append(losses, map[string]any{"member": m, "discipline": d, "bases": anys(gone)})
			}
		}
	}
	agreements := []any{}
	for _, a := range q.things("agreements", of) {
		governed := q.things("governed", a)
		agreements = append(agreements, map[string]any{"agreement": a, "governs": anys(governed), "governsCount": len(governed)})
	}
	return map[string]any{
		"bases": anys(lost), "baseCount": len(lost), "places": sum, "basesWithoutPlaces": without,
		"placements": anys(placements), "placementCount": len(placements),
		"leftWithoutBase": nothing, "leftWithoutDiscipline": losses, "agreements": agreements,
	}
}

// placementsAt are those at bases that are planned or active, and that hold on the day or later.
func (q *questioning) placementsAt(bases []*thing) []*thing {
	around := q.days
	defer func() { q.days = around }()
	q.days = days{q.first, network.Forever}
	return filter(q.things("placements", bases...), func(p *thing) bool {
		return slices.Contains([]string{"PLANNED", "ACTIVE"}, text(p.properties, "status"))
	})
}
