package plan

import (
	"maps"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// narrowedAt adds to the arguments of a list of all things what its root field asks for by itself.
func (a args) narrowedAt(start string, day Input[network.Day]) (args, error) {
	switch start {
	case "QUEUE":
		return a.waiting(), nil
	case "INSURED":
		return a.insured(day)
	}
	return a, nil
}

// waiting narrows the arguments of a list of bases to those that wait for a review, the longest waiting first.
func (a args) waiting() args {
	return a.narrowedTo("submittedAt", map[string]any{"gt": time.Unix(0, 0).UTC()})
}

// insured narrows the arguments of a list of bases to those whose students are insured on the day, and whose insurance
// ends within so many days from it, soonest first.
func (a args) insured(day Input[network.Day]) (args, error) {
	last, err := a.lastOf("within", day)
	if err != nil {
		return nil, err
	}
	return a.narrowedTo("insuredUntil", map[string]any{"gt": text(day), "lte": text(last)}), nil
}

// narrowedTo adds a condition on a property to those that the arguments name, and an order by it if they name none.
func (a args) narrowedTo(property string, condition map[string]any) args {
	out := maps.Clone(a)
	where := []any{map[string]any{property: condition}}
	if given, ok := a["where"].(map[string]any); ok {
		where = append(where, given)
	}
	out["where"] = map[string]any{"and": where}
	if !a.has("orderBy") {
		out["orderBy"] = []any{map[string]any{property: "ASC"}}
	}
	return out
}

// text is a day as arguments have it.
func text(day Input[network.Day]) Input[any] {
	out, _ := then(day, func(d network.Day) (any, error) { return d.String(), nil })
	return out
}
