package registration

import (
	"slices"
	"strings"
)

// Role is what somebody is to one base.
type Role uint8

// The roles. Each row of Table names who may take it.
const (
	Office   Role = 1 << iota // the office of an organisation that hosts or is served
	Party                     // the office of a party of the proposal
	Reviewer                  // who reviews registrations for whom the base serves
	Admin
	Calendar // nobody: the day itself
)

var roleNames = []struct {
	role Role
	name text
}{
	{Office, text{"the office of the host or of whom it serves", "依托单位或服务对象的办公室"}},
	{Party, text{"the office of a party of it", "签约方的办公室"}},
	{Reviewer, text{"a reviewer of it", "其审核员"}},
	{Admin, text{"an administrator", "管理员"}},
	{Calendar, text{"the calendar", "日历"}},
}

// names lists the roles of a set.
func (r Role) names() text {
	var en, zh []string
	for _, n := range roleNames {
		if r&n.role != 0 {
			en, zh = append(en, n.name.En), append(zh, n.name.Zh)
		}
	}
	return text{strings.Join(en, " or "), strings.Join(zh, "或")}
}

// Actor is who acts, as seen from one base.
type Actor struct {
	Subject  string   // who it is
	Offices  []string // of the organisations that the base or the new content names as host or served, those whose office it is
	Reviewer bool     // it reviews registrations for an organisation that the base serves
	Admin    bool
}

// roles are those of the actor where a registration stands. Who isn't anybody has none.
func (a Actor) roles(f Facts) Role {
	if a.Subject == "" {
		return 0
	}
	var r Role
	if f.Stage == Absent && len(a.Offices) > 0 || a.holds(f.Organizations()) {
		r |= Office
	}
	if a.holds(f.Parties()) {
		r |= Party
	}
	if a.Reviewer {
		r |= Reviewer
	}
	if a.Admin {
		r |= Admin
	}
	return r
}

// IsStranger tells whether the actor is nobody to what is registered of a base, to which an action is to be taken; who
// creates one is no stranger to it.
func (a Actor) IsStranger(f Facts, to Action) bool { return to != Create && a.roles(f) == 0 }

// ForInsiders is all that a stranger is told, whatever they try and wherever the registration stands.
var ForInsiders = Problem{
	Code:      NotAllowed,
	Message:   "this is for the offices of its host and of whom it serves, for its reviewers and administrators, and for bases that were registered",
	MessageZh: "仅限已登记基地的依托单位、服务对象的办公室、审核员和管理员",
}

// holds tells whether one of the organisations is the actor's.
func (a Actor) holds(organizations []string) bool {
	return slices.ContainsFunc(organizations, func(id string) bool { return slices.Contains(a.Offices, id) })
}

// of lists those of the organisations that are the actor's.
func (a Actor) of(organizations []string) []string {
	return slices.DeleteFunc(slices.Clone(organizations), func(id string) bool { return !slices.Contains(a.Offices, id) })
}
