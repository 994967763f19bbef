package oracle

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// change is that something began or ended, by a stated date.
type change struct {
	kind, on string
	thing    *thing
	tie      *tie
}

func (c *change) field(name string) any {
	switch {
	case name == "kind":
		return c.kind
	case name == "on":
		return c.on
	case name == "node" && c.thing != nil:
		return c.thing
	case name == "relationship" && c.tie != nil:
		return c.tie
	}
	return nil
}

// changes lists what began and what ended from a day until before another.
func (x *execution) changes(args arguments) []row {
	from, _ := args.day("from", network.Always)
	until, _ := args.day("until", network.Forever)
	var out []row
	add := func(day network.Day, stated bool, id string, c change) {
		if stated && between(from, day, until) {
			out = append(out, row{node: &c, own: []any{day.String(), c.kind, id}})
		}
	}
	types, kinds := args.texts("types"), args.texts("relationships")
	for _, t := range x.Network.things {
		if args["types"] == nil && args["relationships"] != nil || len(types) > 0 && !slices.Contains(types, t.of.Name) {
			continue
		}
		day, stated := t.from()
		add(day, stated, t.id, change{"BEGAN", text(t.properties, t.of.Begins), t, nil})
		day, stated = t.until()
		add(day, stated, t.id, change{"ENDED", text(t.properties, t.of.Ends), t, nil})
	}
	for _, t := range x.Network.ties {
		if args["relationships"] == nil && args["types"] != nil || len(kinds) > 0 && !slices.Contains(kinds, t.kind) {
			continue
		}
		day, stated := t.since()
		add(day, stated, t.id, change{"BEGAN", text(t.properties, "since"), nil, t})
		day, stated = t.until()
		add(day, stated, t.id, change{"ENDED", text(t.properties, "until"), nil, t})
	}
	return out
}
