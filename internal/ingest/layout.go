package ingest

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// column is one field that an entry of a file may have, and the property that holds it. Reading and writing follow the
// same columns, so that one inverts the other.
type column struct {
	name     string
	property string
	of       string // the scalar, the enum, or the type of the thing that is meant
	refers   bool   // to a thing, by its id
	list     bool
	required bool
	absent   any                // what is stored when the file doesn't say, if anything
	check    func(string) error // what its text must meet besides, if anything
	parts    []column           // of a point, and of aliases and evidence, each of which is a row of parallel lists
	point    bool
}

// kept are the fields that the server keeps by itself.
var kept = []string{"createdAt", "updatedAt", "version", "sourceCount"}

// thingColumns lists what a file may say of a thing, in the order it is written: what it is called, what its type says
// of it, what is said of any thing, and who says so.
func thingColumns(t *graphmap.Type) []column {
	var named, own, general, items []column
	for _, f := range t.Fields {
		if !f.IsHeld() || slices.Contains(kept, f.Name) {
			continue
		}
		switch c := columnOf(f); {
		case f.Name == "id":
			c.check = isIDOf(t)
			named = append(named, c)
		case f.Name == "name" || f.Name == "nameZh":
			named = append(named, c)
		case f.Name == t.Survivor:
			c.of, c.refers = t.Name, true
			own = append(own, c)
		case c.parts != nil && !c.point:
			items = append(items, c)
		case f.Owner == t.Name:
			own = append(own, c)
		default:
			general = append(general, c)
		}
	}
	return slices.Concat(named, own, general, items)
}

// tieColumns lists what a file may say of a relationship, in the order it is written.
func tieColumns(m *graphmap.Map, rel *graphmap.Rel) []column {
	out := []column{
		{name: "from", property: "from", of: "Node", refers: true, required: true},
		{name: "to", property: "to", of: "Node", refers: true, required: true},
		{name: "key", property: "key", of: "String", check: isKey},
	}
	for _, name := range slices.Concat(rel.Properties, []string{"since", "until", "evidence"}) {
		out = append(out, columnOf(m.Types["Relationship"].Field(name)))
	}
	return out
}

// headingColumns lists what dataset.yaml says.
func headingColumns() []column {
	return []column{
		{name: "name", property: "name", of: "String", required: true},
		{name: "recordedBy", property: "recordedBy", of: "String", required: true},
		{name: "recordedAt", property: "recordedAt", of: "DateTime", required: true},
	}
}

func columnOf(f *graphmap.Field) column {
	c := column{name: f.Name, property: f.Property, of: f.Type.Name(), check: checks[f.Name]}
	c.list, c.required = f.Type.Elem != nil, f.Type.NonNull
	switch {
	case f.Target == nil && c.of == "Boolean" && c.required:
		c.required, c.absent = false, false
	case f.Target == nil:
	case f.Target.Kind == graphmap.Item:
		c.list, c.required, c.parts = false, false, partsOf(f.Target)
		c.parts[0].required = true // an alias is nothing without its name, evidence nothing without its source
		c.property = c.parts[0].property
	case f.Target.Kind == graphmap.Point:
		c.point, c.parts = true, partsOf(f.Target)
	default:
		c.refers = true
	}
	return c
}

func partsOf(t *graphmap.Type) []column {
	var out []column
	for _, f := range t.Fields {
		out = append(out, columnOf(f))
	}
	return out
}
