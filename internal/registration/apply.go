package registration

import (
	"fmt"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Refusal says that an action can't be taken: where the registration stands, what is in the way, and what the actor may
// do instead.
type Refusal struct {
	Action   Action
	Status   string
	Stage    Stage
	Version  int // the latest
	Seen     int // the version that the actor had seen; 0 if it named none
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

// Apply takes an action, or says why not; then nothing is changed. It first does what the calendar is due to do by the
// day (who wants that on record settles before), and at last what is due by the action: the last party's approval makes
// a base active at once. Whether somebody may see the base at all is asked elsewhere, and before; who sees it and is nobody
// to it learns nothing of where its registration stands.
func Apply(f Facts, a Action, by Actor, d Details, on network.Day) (Facts, *Refusal) {
	f, _ = Settle(f, on)
	if by.IsStranger(f, a) {
		return f, &Refusal{Action: a, Problems: []Problem{ForInsiders}}
	}
	t := try{facts: f, actor: by, details: &d, day: on}
	if problems := t.hindrances(a); len(problems) > 0 {
		return f, &Refusal{Action: a, Status: f.Status(), Stage: f.Stage, Version: f.Version, Seen: d.Version, Problems: problems, Allowed: allowed(f, by, on)}
	}
	t.row, _ = row(f, a)
	f, _ = Settle(t.step(), on)
	return f, nil
}

// hindrances says what is in the way of an action: where it stands, else who asks, else all guards that don't hold.
func (t try) hindrances(a Action) []Problem {
	var ok bool
	t.row, ok = row(t.facts, a)
	switch {
	case !ok:
		if t.stale(a) { // what it was when the actor looked explains more than what it is
			return seenVersion.check(t)
		}
		return one(WrongState, nil, say("%s is not possible while the base is %s: only %s", "基地状态为%[2]s时不能执行 %[1]s：仅限%[3]s", a, t.facts.shows(), where[a]))
	case t.row.Who&t.actor.roles(t.facts) == 0:
		return one(NotAllowed, nil, say("%s is for %s", "%s 须由%s执行", a, t.row.Who.names()))
	}
	var out []Problem
	for _, g := range t.row.Guards {
		out = append(out, g.check(t)...)
		if g.Name == seenVersion.Name && len(out) > 0 {
			return out // the rest is about something that the actor hasn't seen
		}
	}
	return out
}

// stale tells whether the actor has seen an older version of the base.
func (t try) stale(a Action) bool {
	return a != Create && a != PartyApprove && t.details != nil && t.details.Version != 0 && t.details.Version != t.facts.Version
}

// shows is the status, with the stage of a proposal beside it.
func (f Facts) shows() text {
	switch status := f.Status(); {
	case status == "":
		return text{"not there", "“不存在”"}
	case f.Live != Never && f.Stage != None:
		return say("%s with a proposal that is %s", " %s（变更：%s）", status, f.Stage)
	default:
		return say("%s", " %s ", status)
	}
}

// step takes the row. It is the only place where a registration changes.
func (t try) step() Facts {
	f, d, on := t.facts.clone(), t.details, t.day.String()
	if t.row.ToLive != "" {
		f.Live = t.row.ToLive
	}
	if t.row.To != "" {
		f.Stage = t.row.To
	}
	if t.row.Who != Calendar { // nobody is told of a conflict because a day has passed
		f.Version++
	}
	if codes := Reasons[t.row.Action]; codes != nil {
		f.Decision = &Decision{Action: t.row.Action, By: t.actor.Subject, On: on, Code: d.Code, Reason: strings.TrimSpace(d.Reason)}
	}
	switch t.row.Action {
	case Create, Update:
		f.propose(content(d.Content.clean()))
	case Delete, Close:
		f.drop()
	case Reject:
		if f.Live != Never {
			f.drop()
		}
	case Submit:
		// by an amendment too, if the old agreement has ended since it was begun
		f.Renews = f.Renews || f.Current != nil && !t.day.Before(f.Current.Agreement.Ends().Time)
		f.Submitters = append(without(f.Submitters, []string{t.actor.Subject}), t.actor.Subject)
		f.Distinct = append(f.Distinct, without(d.Distinct, f.Distinct)...)
	case RequestChanges:
		f.Approvals, f.Overrides = nil, nil
	case Merge:
		f.Survivor = d.Survivor
	case Approve:
		f.Overrides = nil
		for _, found := range Judge(d.rules(), *f.Proposed, d.Around) {
			if reason := d.Overrides[found.Rule.Code]; found.Outcome != Passed {
				if f.Overrides == nil {
					f.Overrides = map[string]string{}
				}
				f.Overrides[found.Rule.Code] = strings.TrimSpace(reason)
			}
		}
	case PartyApprove:
		for _, party := range t.approving() {
			f.Approvals = append(f.Approvals, Approval{Party: party, Hash: d.Hash, By: t.actor.Subject, On: on})
		}
	case Activate:
		f.Current, f.CurrentHash = f.Proposed, f.Hash
		f.drop()
	case Amend, Renew:
		c := *f.Current
		if t.row.Action == Renew {
			c.Agreement = Agreement{Kind: c.Agreement.Kind, Parties: slices.Clone(c.Agreement.Parties), ThreeParty: c.Agreement.ThreeParty}
		}
		f.propose(c)
		f.Renews = t.row.Action == Renew
	case Terminate:
		f.Termination = d.On
	}
	return f
}

// approving lists the parties for which the actor approves now.
func (t try) approving() []string {
	mine := t.actor.of(t.facts.Pending())
	if t.details == nil || len(t.details.Parties) == 0 {
		return mine
	}
	return slices.DeleteFunc(mine, func(id string) bool { return !slices.Contains(t.details.Parties, id) })
}

// propose sets what is proposed.
func (f *Facts) propose(c Content) { f.Proposed, f.Hash = &c, c.Hash() }

// drop forgets the proposal and all that was said of it.
func (f *Facts) drop() {
	f.Proposed, f.Hash, f.Renews, f.Submitters, f.Approvals, f.Overrides = nil, "", false, nil, nil, nil
}
