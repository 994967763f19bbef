package oracle

import (
	"cmp"
	"maps"
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// root answers a root field; an error says that a value in it, at any depth, is wrong.
func (x *execution) root(f *asked) (any, error) {
	root := x.Map.Roots[f.Name]
	args := x.narrowed(root, f.arguments(x.variables))
	if err := x.checkRoot(root, f, args); err != nil {
		return nil, err
	}
	x.days, _ = args.days(x.Today)
	var v any
	listed := func(own order, rows func(*execution) []row) any { return x.list(root.Target.Node, own, rows, args) }
	switch root.Start {
	case "ID":
		v = x.found(root, args.text("id"))
	case "IDS":
		all := []any{}
		for _, id := range args.texts("ids") {
			all = append(all, x.found(root, id))
		}
		v = all
	case "ALL", "QUEUE", "INSURED":
		v = listed(byName, func(x *execution) []row { return x.all(root.Target.Node) })
	case "SEARCH":
		v = listed(byScore, func(x *execution) []row { return x.search(args) })
	case "PATHS":
		v = listed(byLength, func(x *execution) []row { return x.joining(args) })
	case "CHANGES":
		v = listed(byDate, func(x *execution) []row { return x.changes(args) })
	case "ENDING":
		v = listed(byEnd, func(x *execution) []row { return x.ending(root.Target.Node, args) })
	case "FACTS":
		v = listed(byKind, func(x *execution) []row { return x.facts(args) })
	case "NEIGHBORHOOD":
		v = x.around(args)
	case "STATS":
		v = x.stats()
	}
	return x.complete(root.Target, v, f), nil
}

// found is the thing with an id, or the one that survived it, on whichever day it holds.
func (x *execution) found(root *graphmap.Root, id string) any {
	t := x.Network.byID[id]
	if t == nil || !t.is(root.Target) {
		return nil
	}
	if t.of.Survivor != "" && root.Target.Survivor != "" {
		if id := text(t.properties, t.of.Survivor); id != "" {
			if t = x.Network.byID[id]; t == nil || !t.is(root.Target) {
				return nil
			}
		}
	}
	return t
}

func (x *execution) all(of *graphmap.Type) []row {
	var out []row
	for _, t := range x.Network.things {
		if t.is(of) && x.thingHolds(t) {
			out = append(out, row{node: t})
		}
	}
	return out
}

// stats counts what holds, by type.
func (x *execution) stats() any {
	things, ties := map[string]int{}, map[string]int{}
	for _, t := range x.Network.things {
		if x.thingHolds(t) {
			things[t.of.Name]++
		}
	}
	for _, t := range x.Network.ties {
		if x.tieHolds(t) && x.thingHolds(t.from) && x.thingHolds(t.to) {
			ties[t.kind]++
		}
	}
	for _, t := range x.Map.Things() {
		if x.rounds(t) {
			all := &execution{Oracle: x.open, days: x.days}
			n, _ := told(things[t.Name], len(all.all(t))).(int)
			things[t.Name] = n
		}
	}
	maps.DeleteFunc(things, func(_ string, n int) bool { return n == 0 })
	return map[string]any{"nodes": counts(things), "relationships": counts(ties)}
}

func counts(of map[string]int) []any {
	var out []count
	for kind, many := range of {
		out = append(out, count{kind, many})
	}
	slices.SortFunc(out, func(a, b count) int { return cmp.Or(b.many-a.many, compareTexts(a.kind, b.kind)) })
	return anys(out)
}
