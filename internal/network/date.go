package network

import (
	"fmt"
	"regexp"
	"time"
)

// Day is a calendar day, without a zone.
type Day struct{ time.Time }

// NewDay is the day of a year, month and day of the month.
func NewDay(year int, month time.Month, day int) Day {
	return Day{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// ParseDay reads `2023-06-26`.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Day{}, fmt.Errorf("%q is not a day: write it as 2023-06-26", s)
	}
	return Day{t}, nil
}

// Today is the day it is now, in UTC.
func Today() Day {
	y, m, d := time.Now().UTC().Date()
	return NewDay(y, m, d)
}

func (d Day) String() string { return d.Format(time.DateOnly) }

// The days that stand for an open start and an open end, so that validity is always one comparison of two days. No day
// that can be asked for lies outside them.
var (
	Always  = NewDay(1, time.January, 1)
	Forever = NewDay(10000, time.January, 1)
)

// PartialDate is a day of reduced precision as it was stated: `2019`, `2023-06` or `2023-06-26`.
type PartialDate string

var partialDate = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

// ParsePartialDate reads ISO 8601 of reduced precision.
func ParsePartialDate(s string) (PartialDate, error) {
	p := PartialDate(s)
	if partialDate.MatchString(s) {
		if t, err := p.bound(); err == nil && t.Year() >= 1 {
			return p, nil
		}
	}
	return "", fmt.Errorf("%q is not a date: write 2019, 2023-06 or 2023-06-26, whatever is known", s)
}

func (p PartialDate) bound() (time.Time, error) {
	switch len(p) {
	case 4:
		return time.Parse("2006", string(p))
	case 7:
		return time.Parse("2006-01", string(p))
	default:
		return time.Parse(time.DateOnly, string(p))
	}
}

// Earliest is the first day it may mean: what `since` is compared by.
func (p PartialDate) Earliest() Day {
	t, _ := p.bound()
	return Day{t}
}

// Latest is the last day it may mean: what `until` is compared by.
func (p PartialDate) Latest() Day {
	t, _ := p.bound()
	switch len(p) {
	case 4:
		t = t.AddDate(1, 0, -1)
	case 7:
		t = t.AddDate(0, 1, -1)
	}
	return Day{t}
}

// EarliestOf names the property that holds, beside a date as it was stated in another, the first day that it may mean.
func EarliestOf(property string) string { return property + "Earliest" }

// LatestOf names the property that holds the last one.
func LatestOf(property string) string { return property + "Latest" }

// MarshalText writes the day as ISO 8601.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// MarshalJSON writes the day as ISO 8601.
func (d Day) MarshalJSON() ([]byte, error) { return []byte(`"` + d.String() + `"`), nil }
