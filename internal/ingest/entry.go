package ingest

import (
	"errors"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/partnergraph/partnergraph/internal/network"
)

// entry is one mapping of a file, read.
type entry struct {
	file       string
	of         string // what it is, for people: University, MEMBER_OF, evidence
	within     string // the field it stands in, with a dot
	line       int
	lines      map[string]int // of its fields
	properties map[string]any
}

// entry reads a mapping by its columns. What is wrong with a field is among the faults, and the field is left out.
func (r *reader) entry(e entry, n *yaml.Node, columns []column) entry {
	e.line, e.lines, e.properties = n.Line, map[string]int{}, map[string]any{}
	if n.Kind != yaml.MappingNode {
		r.faults.addf(e.file, n.Line, strings.TrimSuffix(e.within, "."), "is %s: write fields with their values: %s", shape(n), strings.Join(namesOf(columns), ", "))
		return e
	}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := slices.IndexFunc(columns, func(c column) bool { return c.name == key.Value })
		switch first, twice := e.lines[key.Value]; {
		case twice:
			r.faults.addf(e.file, key.Line, e.within+key.Value, "stands twice: line %d has it already", first)
			continue
		case at < 0:
			r.faults.add(e.file, key.Line, e.within+key.Value, unknown{"is no field of " + e.of, key.Value, namesOf(columns)})
			continue
		}
		e.lines[key.Value] = key.Line
		r.field(e, columns[at], value)
	}
	for _, c := range columns {
		if _, given := e.lines[c.name]; given {
			continue
		}
		if c.required {
			r.faults.addf(e.file, e.line, e.within+c.name, "is missing: give %s", c.wants())
		} else if c.absent != nil {
			e.properties[c.property] = c.absent
		}
	}
	return e
}

func namesOf(columns []column) []string {
	var out []string
	for _, c := range columns {
		out = append(out, c.name)
	}
	return out
}

// field reads the value of one field into the properties of the entry.
func (r *reader) field(e entry, c column, n *yaml.Node) {
	switch {
	case isEmpty(n) && c.required:
		r.faults.addf(e.file, n.Line, e.within+c.name, "is empty: give %s", c.wants())
	case isEmpty(n):
		r.faults.addf(e.file, n.Line, e.within+c.name, "is empty: give %s or leave the field out", c.wants())
	case c.point:
		part := r.entry(entry{file: e.file, of: c.name, within: e.within + c.name + "."}, n, c.parts)
		north, _ := part.properties["latitude"].(float64)
		east, _ := part.properties["longitude"].(float64)
		e.properties[c.property] = network.Point{Latitude: north, Longitude: east}
	case c.parts != nil:
		r.each(e, c, n, func(item *yaml.Node) {
			r.row(e.properties, c, r.entry(entry{file: e.file, of: c.name, within: e.within + c.name + "."}, item, c.parts))
		})
	case c.list:
		list, one := []string{}, c
		one.list = false
		r.each(e, c, n, func(item *yaml.Node) {
			v := r.single(e, one, item)
			s, ok := v.(string)
			if v != nil && !ok {
				r.faults.addf(e.file, item.Line, e.within+c.name, "a dataset has no form for a list of %s", c.of)
			}
			list = append(list, s)
		})
		e.properties[c.property] = list
	default:
		if v := r.single(e, c, n); v != nil {
			e.properties[c.property] = v
		}
	}
}

// each reads the items of a list.
func (r *reader) each(e entry, c column, n *yaml.Node, read func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		r.faults.addf(e.file, n.Line, e.within+c.name, "is %s: write %s", shape(n), c.wants())
		return
	}
	for _, item := range n.Content {
		if isEmpty(item) {
			r.faults.addf(e.file, item.Line, e.within+c.name, "holds nothing here: fill the line or take it out")
			continue
		}
		read(item)
	}
}

// isEmpty tells whether a node says nothing.
func isEmpty(n *yaml.Node) bool {
	switch n.Kind {
	case yaml.ScalarNode:
		return n.Tag == "!!null" || strings.TrimSpace(n.Value) == ""
	case yaml.AliasNode:
		return false
	}
	return len(n.Content) == 0
}

// row adds an alias or a piece of evidence to the parallel lists. What it doesn't say is as the heading has it.
func (r *reader) row(properties map[string]any, c column, item entry) {
	for _, part := range c.parts {
		v, given := item.properties[part.property]
		if !given {
			v = r.heading[part.property]
		}
		if part.of == "DateTime" {
			t, _ := v.(time.Time)
			list, _ := properties[part.property].([]time.Time)
			properties[part.property] = append(list, t)
			continue
		}
		s, _ := v.(string)
		list, _ := properties[part.property].([]string)
		properties[part.property] = append(list, s)
	}
}

// single reads one value; nil when it is wrong.
func (r *reader) single(e entry, c column, n *yaml.Node) any {
	v, err := r.value(c, n)
	if err != nil {
		if !errors.Is(err, errUnread) {
			r.faults.add(e.file, n.Line, e.within+c.name, err)
		}
		return nil
	}
	return v
}
