// Package bookmark carries what a client has written through the instances it asks: a read that is given the bookmark
// of a write sees what was written, whichever member of the database answers it.
package bookmark

import "slices"

// Bookmark is a state of the database; the zero value is any state. Clients see it as text that means nothing to them: see Seal.
type Bookmark struct {
	marks []string // the driver's, in whose form the database gave them
}

// Bounds of what a client may hand in.
const (
	longest = 2 << 10
	most    = 16
)

// Of makes a bookmark of the driver's.
func Of(marks []string) Bookmark { return Bookmark{slices.Clone(marks)} }

// Marks gives the driver's own.
func (b Bookmark) Marks() []string { return slices.Clone(b.marks) }

// None tells whether the bookmark asks for no state in particular.
func (b Bookmark) None() bool { return len(b.marks) == 0 }
