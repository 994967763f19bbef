package oracle

import (
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/names"
)

// joining are the paths between two things that hold on the day with all that is on them, the ends included. A path
// goes along a relationship or against it and passes no thing twice.
func (x *execution) joining(args arguments) []row {
	from, to := x.Network.byID[args.text("from")], x.Network.byID[args.text("to")]
	if from == nil || to == nil || !x.thingHolds(from) {
		return nil
	}
	most, over := int(args.whole("maxLength", 5)), args.texts("over")
	var found []*path
	var walk func(p *path)
	walk = func(p *path) {
		if p.end() == to {
			found = append(found, p)
			return
		}
		if len(p.ties) == most {
			return
		}
		for _, t := range x.touching(p.end(), over) {
			if far := t.far(p.end()); !slices.Contains(p.things, far) {
				walk(p.with(t, far))
			}
		}
	}
	walk(&path{things: []*thing{from}})
	least := most
	for _, p := range found {
		least = min(least, len(p.ties))
	}
	var out []row
	for _, p := range found {
		if args.text("mode") == "ALL" || len(p.ties) == least {
			out = append(out, row{node: p, own: []any{len(p.ties), route(p)}})
		}
	}
	return out
}

// route names a path by its relationships.
func route(p *path) string {
	var b strings.Builder
	for _, t := range p.ties {
		b.WriteString(t.id + " ")
	}
	return b.String()
}

// touching lists the relationships of a thing, of some types or of any, that hold on the day and lead to a thing that
// does, in either direction.
func (x *execution) touching(n *thing, over []string) []*tie {
	var out []*tie
	for _, t := range n.ties {
		if (len(over) == 0 || slices.Contains(over, t.kind)) && x.tieHolds(t) && x.thingHolds(t.far(n)) {
			out = append(out, t)
		}
	}
	return out
}

// around is a thing, on whichever day it holds, the things within some steps of it, and the relationships among them.
func (x *execution) around(args arguments) any {
	center := x.Network.byID[args.text("of")]
	if center == nil {
		return nil
	}
	over := args.texts("over")
	distance := map[*thing]int{center: 0}
	last := []*thing{center}
	for step := 1; step <= int(args.whole("depth", 1)); step++ {
		var next []*thing
		for _, n := range last {
			for _, t := range x.touching(n, over) {
				if _, met := distance[t.far(n)]; !met {
					distance[t.far(n)] = step
					next = append(next, t.far(n))
				}
			}
		}
		last = next
	}
	var rows []row
	nearest := order{{by: "distance"}, nameKey, idKey}
	for n, steps := range distance {
		if n != center {
			rows = append(rows, row{node: n, key: []any{steps, names.Key(n.name()), n.id}})
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return nearest.compare(a.key, b.key) })
	total := len(rows)
	rows = rows[:min(total, int(args.whole("first", 50)))]
	shown := []*thing{center}
	around := []any{}
	for _, r := range rows {
		shown, around = append(shown, r.node.(*thing)), append(around, r.node)
	}
	var ties []*tie
	for _, t := range x.Network.ties {
		if (len(over) == 0 || slices.Contains(over, t.kind)) && x.tieHolds(t) && slices.Contains(shown, t.from) && slices.Contains(shown, t.to) {
			ties = append(ties, t)
		}
	}
	slices.SortFunc(ties, byTieID)
	return map[string]any{
		"center": center, "nodes": around, "relationships": anys(ties), "totalCount": total, "truncated": total > len(rows),
	}
}
