package placement

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// Around is what the network knows of what a placement joins.
type Around struct {
	ID      string // of the placement; "" before it is made
	Base    Base
	Student Student
}

// Student is what the network knows of a student.
type Student struct {
	Studies []Studied
	Kinds   []string // of the universities where the student is enrolled, of the enum UniversityKind; none: nobody knows
	Erased  bool
}

// Studied is a discipline that a student studies, and when.
type Studied struct {
	Discipline string
	Span
}

// Base is what the network knows of a practice base.
type Base struct {
	Status     string
	Span                           // when there is such a base
	Registered *registration.Facts // as of today; nil for a base that nobody registered, which documents speak of
	Places     *int                // that it states for all disciplines together
	Offers     []Offer
	Serves     []Span // when it serves where the student is enrolled
	Taken      []Taken
}

// Offer is what a base offers in a discipline, and when.
type Offer struct {
	Discipline string
	Places     *int // nil when no figure is known
	Span
}

// Taken is a placement that takes a place at the base, and when.
type Taken struct {
	ID        string
	Post      string
	OfStudent bool // of the student whom it is about
	Studies   []Studied
	Span
}

// takes says why the base takes no placement in a span, nil if it does. One that nobody registered takes some as long as
// it is open.
func (b Base) takes(s Span) *Problem {
	if b.Registered != nil {
		p := b.Registered.TakesPlacement(s.From, s.Until)
		if p != nil {
			p.Field = []string{"practiceBase"}
		}
		return p
	}
	var t registration.Wording
	switch {
	case !slices.Contains([]string{"", "ACTIVE", "AMENDING"}, b.Status):
		t = say("the base is %s and takes no placements: choose one that is ACTIVE", "基地状态为 %s，不接收实习：请选择状态为 ACTIVE 的基地", b.Status)
	case s.Until.After(b.Until.Time):
		t = say("the base is there until %s: choose days before", "基地仅存续至 %s：请选择此前的日期", b.Until)
	default:
		return nil
	}
	p := registration.NewProblem(registration.TakesNoPlacements, []string{"practiceBase"}, t)
	return &p
}

// notOffered says why the base has nothing for the student in a span. A base that states no discipline takes students of
// any.
func (a Around) notOffered(s Span) *Problem {
	stated := slices.ContainsFunc(a.Base.Offers, func(o Offer) bool { return !o.and(s).empty() })
	if !stated {
		return nil
	}
	var fit []Span
	for _, o := range a.Base.Offers {
		for _, d := range a.Student.Studies {
			if d.Discipline == o.Discipline {
				fit = append(fit, o.and(d.Span))
			}
		}
	}
	day, gap := uncovered(fit, s)
	if !gap {
		return nil
	}
	p := registration.NewProblem(NotOffered, []string{"practiceBase"}, say("on %s the base offers no places in what the student studies: choose one that does, or complete the student's disciplines", "%s 基地未提供该学生所学专业的名额：请选择其他基地，或补充学生的专业", day))
	return &p
}

// uncovered is the first day of a span on which none of some others holds.
func uncovered(by []Span, s Span) (network.Day, bool) {
	day := s.From
	for day.Before(s.Until.Time) {
		next := day
		for _, o := range by {
			if o.Has(day) {
				next = later(next, o.Until)
			}
		}
		if next == day {
			return day, true
		}
		day = next
	}
	return day, false
}
