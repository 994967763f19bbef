package access

// Condition says of which things something is so. It is data: the compiler writes it as a part of each statement.
type Condition interface{ condition() }

// Never holds for nothing, Always for everything.
type (
	Never  struct{}
	Always struct{}
)

// Having holds for what has one of the values in a property; Absent: also for what has none.
type Having struct {
	Property string
	Values   []string
	Absent   bool
}

// Tied holds for what a walk leads from to one of the viewer's organisations, on whichever days its relationships hold:
// an office sees what is its own, and what was.
type Tied struct {
	Walk []Step
	To   Scope
}

// Step is one relationship of a walk, or several of a type one after another.
type Step struct {
	Over        string
	Out         bool
	Least, Most int
}

// Scope names a list of ids of the viewer's.
type Scope string

// The lists of a viewer.
const (
	Offices Scope = "offices"
	Reviews Scope = "reviews"
)

// Either holds for what meets one of the conditions, Both for what meets them all.
type (
	Either []Condition
	Both   []Condition
)

// Not holds for what doesn't meet the condition.
type Not struct{ Of Condition }

func (Never) condition()  {}
func (Always) condition() {}
func (Having) condition() {}
func (Tied) condition()   {}
func (Either) condition() {}
func (Both) condition()   {}
func (Not) condition()    {}

// either simplifies: nothing is left to ask where something always holds.
func either(of ...Condition) Condition {
	var kept Either
	for _, c := range of {
		switch c := c.(type) {
		case nil, Never:
		case Always:
			return c
		case Either:
			kept = append(kept, c...)
		default:
			kept = append(kept, c)
		}
	}
	switch len(kept) {
	case 0:
		return Never{}
	case 1:
		return kept[0]
	}
	return kept
}
