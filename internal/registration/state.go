package registration

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Standing is where what is live stands.
type Standing string

// The standings.
const (
	Never      Standing = "NEVER" // nothing was live yet
	Open       Standing = "OPEN"
	Suspended  Standing = "SUSPENDED"
	Expired    Standing = "EXPIRED"
	Terminated Standing = "TERMINATED"
)

// Stage is where a proposal stands.
type Stage string

// The stages. REJECTED, MERGED and DELETED are the end of a registration that was never live.
const (
	Absent           Stage = "" // nothing is there: the zero value of Facts
	None             Stage = "NONE"
	Draft            Stage = "DRAFT"
	Submitted        Stage = "SUBMITTED"
	InReview         Stage = "IN_REVIEW"
	ChangesRequested Stage = "CHANGES_REQUESTED"
	Approved         Stage = "APPROVED"
	Rejected         Stage = "REJECTED"
	Merged           Stage = "MERGED"
	Deleted          Stage = "DELETED"
)

// Facts are all there is to know of a registration. They are changed by Apply and Settle alone.
type Facts struct {
	Live        Standing          `json:"live"`
	Stage       Stage             `json:"stage"`
	Version     int               `json:"version"`            // counts the steps that people took
	Proposed    *Content          `json:"proposed,omitempty"` // what is proposed, or was when it was rejected or merged
	Current     *Content          `json:"current,omitempty"`  // what is live, or was last
	Hash        string            `json:"hash,omitempty"`     // of what is proposed
	CurrentHash string            `json:"currentHash,omitempty"`
	Renews      bool              `json:"renews,omitempty"`      // the proposal is a new agreement that follows that of what is live
	Submitters  []string          `json:"submitters,omitempty"`  // subjects who handed the proposal in, in any round
	Distinct    []string          `json:"distinct,omitempty"`    // bases that the office says are others
	Approvals   []Approval        `json:"approvals,omitempty"`   // of the proposal, by its parties
	Overrides   map[string]string `json:"overrides,omitempty"`   // the reasons for which broken rules of policy were let pass, by code
	Decision    *Decision         `json:"decision,omitempty"`    // the last for which a reason was given
	Survivor    string            `json:"survivor,omitempty"`    // of what was merged, the id that remains
	Termination string            `json:"termination,omitempty"` // the day on which the base ends, if that is settled
}

// Approval is a party's word for a content.
type Approval struct {
	Party string `json:"party"`
	Hash  string `json:"hash"`
	By    string `json:"by"`
	On    string `json:"on"` // a day
}

// Decision is what somebody decided, and why.
type Decision struct {
	Action Action `json:"action"`
	By     string `json:"by"`
	On     string `json:"on"` // a day
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

// Status is what the base shows, a value of the enum BaseStatus; "" of what isn't there or was deleted.
func (f Facts) Status() string {
	switch {
	case f.Stage == Absent || f.Stage == Deleted:
		return ""
	case f.Live == Never:
		return string(f.Stage)
	case f.Live == Open && f.Stage == None:
		return "ACTIVE"
	case f.Live == Open:
		return "AMENDING"
	}
	return string(f.Live)
}

// Parties lists who must approve the proposal.
func (f Facts) Parties() []string {
	if f.Proposed == nil {
		return nil
	}
	out := f.Proposed.Parties()
	if f.Current != nil && !f.Renews {
		out = append(out, f.Current.Parties()...)
		slices.Sort(out)
		out = slices.Compact(out)
	}
	return out
}

// Pending lists the parties that have yet to approve the proposal.
func (f Facts) Pending() []string {
	if f.Stage != Approved {
		return nil
	}
	return slices.DeleteFunc(f.Parties(), func(party string) bool {
		return slices.ContainsFunc(f.Approvals, func(a Approval) bool { return a.Party == party && a.Hash == f.Hash })
	})
}

// Organizations lists whose base it is: all that what is live or what is proposed names as host or served.
func (f Facts) Organizations() []string {
	var out []string
	for _, c := range []*Content{f.Current, f.Proposed} {
		if c != nil {
			out = append(out, c.Parties()...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TakesPlacement says why the base takes no placement from a day to another, nil if it does.
func (f Facts) TakesPlacement(from, until network.Day) *Problem {
	var t text
	switch {
	case f.Live != Open:
		t = say("the base is %s and takes no placements: choose one that is ACTIVE", "基地状态为 %s，不接收实习：请选择状态为 ACTIVE 的基地", f.Status())
	case from.Before(f.Current.Agreement.Begins().Time) || until.After(f.Current.Agreement.Ends().Time):
		t = say("the agreement of the base is in force from %s to %s: choose days within", "基地协议有效期为 %s 至 %s：请选择其间的日期", f.Current.Agreement.Begins(), f.Current.Agreement.Ends())
	case f.Termination != "" && until.After(day(f.Termination).Time):
		t = say("the base ends on %s: choose days before", "基地将于 %s 终止：请选择此前的日期", f.Termination)
	default:
		return nil
	}
	p := problem(TakesNoPlacements, nil, t)
	return &p
}

// day reads a day that was written here.
func day(s string) network.Day {
	d, err := network.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// clone is a copy that shares nothing that changes.
func (f Facts) clone() Facts {
	f.Submitters, f.Distinct, f.Approvals = slices.Clone(f.Submitters), slices.Clone(f.Distinct), slices.Clone(f.Approvals)
	return f
}
