package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Source is what the rows of a page are.
type Source interface{ source() }

// Hops are the things reached from the subject by a traversal. One hop gives a row for each relationship; more hops, or
// one that repeats, give a row for each thing reached, with all paths to it.
type Hops struct {
	Steps []Step
	// Label that the thing reached must have.
	Label string
	// Types that the thing reached may be of.
	Types []string
	// Dated tells whether the thing reached may begin or end.
	Dated bool
}

// Single tells whether a row stands for one relationship.
func (h *Hops) Single() bool {
	return len(h.Steps) == 1 && h.Steps[0].Least == 1 && h.Steps[0].Most == 1
}

// Step is one hop that is switched on.
type Step struct {
	Over        string
	Out         bool
	Least, Most int
	Through     string   // label of the things reached; "" for any
	Reaches     []string // types of the things that it may lead to
}

// All are all things under a label.
type All struct {
	Label string
	Dated bool
}

// Search are the things whose names match a text.
type Search struct {
	Text   Input[string] // as the person wrote it
	Labels []string      // types to look for; all when empty
}

// Between are the paths between two things.
type Between struct {
	From, To Input[string]
	Over     []string // relationship types; all when empty
	Most     int
	Shortest bool
}

// Changes are the things and relationships that began or ended between two days.
type Changes struct {
	From, Until   Input[network.Day]
	Things        []string // labels; nil: all of them
	Relationships []string // types; nil: all of them
	NoThings      bool
	NoTies        bool
	Begins, Ends  map[string]string // label → the property that states the first and the last day
}

func (*Hops) source()    {}
func (*All) source()     {}
func (*Search) source()  {}
func (*Between) source() {}
func (*Changes) source() {}

// Column is one value that is read of a subject.
type Column interface{ column() }

// Property is a property of the subject; Else is read when it is absent.
type Property struct{ Name, Else string }

// TypeOf is the type of the subject, among Types.
type TypeOf struct{ Types []string }

// Computed is what the subject's own data amount to: CERTAINTY, RELATIONSHIP_TYPE, LENGTH.
type Computed struct{ As string }

// Span is since or until of an edge that several relationships make true: those of the path that begins first, and of
// the path that ends last.
type Span struct{ Until bool }

// Named is a value of the row by its name, such as the score of a search hit.
type Named struct{ Name string }

// Zip reads the parallel lists of the subject, one selection for each place. Value: a list of lists.
type Zip struct {
	Length string // the list that tells how long they all are
	Of     *Selection
}

// Globe reads a point. Value: a list, or null.
type Globe struct {
	Property string
	Of       *Selection
}

// Lookup is the thing whose id the subject's property holds. Value: a list, or null.
type Lookup struct {
	Property string
	Label    string
	Of       *Selection
}

// Link is the one thing reached by a traversal, the one that was reached last if there are several. Value: a list, or null.
type Link struct {
	Hops *Hops
	// Labels that the subject must have for the hops to make sense; "" when it always has.
	If []string
	Of *Selection
}

// Connection is a page of the things reached from the subject. Value: the page's list.
type Connection struct {
	If   []string // as for Link
	Page *Page
}

// Node is the thing of an edge's row, or of a row that names it. Value: a list, or null.
type Node struct {
	Name string // "" for the thing of the edge; START and END for the ends of a relationship; else a named value
	Of   *Selection
}

// Here is a value of the thing that Node would be, read beside the row's own values. Value: that of the column.
type Here struct {
	Name string // as for Node
	Column
}

// Tie is a relationship that a row names. Value: a list, or null.
type Tie struct {
	Name string
	Of   *Selection
}

// Route is the path of a row. Value: a list.
type Route struct{ Of *Selection }

// Paths are the paths behind an edge, shortest first. Value: a list of lists.
type Paths struct {
	Limit Input[int]
	Of    *Selection
}

// Each is a selection for each element of a list that the row names. Value: a list of lists.
type Each struct {
	Name  string
	Over  Subject
	Limit Input[int] // of the first ones only; not given: all
	Of    *Selection
}

// Subject is what an element of a list is.
type Subject string

// What an element may be.
const (
	Things Subject = "thing"
	Ties   Subject = "relationship"
	Rows   Subject = "row"
)

// Told is what code answers of a thing, from what is kept of it. Value: what the compiler has it read.
type Told struct {
	Name  string // Type.field
	If    []string
	Field graphql.CollectedField
}

func (*Told) column()       {}
func (*Property) column()   {}
func (*TypeOf) column()     {}
func (*Computed) column()   {}
func (*Span) column()       {}
func (*Named) column()      {}
func (*Zip) column()        {}
func (*Globe) column()      {}
func (*Lookup) column()     {}
func (*Link) column()       {}
func (*Connection) column() {}
func (*Node) column()       {}
func (*Tie) column()        {}
func (*Route) column()      {}
func (*Paths) column()      {}
func (*Each) column()       {}
