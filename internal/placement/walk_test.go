package placement

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/network"
)

// The days of the walk are numbers; it takes place on day 50.
const walkDay = 50

var first = dayOf("2026-01-01")

func nth(n int) string { return network.Day{Time: first.AddDate(0, 0, n)}.String() }

// simple is a placement as a person would keep it on paper.
type simple struct {
	status      Status
	from, until int
	version     int64
	law         bool // of a student of law; else of chemistry
}

// walk is a base with 2 places in chemistry and 1 in law, all placements there, and a model of them.
type walk struct {
	facts map[int]Facts
	model map[int]simple
}

// taken are the model's placements on a day, but one, and those of one discipline.
func (w *walk) taken(day, but int) (all, law int) {
	for i, p := range w.model {
		if i != but && p.status != Cancelled && p.from <= day && day < p.until {
			all++
			if p.law {
				law++
			}
		}
	}
	return all, law
}

// fits is the model's rule of capacity, a day at a time.
func (w *walk) fits(i int, law bool, from, until int) bool {
	for day := from; day < until; day++ {
		all, ofLaw := w.taken(day, i)
		if all >= 3 || law && ofLaw >= 1 || !law && all-ofLaw >= 2 {
			return false
		}
	}
	return true
}

func (w *walk) around(i int, law bool) Around {
	always := Span{network.Always, network.Forever}
	studies := func(law bool) []Studied {
		if law {
			return []Studied{{"dis_law", always}}
		}
		return []Studied{{"dis_chemistry", always}}
	}
	out := Around{ID: fmt.Sprint(i), Student: Student{Studies: studies(law), Kinds: []string{"UNIVERSITY"}}, Base: Base{Span: always, Serves: []Span{always}, Offers: []Offer{
		{"dis_chemistry", number(2), always}, {"dis_law", number(1), always},
	}}}
	for j, f := range w.facts {
		if f.Status != Cancelled {
			out.Base.Taken = append(out.Base.Taken, Taken{ID: fmt.Sprint(j), Studies: studies(w.model[j].law), Span: f.Content.Span()})
		}
	}
	return out
}

// expect is what an action does by the model; false where it must be refused.
func (w *walk) expect(p simple, i int, a Action, role Role, version int64, from, until, on int) (simple, bool) {
	school := role&(School|Admin) != 0
	now := p
	now.version++
	if a != Place && version != p.version || role == 0 {
		return p, false
	}
	switch {
	case a == Place && p.status == Absent && school:
		now.status, now.from, now.until = Planned, from, until
		return now, from < until && w.fits(i, p.law, from, until)
	case a == Update && p.status == Planned && school:
		now.from, now.until = from, until
		return now, from < until && w.fitsMore(i, p, from, until)
	case a == Update && p.status == Active && school:
		return now, from == p.from && until == p.until
	case a == Start && p.status == Planned:
		now.status, now.from = Active, on
		return now, on <= walkDay && on < p.until && w.fitsMore(i, p, on, p.until)
	case a == Extend && (p.status == Planned || p.status == Active) && school:
		now.until = until
		return now, until > p.until && w.fitsMore(i, p, p.from, until)
	case a == Complete && p.status == Active:
		now.status, now.until = Completed, on
		return now, on <= walkDay && p.from < on && on <= p.until
	case a == Cancel && (p.status == Planned || p.status == Active):
		now.status = Cancelled
		return now, true
	}
	return p, false
}

// fitsMore looks at the days that a placement doesn't have yet.
func (w *walk) fitsMore(i int, p simple, from, until int) bool {
	for day := from; day < until; day++ {
		if (day < p.from || day >= p.until) && !w.fits(i, p.law, day, day+1) {
			return false
		}
	}
	return true
}

// TestWalk takes random actions by random people on several placements at one base, and holds what comes of each against
// the model. No day ever has more than its places.
func TestWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &walk{map[int]Facts{}, map[int]simple{}}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			i := rapid.IntRange(0, 7).Draw(t, "placement")
			p, f := w.model[i], w.facts[i]
			p.law = i%3 == 0
			a := rapid.SampledFrom(Actions).Draw(t, "action")
			role := rapid.SampledFrom([]Role{0, School, Host, Admin, School | Host}).Draw(t, "role")
			day := rapid.IntRange(walkDay-8, walkDay+8)
			from, until, on := day.Draw(t, "from"), day.Draw(t, "until"), day.Draw(t, "on")
			version := p.version + int64(rapid.SampledFrom([]int{0, 0, 0, 0, -1}).Draw(t, "off"))
			d := Details{
				Version: version, On: nth(on), Until: nth(until), Code: "OTHER", Reason: "because",
				Given: map[string]any{"from": nth(from), "until": nth(until), "hoursPerWeek": int64(40), "coverFrom": "2020", "coverUntil": "2030"},
			}
			after, refused := Apply(f, a, Actor{"somebody", role}, d, w.around(i, p.law), dayOf(nth(walkDay)))
			want, ok := w.expect(p, i, a, role, version, from, until, on)
			if ok != (refused == nil) {
				t.Fatalf("%s of %+v from %d until %d on %d by %v: %v", a, p, from, until, on, role, refused)
			}
			if refused != nil {
				continue
			}
			w.facts[i], w.model[i] = after, want
			if got := after.Content.Span(); after.Status != want.status || after.Version != want.version || got.From.String() != nth(want.from) || got.Until.String() != nth(want.until) {
				t.Fatalf("%s led to %+v, not %+v", a, after, want)
			}
			for day := walkDay - 10; day < walkDay+10; day++ {
				if all, law := w.taken(day, -1); all > 3 || law > 1 || all-law > 2 {
					t.Fatalf("day %d has %d placements, %d of law", day, all, law)
				}
			}
		}
	})
}

// TestNext: the day that a refusal names as the next is free.
func TestNext(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		around := room(rapid.IntRange(0, 2).Draw(t, "places"))
		for i := range rapid.IntRange(0, 6).Draw(t, "placements") {
			from := rapid.IntRange(0, 20).Draw(t, "from")
			s := Span{dayOf(nth(from)), dayOf(nth(from + rapid.IntRange(1, 9).Draw(t, "days")))}
			around.Base.Taken = append(around.Base.Taken, Taken{ID: fmt.Sprint("plc_", i), Studies: around.Student.Studies, Span: s})
		}
		from := rapid.IntRange(0, 20).Draw(t, "from")
		span := Span{dayOf(nth(from)), dayOf(nth(from + rapid.IntRange(1, 9).Draw(t, "days")))}
		full := around.Base.full("", around.Student.Studies, span)
		for day := span.From; day.Before(span.Until.Time); day = (network.Day{Time: day.AddDate(0, 0, 1)}) {
			is := around.Base.fullOn("", around.Student.Studies, span, day) != nil
			switch {
			case full == nil && is, full != nil && day == full.On && !is, full != nil && day.Before(full.On.Time) && is:
				t.Fatalf("%s is full: %v; said is %+v", day, is, full)
			}
		}
		if full != nil && full.Next != network.Forever && around.Base.fullOn("", around.Student.Studies, span, full.Next) != nil {
			t.Fatalf("%+v names a day that is full too", full)
		}
	})
}
