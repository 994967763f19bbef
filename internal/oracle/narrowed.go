package oracle

import (
	"maps"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// narrowed adds to the arguments of a list of bases what its root field asks for by itself: what waits for a review, or
// whose insurance ends.
func (x *execution) narrowed(root *graphmap.Root, args arguments) arguments {
	var property string
	var condition map[string]any
	switch root.Start {
	case "QUEUE":
		property, condition = "submittedAt", map[string]any{"gt": "1970-01-01T00:00:00Z"}
	case "INSURED":
		d, err := args.days(x.Today)
		if err != nil {
			return args
		}
		last := d.first.AddDate(0, 0, int(args.whole("within", 0)))
		if !last.Before(network.Forever.Time) {
			last = network.Forever.AddDate(0, 0, -1)
		}
		property, condition = "insuredUntil", map[string]any{"gt": d.first.String(), "lte": network.Day{Time: last}.String()}
	default:
		return args
	}
	out := maps.Clone(args)
	all := []any{map[string]any{property: condition}}
	if given := where(args); given != nil {
		all = append(all, given)
	}
	out["where"] = map[string]any{"and": all}
	if args["orderBy"] == nil {
		out["orderBy"] = []any{map[string]any{property: "ASC"}}
	}
	return out
}
