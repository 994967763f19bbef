package registration

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// model is a second telling of the rules, as plain as it can be: one variable a fact, one case an action. It shares
// nothing with Table, its guards or Settle.
type model struct {
	exists, deleted, rejected, merged bool
	live                              string // "", ACTIVE, SUSPENDED, EXPIRED, TERMINATED
	current                           int    // the content that is live, -1 if none
	stage                             string // of the proposal, "" if there is none
	proposed                          int
	renewal                           bool
	handedIn                          map[string]bool // who handed the proposal in
	approved                          map[string]bool // parties that approved the proposal
	since                             int             // the day on which the last of them did
	ends                              int             // the day for which it was terminated, -1 if it wasn't
}

// offer is a content as far as the model knows it; the agreement is in force on days from ≤ day < until.
type offer struct {
	from, until int
	parties     []string
	whole       bool // whether it can be handed in
}

type somebody struct {
	name            string
	offices         []string
	reviewer, admin bool
}

func (p somebody) of(parties []string) bool {
	return slices.ContainsFunc(parties, func(id string) bool { return slices.Contains(p.offices, id) })
}

// parties of the proposal: those of an amendment are those of what is live as well.
func (m *model) parties(offers []offer) []string {
	out := slices.Clone(offers[m.proposed].parties)
	if m.current >= 0 && !m.renewal {
		for _, id := range offers[m.current].parties {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// night is what a new day brings, one day after the other.
func (m *model) night(day int, offers []offer) {
	if m.stage == "APPROVED" && m.live != "TERMINATED" {
		all, o := true, offers[m.proposed]
		for _, id := range m.parties(offers) {
			all = all && m.approved[id]
		}
		if all && o.from <= day && day < o.until {
			m.current, m.stage, m.renewal = m.proposed, "", false
			if m.live != "SUSPENDED" {
				m.live = "ACTIVE"
			}
			m.forget()
		}
	}
	if (m.live == "ACTIVE" || m.live == "SUSPENDED") && m.ends >= 0 && m.ends <= day {
		m.live, m.stage = "TERMINATED", ""
		m.forget()
	}
	if m.live == "ACTIVE" && offers[m.current].until <= day {
		m.live = "EXPIRED"
	}
}

func (m *model) forget() {
	m.proposed, m.renewal = -1, false
	m.handedIn, m.approved = map[string]bool{}, map[string]bool{}
}

// status is what the base shows.
func (m *model) status() string {
	switch {
	case !m.exists || m.deleted:
		return "-"
	case m.rejected:
		return "REJECTED"
	case m.merged:
		return "MERGED"
	case m.live == "":
		return m.stage
	case m.live == "TERMINATED" || m.stage == "":
		return m.live
	case m.live == "ACTIVE":
		return "AMENDING/" + m.stage
	}
	return m.live + "/" + m.stage
}

// gone tells whether nothing more can happen.
func (m *model) gone() bool {
	return !m.exists || m.deleted || m.rejected || m.merged || m.live == "TERMINATED"
}

// does takes an action of somebody on a day, with the content c and the day of termination on, and tells whether it
// was allowed.
func (m *model) does(a Action, p somebody, c, on, day int, offers []offer) bool {
	if a == Create {
		if m.exists || !p.of(offers[c].parties) {
			return false
		}
		*m = model{exists: true, current: -1, proposed: c, stage: "DRAFT", ends: -1, handedIn: map[string]bool{}, approved: map[string]bool{}}
		return true
	}
	if m.gone() {
		return false
	}
	var own []string
	if m.current >= 0 {
		own = append(own, offers[m.current].parties...)
	}
	if m.proposed >= 0 {
		own = append(own, offers[m.proposed].parties...)
	}
	office, reviewer := p.of(own), p.reviewer && !m.handedIn[p.name]
	editing := m.stage == "DRAFT" || m.stage == "CHANGES_REQUESTED"
	switch a {
	case Update:
		if !office || !editing || !p.of(offers[c].parties) {
			return false
		}
		m.proposed = c
	case Delete:
		if !office || m.stage != "DRAFT" {
			return false
		}
		m.stage, m.deleted = "", m.live == ""
		m.forget()
	case Submit:
		renewal := m.renewal || m.current >= 0 && offers[m.current].until <= day
		if !office || !editing || !offers[m.proposed].whole || offers[m.proposed].until <= day || renewal && offers[m.proposed].until <= offers[m.current].until {
			return false
		}
		m.stage, m.renewal, m.handedIn[p.name] = "SUBMITTED", renewal, true
	case StartReview:
		if !reviewer || m.stage != "SUBMITTED" {
			return false
		}
		m.stage = "IN_REVIEW"
	case RequestChanges:
		if !reviewer || m.stage != "IN_REVIEW" && m.stage != "APPROVED" {
			return false
		}
		m.stage, m.approved = "CHANGES_REQUESTED", map[string]bool{}
	case Reject:
		if !reviewer || m.stage != "IN_REVIEW" {
			return false
		}
		m.stage, m.rejected = "", m.live == ""
		if !m.rejected {
			m.forget()
		}
	case Merge:
		if !reviewer || m.live != "" || m.stage != "SUBMITTED" && m.stage != "IN_REVIEW" {
			return false
		}
		m.merged = true
	case Approve:
		if !reviewer || m.stage != "IN_REVIEW" {
			return false
		}
		m.stage = "APPROVED"
	case PartyApprove:
		if m.stage != "APPROVED" {
			return false
		}
		fresh := false
		for _, id := range m.parties(offers) {
			if slices.Contains(p.offices, id) && !m.approved[id] {
				m.approved[id], fresh = true, true
			}
		}
		return fresh
	case Amend, Renew:
		ended := m.current >= 0 && offers[m.current].until <= day
		if !office || m.live == "" || m.stage != "" || m.ends >= 0 || a == Amend && (m.live == "EXPIRED" || ended) {
			return false
		}
		m.stage, m.proposed, m.renewal = "DRAFT", m.current, a == Renew
		if a == Renew {
			m.proposed = c // the walk gives the new agreement's content at once
		}
	case Suspend:
		if !p.reviewer && !p.admin || m.live != "ACTIVE" {
			return false
		}
		m.live = "SUSPENDED"
	case Resume:
		if !p.reviewer && !p.admin || m.live != "SUSPENDED" || offers[m.current].until <= day {
			return false
		}
		m.live = "ACTIVE"
	case Terminate:
		if !p.reviewer && !p.admin || m.live != "ACTIVE" && m.live != "SUSPENDED" || on < offers[m.current].from {
			return false
		}
		m.ends = on
	default:
		return false
	}
	return true
}

// date is a day of a walk.
func date(n int) network.Day {
	return network.Day{Time: network.NewDay(2026, 1, 1).AddDate(0, 0, n)}
}
