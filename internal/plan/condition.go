package plan

import (
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Filter is which rows are kept.
type Filter interface{ filter() }

// And keeps what meets all.
type And struct{ Of []Filter }

// Or keeps what meets any; nothing when it is empty.
type Or struct{ Of []Filter }

// Not keeps what doesn't meet it; an absent property meets nothing.
type Not struct{ Of Filter }

// Compare holds a value of the thing against another: texts, numbers, moments, words and truths.
type Compare struct {
	Of    *Operand
	Op    Op
	Value Bound
}

// During holds a date of reduced precision against another: both are spans of days.
type During struct {
	Property    string
	Op          Op
	First, Last Input[network.Day]
}

// Present keeps what has a value, or what has none.
type Present struct {
	Of  *Operand
	Not bool
}

// OnEdge holds the relationship behind an edge, rather than the thing, against a filter.
type OnEdge struct{ Of Filter }

// About keeps a record by the thing or relationship that it is about; none meets nothing.
type About struct {
	Name string // what the record calls it
	Tie  bool   // whether that is a relationship
	Of   Filter
}

// Linked keeps a thing by what is behind one of its connections.
type Linked struct {
	Hops  *Hops
	Quant Quant
	Of    Filter // nil: anything
}

// Counted keeps a thing by how many rows behind one of its connections meet a filter.
type Counted struct {
	Hops  *Hops
	Of    Filter // nil: all rows
	Op    Op     // one for numbers
	Value Bound
}

// Near keeps what is within a distance of a point, or of a thing. A thing is at its own position or, without one, at
// those of the places that it is in.
type Near struct {
	Own    bool  // whether the thing may have a position of its own
	Places *Hops // from a thing to the places that it is in
	Point  Input[network.Point]
	Thing  Input[string] // instead of a point: the id
	Meters Input[float64]
}

// Inside keeps what is in a place or a part of it.
type Inside struct {
	Hops  *Hops
	Place Input[string]
}

// Quant is how many of the things behind a connection must meet a filter.
type Quant string

// The quantities.
const (
	Some  Quant = "some"
	None  Quant = "none"
	Every Quant = "every"
	One   Quant = "one" // the one thing that a link leads to
)

// Op is how two values are compared.
type Op string

// The comparisons.
const (
	Eq         Op = "eq"
	In         Op = "in"
	Contains   Op = "contains"
	StartsWith Op = "startsWith"
	Gt         Op = "gt"
	Gte        Op = "gte"
	Lt         Op = "lt"
	Lte        Op = "lte"
)

// Operand is a value of a thing or relationship that is compared, sorted or summed up.
type Operand struct {
	Property string
	Kind     KeyKind
	// Key is the property that holds a text folded; "" when it must be folded as it is read.
	Key string
	// Exact tells that a text is compared as it is: ids and the words of enums.
	Exact bool
}

func operand(f *graphmap.Field) *Operand {
	out := &Operand{Property: f.Property, Key: f.Key()}
	switch f.Type.Name() {
	case "Int":
		out.Kind = Whole
	case "Float":
		out.Kind = Number
	case "Boolean":
		out.Kind = Truth
	case "PartialDate":
		out.Kind = Date
	case "DateTime":
		out.Kind = Moment
	default:
		out.Kind, out.Exact = Text, f.Type.Name() != "String"
	}
	return out
}

func (*And) filter()     {}
func (*Or) filter()      {}
func (*Not) filter()     {}
func (*Compare) filter() {}
func (*During) filter()  {}
func (*Present) filter() {}
func (*OnEdge) filter()  {}
func (*About) filter()   {}
func (*Linked) filter()  {}
func (*Counted) filter() {}
func (*Near) filter()    {}
func (*Inside) filter()  {}
