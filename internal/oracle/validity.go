package oracle

import (
	"errors"
	"fmt"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// A fact holds from its first day until before its last; an end that nobody stated is open. The first day is the
// earliest that its stated date may mean, the last the latest.

func begins(p map[string]any, property string) (network.Day, bool) {
	s := text(p, property)
	if s == "" {
		return network.Always, false
	}
	return network.PartialDate(s).Earliest(), true
}

func ends(p map[string]any, property string) (network.Day, bool) {
	s := text(p, property)
	if s == "" {
		return network.Forever, false
	}
	return network.PartialDate(s).Latest(), true
}

func (t *thing) from() (network.Day, bool)  { return begins(t.properties, t.of.Begins) }
func (t *thing) until() (network.Day, bool) { return ends(t.properties, t.of.Ends) }

// since is the first day of a tie; when nobody stated it, that of its later end.
func (t *tie) since() (network.Day, bool) {
	if day, stated := begins(t.properties, "since"); stated {
		return day, true
	}
	a, _ := t.from.from()
	b, _ := t.to.from()
	if a.After(b.Time) {
		return a, false
	}
	return b, false
}

func (t *tie) until() (network.Day, bool) { return ends(t.properties, "until") }

func between(from, day, until network.Day) bool {
	return !day.Before(from.Time) && day.Before(until.Time)
}

// days reads the days that a root field looks at.
func (a arguments) days(today network.Day) (days, error) {
	during, ok := a["during"].(map[string]any)
	if !ok {
		day, err := a.day("asOf", today)
		return on(day), err
	}
	if a["asOf"] != nil {
		return days{}, errors.New("both asOf and during")
	}
	from, err := arguments(during).day("from", today)
	to, err2 := arguments(during).day("to", today)
	if err == nil && err2 == nil && !from.Before(to.Time) {
		err = fmt.Errorf("no days from %s to %s", from, to)
	}
	return days{from, network.Day{Time: to.AddDate(0, 0, -1)}}, errors.Join(err, err2)
}

func (x *execution) thingHolds(t *thing) bool {
	from, _ := t.from()
	until, _ := t.until()
	return x.hold(from, until)
}

func (x *execution) tieHolds(t *tie) bool {
	from, _ := t.since()
	until, _ := t.until()
	return x.hold(from, until)
}

// hold tells whether what begins and ends on two days holds on one of the days.
func (d days) hold(from, until network.Day) bool {
	return !d.last.Before(from.Time) && d.first.Before(until.Time)
}

// isAssumed tells whether nobody stated the start of a tie and the last day that is looked at is before its first source
// was published.
func (x *execution) isAssumed(t *tie) bool {
	if _, stated := t.since(); stated {
		return false
	}
	recorded, _ := t.properties["recordedAt"].([]time.Time)
	for i, id := range texts(t.properties, "sources") {
		day, stated := begins(x.Network.byID[id].properties, "publishedOn")
		if !stated { // it was published by the day somebody recorded the fact from it
			day = network.NewDay(recorded[i].Date())
		}
		if !x.last.Before(day.Time) {
			return false
		}
	}
	return true
}

func certainty(assumed bool) string {
	if assumed {
		return "ASSUMED"
	}
	return "STATED"
}
