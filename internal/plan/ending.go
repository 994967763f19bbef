package plan

import (
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Ending are the things that hold on the day and end after it, until a last day.
type Ending struct {
	Label string
	Last  Input[network.Day]
}

func (*Ending) source() {}

// longestSpan is how many days ahead an end may be looked for: ten years.
const longestSpan = 3660

func ending(of *graphmap.Type, args args, day Input[network.Day]) (*Ending, error) {
	last, err := args.lastOf("within", day)
	return &Ending{Label: of.Label, Last: last}, err
}

// lastOf reads how many days from a day somebody looks ahead, and gives the last of them.
func (a args) lastOf(name string, day Input[network.Day]) (Input[network.Day], error) {
	within, err := a.between(name, 0, 1, longestSpan)
	if err != nil {
		return day, err
	}
	return both(day, within, func(day network.Day, days int) (network.Day, error) {
		last := network.Day{Time: day.AddDate(0, 0, days)}
		if !last.Before(network.Forever.Time) { // what has no end ends on that day
			last = network.Day{Time: network.Forever.AddDate(0, 0, -1)}
		}
		return last, nil
	})
}
