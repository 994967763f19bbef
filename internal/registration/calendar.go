package registration

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Step is something that the calendar did, and the day from which it holds.
type Step struct {
	Action Action
	On     network.Day
}

// Settle does what the calendar is due to do by a day, in the order in which it fell due: an approved proposal becomes
// live when its agreement comes into force, what is live expires with its agreement, and ends on the day for which it
// was terminated. It comes to the same on whichever days it runs.
func Settle(f Facts, by network.Day) (Facts, []Step) {
	var steps []Step
	for {
		next, ok := due(f)
		if !ok || next.On.After(by.Time) {
			return f, steps
		}
		t := try{facts: f, details: &Details{}, day: next.On}
		t.row, _ = row(f, next.Action)
		f = t.step()
		steps = append(steps, next)
	}
}

// Due is the next day on which the calendar has something to do unless somebody acts before; false if there is none.
func Due(f Facts) (network.Day, bool) {
	next, ok := due(f)
	return next.On, ok
}

// due is what the calendar does next. Of what falls on one day, what goes live comes first, so that a renewal leaves no
// gap, and the end that somebody settled comes before that of the agreement.
func due(f Facts) (Step, bool) {
	var all []Step
	if f.Stage == Approved && len(f.Pending()) == 0 {
		on := f.Proposed.Agreement.Begins()
		for _, a := range f.Approvals {
			if approved := day(a.On); approved.After(on.Time) {
				on = approved
			}
		}
		all = append(all, Step{Activate, on})
	}
	if f.Termination != "" {
		all = append(all, Step{Close, day(f.Termination)})
	}
	if f.Current != nil {
		all = append(all, Step{Expire, f.Current.Agreement.Ends()})
	}
	all = slices.DeleteFunc(all, func(s Step) bool {
		t := try{facts: f, day: s.On}
		var ok bool
		t.row, ok = row(f, s.Action)
		return !ok || s.On == network.Forever || slices.ContainsFunc(t.row.Guards, func(g Guard) bool { return len(g.check(t)) > 0 })
	})
	if len(all) == 0 {
		return Step{}, false
	}
	return slices.MinFunc(all, func(a, b Step) int { return a.On.Compare(b.On.Time) }), true
}
