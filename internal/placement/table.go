package placement

import (
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/registration"
)

// Status is where a placement stands, of the enum PlacementStatus.
type Status string

// The statuses. A cancelled placement takes no place.
const (
	Absent    Status = "" // nothing is there: the zero value of Facts
	Planned   Status = "PLANNED"
	Active    Status = "ACTIVE"
	Completed Status = "COMPLETED"
	Cancelled Status = "CANCELLED"
)

// Action is something that somebody does with a placement.
type Action string

// The actions, in the order in which they come.
const (
	Place    Action = "PLACE"
	Update   Action = "UPDATE"
	Start    Action = "START"
	Extend   Action = "EXTEND"
	Complete Action = "COMPLETE"
	Cancel   Action = "CANCEL"
)

// Actions are all of them, in that order.
var Actions = []Action{Place, Update, Start, Extend, Complete, Cancel}

// Role is what somebody is to one placement.
type Role uint8

// The roles.
const (
	School Role = 1 << iota // the office of the university or school where the student is enrolled
	Host                    // the office of the host of the base
	Admin
)

var roleNames = []struct {
	role   Role
	en, zh string
}{
	{School, "the office of where the student is enrolled", "学生所在学校的办公室"},
	{Host, "the office of the host", "依托单位的办公室"},
	{Admin, "an administrator", "管理员"},
}

// names lists the roles of a set.
func (r Role) names() registration.Wording {
	var en, zh []string
	for _, n := range roleNames {
		if r&n.role != 0 {
			en, zh = append(en, n.en), append(zh, n.zh)
		}
	}
	return registration.Wording{En: strings.Join(en, " or "), Zh: strings.Join(zh, "或")}
}

// Transition is a row of Table: who may do what where, what must hold for it, and where it leads.
type Transition struct {
	Action Action
	From   []Status // any of these
	To     Status   // "": as it was
	Who    Role
	Guards []Guard
}

// Where several rows begin, and what must hold wherever a student is to be at a base.
var (
	open   = []Status{Planned, Active}
	placed = []Guard{notErased, notTwice, baseTakes, offered, served, roomLeft, policiesMet}
)

// Table is every step there is.
var Table = []Transition{
	{Place, []Status{Absent}, Planned, School | Admin, slices.Concat([]Guard{wellFormed}, placed)},
	{Update, open, "", School | Admin, slices.Concat([]Guard{seenVersion, wellFormed, daysStay}, placed)},
	{Start, []Status{Planned}, Active, School | Host | Admin, []Guard{seenVersion, begins, notTwice, baseTakes, offered, served, roomLeft}},
	{Extend, open, "", School | Admin, slices.Concat([]Guard{seenVersion, longer}, placed)},
	{Complete, []Status{Active}, Completed, School | Host | Admin, []Guard{seenVersion, over}},
	{Cancel, open, Cancelled, School | Host | Admin, []Guard{seenVersion, reasonGiven}},
}

// row is the row of an action where a placement stands.
func row(s Status, a Action) (Transition, bool) {
	for _, t := range Table {
		if t.Action == a && slices.Contains(t.From, s) {
			return t, true
		}
	}
	return Transition{}, false
}

// where lists the statuses in which an action is possible.
func where(a Action) string {
	var out []string
	for _, t := range Table {
		for _, s := range t.From {
			if t.Action == a {
				out = append(out, shows(s))
			}
		}
	}
	return strings.Join(out, ", ")
}

func shows(s Status) string {
	if s == Absent {
		return "not there yet"
	}
	return string(s)
}
