package placement

import (
	"fmt"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// Facts are what is known of a placement. They are changed by Apply alone.
type Facts struct {
	Status    Status
	Version   int64 // counts the changes
	Content   Content
	Overrides map[string]string // the reasons for which rules of policy were let pass, by code
}

// Details are what an action comes with; each action looks at its own.
type Details struct {
	Version   int64          // that was seen; needed but to place
	Given     map[string]any // to place and to update: what is said of it
	On        string         // to start and to complete: the day; today when ""
	Until     string         // to extend: the day on which it is over
	Code      string         // to cancel: of the reason, see Reasons
	Reason    string
	Overrides map[string]string   // why a rule of policy is let pass, by its code
	Rules     []registration.Rule // the rules of policy; those of this program if nil
}

// Actor is who acts, as seen from one placement.
type Actor struct {
	Subject string // who it is; "" is nobody
	Roles   Role
}

// Refusal says that an action can't be taken: where the placement stands, what is in the way, and what the actor may do
// instead.
type Refusal struct {
	Action   Action
	Status   Status
	Version  int64 // the latest
	Problems []Problem
	Allowed  []Action
}

func (r *Refusal) Error() string {
	said := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		said[i] = p.String()
	}
	return fmt.Sprintf("%s: %s", r.Action, strings.Join(said, "; "))
}

// Permission says of an action whether somebody may take it now, or the one thing that is most in the way.
type Permission struct {
	Action  Action
	Allowed bool
	Why     *Problem // nil if allowed
}

// Apply takes an action, or says why not; then nothing is changed.
func Apply(f Facts, a Action, by Actor, d Details, around Around, on network.Day) (Facts, *Refusal) {
	t := &try{facts: f, after: f.Content, actor: by, details: &d, around: around, day: on}
	if problems := t.hindrances(a); len(problems) > 0 {
		return f, &Refusal{Action: a, Status: f.Status, Version: f.Version, Problems: problems, Allowed: allowed(f, by, around, on)}
	}
	f.Content = t.after
	if t.row.To != "" {
		f.Status = t.row.To
	}
	f.Version++
	if t.reasons != nil {
		f.Overrides = t.reasons
	}
	return f, nil
}

// Permissions says of every action whether this one may take it, as far as that can be told before details are given.
func Permissions(by Actor, f Facts, around Around, on network.Day) []Permission {
	var out []Permission
	for _, a := range Actions {
		if a == Place && f.Status != Absent {
			continue
		}
		p := Permission{Action: a, Allowed: true}
		if problems := (&try{facts: f, after: f.Content, actor: by, around: around, day: on}).hindrances(a); len(problems) > 0 {
			p.Allowed, p.Why = false, &problems[0]
		}
		out = append(out, p)
	}
	return out
}

func allowed(f Facts, by Actor, around Around, on network.Day) []Action {
	out := []Action{}
	for _, p := range Permissions(by, f, around, on) {
		if p.Allowed {
			out = append(out, p.Action)
		}
	}
	return out
}

// try is an action that somebody tries.
type try struct {
	facts   Facts
	after   Content // what the placement is to be
	row     Transition
	actor   Actor
	details *Details // nil where it is only asked whether it could be done
	around  Around
	day     network.Day
	reasons map[string]string // for which rules of policy are let pass, once that was looked at
}

// hindrances says what is in the way of an action: where it stands, else who asks, else the first kind of thing that is
// wrong, all of that kind.
func (t *try) hindrances(a Action) []Problem {
	var ok bool
	t.row, ok = row(t.facts.Status, a)
	switch {
	case !ok && t.details != nil && t.details.Version != 0 && t.details.Version != t.facts.Version && t.actor.Roles != 0:
		return seenVersion.check(t) // what it was when the actor looked explains more than what it is
	case !ok:
		return one(registration.WrongState, nil, say("%s is not possible while the placement is %s: only while it is %s", "实习状态为 %[2]s 时不能执行 %[1]s：仅限 %[3]s", string(a), shows(t.facts.Status), where(a)))
	case t.actor.Subject == "" || t.row.Who&t.actor.Roles == 0:
		return one(registration.NotAllowed, nil, say("%s is for %s", "%s 须由%s执行", string(a), t.row.Who.names()))
	}
	var out []Problem
	for _, g := range t.row.Guards {
		out = append(out, g.check(t)...)
		if g.First && len(out) > 0 {
			return out // the rest is about something that isn't settled
		}
	}
	return out
}

// added are the days on which the student is to be at the base, and was not to be before.
func (t *try) added() []Span {
	if t.facts.Status == Absent {
		return slices.DeleteFunc([]Span{t.after.Span()}, Span.empty)
	}
	return t.after.Span().beyond(t.facts.Content.Span())
}
