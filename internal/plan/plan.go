// Package plan turns the selection of one root field into a plan: what to start at, which hops to follow, what to read
// at each thing, and where each value goes in the answer. It knows GraphQL and the map of the graph, and no Cypher:
// package compile writes a plan as one statement, package answer writes the record that comes back as JSON.
package plan

import (
	"slices"
	"strconv"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Plan answers one root field with one statement.
type Plan struct {
	Field string // the root field, for logs and errors
	Days  Days
	Sight Sight
	Start Start

	pins   []Input[int]
	inputs []Bound
}

// Check reads all inputs, for a request must give them rightly whether or not its statement takes them.
func (p *Plan) Check(v *Values) error {
	for _, in := range p.inputs {
		if _, err := in.Bind(v); err != nil {
			return err
		}
	}
	return nil
}

// Days are what a plan looks at: the facts that hold on any of them. A single day is the first and the last.
type Days struct{ First, Last Input[network.Day] }

// Pinned names the values of those inputs that shape the plan although they are numbers, such as the length of a path.
// A plan holds for other values of its inputs only as long as these are the same.
func (p *Plan) Pinned(v *Values) (string, error) {
	out := ""
	for _, pin := range p.pins {
		n, err := pin.Read(v)
		if err != nil {
			return "", err
		}
		out += strconv.Itoa(n) + " "
	}
	return out, nil
}

// Start is where a plan begins. The record that comes back holds one value, of the form that its doc comment gives.
type Start interface{ start() }

// ByID begins at the thing with an id. Value: the selection's list, or no record.
type ByID struct {
	Label    string
	ID       Input[string]
	Survivor string // the property with the id of the thing that answers instead; "" when none does
	Of       *Selection
}

// ByIDs begins at the things with the ids. Value: a list in the order of the ids, null where there is none.
type ByIDs struct {
	Label    string
	IDs      Input[[]string]
	Survivor string // as of ByID
	Of       *Selection
}

// List begins at a source of rows and answers one page of it. Value: the page's list.
type List struct{ Page *Page }

// Around is a thing and what is around it. Value: the list of Parts, in their order.
type Around struct {
	ID    Input[string]
	Depth int
	Over  []string // relationship types; all when empty
	Limit Input[int]
	Of    *Selection
}

// Tally counts things and relationships by type. Value: the selection's list.
type Tally struct {
	Types []string // all types of things
	Of    *Selection
}

func (*ByID) start()   {}
func (*ByIDs) start()  {}
func (*List) start()   {}
func (*Around) start() {}
func (*Tally) start()  {}

// Selection is what is read of one subject. Its value is the list of its columns' values.
type Selection struct {
	Columns []Column // those of the row around it, if it is read Here
	// Type is the column that holds the type of the subject; -1 when there is only one case.
	Type  int
	Cases []Case
}

// Case is the answer for the subjects of some types; Types is empty when it holds for all.
type Case struct {
	Types  []string
	Fields []Field
}

// Field is one field of an answer.
type Field struct {
	Key      string // response key
	Column   int    // where its value stands among the columns; see IsConstant and IsCursor
	Constant string
	Value    Value
	Here     *Selection // an object whose values stand in the same row; nil: Column has what is asked
}

// What a field may be instead of a column.
const (
	constantColumn = -1
	typeColumn     = -2 // until it is known in which column the type stands
	cursorColumn   = -3
)

// IsConstant tells whether the field is the same for every subject.
func (f Field) IsConstant() bool { return f.Column == constantColumn }

// IsCursor tells whether the field is the cursor of an edge, which is made of the order's keys.
func (f Field) IsCursor() bool { return f.Column == cursorColumn }

// Value says how the value of a column becomes JSON.
type Value struct {
	Scalar   string // name of the GraphQL scalar or enum; "" for an object, whose column says what it is
	List     bool
	NonNull  bool
	ElemNull bool // whether an element of the list may be null
}

// Page is one page of a list: of a connection or of a root field. Its value is a list of Parts.
type Page struct {
	Source   Source
	Filter   Filter // nil: none
	Order    []Key  // the last key is unique, so that a cursor is a place
	Backward bool   // the last rows rather than the first
	Limit    Input[int]
	After    Input[[]any] // values of Order; not given: from the start
	Before   Input[[]any] // values of Order; not given: to the end
	Parts    Parts
	Columns  []Column // of one row; the first len(Order) hold the order key if Keys is set
	Keys     bool
	Amounts  []*Selection // what all rows amount to: of Measured and Grouped columns; a part each, after the others
	Fields   []PageField
}

// Parts says which values a page holds, in this order; each is present only if asked for.
type Parts struct {
	Rows    bool // Limit+1 rows: the one too many says that there is more
	Total   bool // how many there are
	Earlier bool // whether something lies before After
	Later   bool // whether something lies behind Before
}

// PageField is one field of the connection object.
type PageField struct {
	Key     string
	Part    PagePart
	Name    string     // of pageInfo's and constant fields
	Edge    []Case     // of edges: over the page's columns
	Here    *Selection // of nodes: what is read of each thing; nil: they are paths or rows, and Node has them
	Node    int        // of nodes: the column; of aggregates: which of the page's Amounts
	Info    []PageField
	NonNull bool // of PageTotal
}

// PagePart is which part of a connection object a field answers.
type PagePart int

// The parts of a connection object.
const (
	PageEdges PagePart = iota
	PageNodes
	PageInfo
	PageTotal
	PageAmount
	PageTypename
)

// Covers tells whether the case is for things of a type.
func (c *Case) Covers(typeName string) bool {
	return len(c.Types) == 0 || slices.Contains(c.Types, typeName)
}
