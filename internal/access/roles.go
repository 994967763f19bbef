package access

// Roles is a set of roles.
type Roles uint8

// The roles. Each sees what the public sees, and more.
const (
	Analyst  Roles = 1 << iota // placements and students, without who they are
	Office                     // all of the organisations in Viewer.Offices
	Reviewer                   // the registrations sent to those in Viewer.Reviews
	Admin                      // everything
)

// All is every role.
const All = Analyst | Office | Reviewer | Admin

var names = map[Roles]string{Analyst: "analyst", Office: "office", Reviewer: "reviewer", Admin: "admin"}

// Has says whether all of these roles are in the set.
func (r Roles) Has(these Roles) bool { return r&these == these }

// Names lists the roles of the set, in the order in which they are declared.
func (r Roles) Names() []string {
	out := []string{}
	for one := Analyst; one <= Admin; one <<= 1 {
		if r.Has(one) {
			out = append(out, names[one])
		}
	}
	return out
}

// RoleNamed is the role with this name.
func RoleNamed(name string) (Roles, bool) {
	for r, n := range names {
		if n == name {
			return r, true
		}
	}
	return 0, false
}
