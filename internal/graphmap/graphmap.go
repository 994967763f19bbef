// Package graphmap reads the map of the graph from the directives of schema.graphqls: which label a type has, which
// property a field, which hops a connection follows. The planner, the import and the tests all read this one map, so
// the schema is the only place that says how the graph is laid out.
package graphmap

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// Kind says what a type of the schema is read from.
type Kind string

// The kinds of types.
const (
	Thing        Kind = "thing"        // a node with a label of its own
	Interface    Kind = "interface"    // several things under one label
	Connection   Kind = "connection"   // a page of a list
	Edge         Kind = "edge"         // one row of a page
	PageInfo     Kind = "page info"    // where a page stands
	Relationship Kind = "relationship" // one relationship
	Path         Kind = "path"         // things joined by relationships
	Item         Kind = "item"         // one place in parallel lists
	Point        Kind = "point"        // a point on the globe
	Row          Kind = "row"          // a row of a fixed question
	Aggregate    Kind = "aggregate"    // what the rows of a list amount to
	Group        Kind = "group"        // a group of the rows of a list
	GroupKey     Kind = "group key"    // what the rows of a group have in common
)

// Map is the layout of the graph.
type Map struct {
	Schema        *ast.Schema
	Types         map[string]*Type
	Relationships map[string]*Rel
	Roots         map[string]*Root
}

// Type is one object or interface of the schema.
type Type struct {
	Name     string
	Kind     Kind
	Label    string   // of things and interfaces
	Prefix   string   // of the ids of things
	Begins   string   // property with the first day, "" if the thing has no beginning
	Ends     string   // property with the last day, "" if the thing has no end
	Survivor string   // property with the id of the thing that it turned out to be, "" if it never does
	Seen     string   // the rule that says who sees a thing
	Written  string   // the rule that says who changes a thing; "" if there are no mutations of it
	Concrete []string // the things it may be, in the order of the schema
	Fields   []*Field
	Node     *Type // of connections and edges: what is on the page
	Def      *ast.Definition

	byName map[string]*Field
}

// Field is one field of a type and how it is read.
type Field struct {
	Name         string
	Owner        string // the type that declared it first: an interface, if the type took it over unchanged
	Type         *ast.Type
	Property     string    // what holds it
	Chinese      string    // the property to prefer when Chinese is asked for
	Folded       bool      // whether a text is stored folded as well
	Confidential bool      // whether only those see it who see the whole thing
	Computed     string    // what is worked out instead
	Resolved     bool      // whether code answers it instead
	Hops         []Hop     // what it follows instead
	Analysis     *Analysis // what it is worked out from instead
	Sure         bool      // whether the hops lead to nothing but what the field answers
	Target       *Type     // what its value is, when it is not a scalar
	Def          *ast.FieldDefinition
}

// Key is the property that holds a text folded; "" when none does.
func (f *Field) Key() string {
	if !f.Folded {
		return ""
	}
	return f.Property + "Key"
}

// Hop is one step of a traversal.
type Hop struct {
	Over    string // relationship type
	Out     bool   // along the relationship
	Least   int
	Most    int
	Through string   // label that every thing reached must have, "" for any
	When    string   // argument that switches the hop on, "" for always
	Reaches []string // the things that it may lead to
}

// Repeats tells whether the hop may be taken other than once.
func (h Hop) Repeats() bool { return h.Least != 1 || h.Most != 1 }

// IsHeld tells whether a property holds the field, rather than hops or work leading to it.
func (f *Field) IsHeld() bool {
	return f.Computed == "" && !f.Resolved && len(f.Hops) == 0 && f.Analysis == nil
}

// Rel is one type of relationship.
type Rel struct {
	Type       string
	Joins      []Join
	Properties []string
	Noun       string // what its mutations are called after; "" if it has none
	At         string // FROM or TO: the end at which it is written
}

// Join is one pair of ends, each a list of things.
type Join struct{ From, To []string }

// Allows tells whether the relationship may join two things of these types.
func (r *Rel) Allows(from, to string) bool {
	for _, j := range r.Joins {
		if slices.Contains(j.From, from) && slices.Contains(j.To, to) {
			return true
		}
	}
	return false
}

// Root is one field of Query.
type Root struct {
	Name   string
	Start  string // ID, IDS, ALL, SEARCH, PATHS, NEIGHBORHOOD, CHANGES, STATS, ENDING, FACTS
	Target *Type
	Def    *ast.FieldDefinition
}

// Field finds a field by name; nil if there is none.
func (t *Type) Field(name string) *Field { return t.byName[name] }

// Things lists the types with a label of their own, in the order of the schema.
func (m *Map) Things() []*Type {
	var out []*Type
	for _, name := range m.Types["Node"].Concrete {
		out = append(out, m.Types[name])
	}
	return out
}

// ByPrefix finds the type of things by the prefix of their ids; nil if there is none.
func (m *Map) ByPrefix(prefix string) *Type {
	for _, t := range m.Things() {
		if t.Prefix == prefix {
			return t
		}
	}
	return nil
}

// Labels lists the labels that a thing of the type carries: its own, then those of its interfaces.
func (m *Map) Labels(t *Type) []string {
	out := []string{t.Label}
	for _, name := range t.Def.Interfaces {
		out = append(out, m.Types[name].Label)
	}
	return out
}

// HasValidity tells whether a thing of the type may begin or end.
func (m *Map) HasValidity(t *Type) bool {
	for _, name := range t.Concrete {
		if c := m.Types[name]; c.Begins != "" || c.Ends != "" {
			return true
		}
	}
	return false
}
