package synthetic

import (
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Today is the day on which the made-up network is looked at: agreements, placements and statuses are made around it.
var Today = network.NewDay(2026, time.November, 21)

// after is the day so many days later.
func after(d network.Day, days int) network.Day { return network.Day{Time: d.AddDate(0, 0, days)} }

// day draws a day of one of the years, both included.
func (d draw) day(first, last int) network.Day {
	return network.NewDay(d.between(first, last), time.Month(d.between(1, 12)), d.between(1, 28))
}

// stated writes a day as somebody states it: now and then only its month or its year.
func (d draw) stated(day network.Day) string {
	text := day.String()
	switch n := d.IntN(100); {
	case n < 8:
		return text[:4]
	case n < 25:
		return text[:7]
	}
	return text
}
