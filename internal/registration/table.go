package registration

import (
	"slices"
	"strings"
)

// Action is something that somebody, or the calendar, does with a registration.
type Action string

// The actions, in the order in which they come in the life of a base.
const (
	Create         Action = "CREATE"
	Update         Action = "UPDATE"
	Delete         Action = "DELETE"
	Submit         Action = "SUBMIT"
	StartReview    Action = "START_REVIEW"
	RequestChanges Action = "REQUEST_CHANGES"
	Reject         Action = "REJECT"
	Merge          Action = "MERGE"
	Approve        Action = "APPROVE"
	PartyApprove   Action = "PARTY_APPROVE"
	Amend          Action = "AMEND"
	Renew          Action = "RENEW"
	Suspend        Action = "SUSPEND"
	Resume         Action = "RESUME"
	Terminate      Action = "TERMINATE"
	Activate       Action = "ACTIVATE" // the calendar's, as the two below
	Expire         Action = "EXPIRE"
	Close          Action = "CLOSE"
)

// Actions are all that people do, in that order.
var Actions = []Action{Create, Update, Delete, Submit, StartReview, RequestChanges, Reject, Merge, Approve, PartyApprove, Amend, Renew, Suspend, Resume, Terminate}

// Transition is a row of Table: who may do what where, what must hold for it, and where it leads.
type Transition struct {
	Action Action
	Live   []Standing // from any of these
	Stage  []Stage    // and from any of these
	ToLive Standing   // "": as it was
	To     Stage      // "": as it was
	Who    Role
	Guards []Guard
}

// Places where several rows begin.
var (
	born     = []Standing{Never, Open, Suspended, Expired}
	live     = []Standing{Open, Suspended, Expired}
	running  = []Standing{Open, Suspended}
	editing  = []Stage{Draft, ChangesRequested}
	anywhere = []Stage{None, Draft, Submitted, InReview, ChangesRequested, Approved}
)

// Table is every step there is.
var Table = []Transition{
	{Create, []Standing{""}, []Stage{Absent}, Never, Draft, Office, []Guard{ownBase, wellFormed}},
	{Update, born, editing, "", "", Office, []Guard{seenVersion, ownBase, wellFormed}},
	{Delete, []Standing{Never}, []Stage{Draft}, "", Deleted, Office, []Guard{seenVersion}},
	{Delete, live, []Stage{Draft}, "", None, Office, []Guard{seenVersion}},
	{Submit, born, editing, "", Submitted, Office, []Guard{seenVersion, complete, laterThanLive, duplicatesAnswered}},

	{StartReview, born, []Stage{Submitted}, "", InReview, Reviewer, []Guard{seenVersion, notOwnSubmission}},
	{RequestChanges, born, []Stage{InReview, Approved}, "", ChangesRequested, Reviewer, []Guard{seenVersion, notOwnSubmission, reasonGiven}},
	{Reject, []Standing{Never}, []Stage{InReview}, "", Rejected, Reviewer, []Guard{seenVersion, notOwnSubmission, reasonGiven}},
	{Reject, live, []Stage{InReview}, "", None, Reviewer, []Guard{seenVersion, notOwnSubmission, reasonGiven}},
	{Merge, []Standing{Never}, []Stage{Submitted, InReview}, "", Merged, Reviewer, []Guard{seenVersion, notOwnSubmission, survivorNamed}},
	{Approve, born, []Stage{InReview}, "", Approved, Reviewer, []Guard{seenVersion, notOwnSubmission, inspected, policiesMet}},

	{PartyApprove, born, []Stage{Approved}, "", "", Party, []Guard{sameContent, notApprovedYet}},
	{Activate, []Standing{Never, Open, Expired}, []Stage{Approved}, Open, None, Calendar, []Guard{allApproved}},
	{Activate, []Standing{Suspended}, []Stage{Approved}, "", None, Calendar, []Guard{allApproved}},

	{Amend, running, []Stage{None}, "", Draft, Office, []Guard{seenVersion, notEnding, notEnded}},
	{Renew, live, []Stage{None}, "", Draft, Office, []Guard{seenVersion, notEnding}},

	{Suspend, []Standing{Open}, anywhere, Suspended, "", Reviewer | Admin, []Guard{seenVersion, reasonGiven}},
	{Resume, []Standing{Suspended}, anywhere, Open, "", Reviewer | Admin, []Guard{seenVersion, notEnded}},
	{Expire, []Standing{Open}, anywhere, Expired, "", Calendar, nil},
	{Terminate, running, anywhere, "", "", Reviewer | Admin, []Guard{seenVersion, reasonGiven, dayGiven, placementsSeen}},
	{Close, running, anywhere, Terminated, None, Calendar, nil},
}

// row is the row of an action where a registration stands.
func row(f Facts, a Action) (Transition, bool) {
	for _, t := range Table {
		if t.Action == a && slices.Contains(t.Live, f.Live) && slices.Contains(t.Stage, f.Stage) {
			return t, true
		}
	}
	return Transition{}, false
}

// where says of each action while what it is possible for somebody.
var where = func() map[Action]text {
	out := map[Action]text{}
	for _, a := range Actions {
		var statuses []string
		proposal := false
		for _, t := range Table {
			if t.Action != a {
				continue
			}
			if slices.Contains(t.Stage, None) { // it is about what is live
				for _, l := range t.Live {
					for _, s := range t.Stage {
						statuses = append(statuses, Facts{Live: l, Stage: s}.Status())
					}
				}
				continue
			}
			for _, s := range t.Stage {
				statuses = append(statuses, string(s))
			}
			proposal = proposal || slices.Contains(t.Live, Open)
		}
		slices.Sort(statuses)
		all := strings.Join(slices.Compact(statuses), ", ")
		switch {
		case a == Create:
			out[a] = text{"while it is not there", "“不存在”"}
		case proposal:
			out[a] = say("while it, or a proposal to it, is %s", "基地或其变更处于 %s", all)
		default:
			out[a] = say("while it is %s", "状态 %s", all)
		}
	}
	return out
}()
