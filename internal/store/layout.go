package store

import (
	"slices"
	"strconv"
	"strings"
)

// layout says for each kind of element where the rows of a load hold its properties. Rows that hold values only are half
// as long as rows that name them.
type layout map[string]columns

// columns are the places of properties in a row. A property that comes up later gets the next place: rows before end
// earlier, which to the database is a value that isn't there.
type columns map[string]int

func (l layout) of(kind string) columns {
	if l[kind] == nil {
		l[kind] = columns{}
	}
	return l[kind]
}

// row is a row of values: where a relationship leads, then the properties.
func (c columns) row(properties map[string]any, ends ...any) []any {
	var added []string
	for name := range properties {
		if _, placed := c[name]; !placed {
			added = append(added, name)
		}
	}
	slices.Sort(added) // so that the next load runs the same statements
	for _, name := range added {
		c[name] = len(c)
	}
	row := make([]any, len(ends)+len(c))
	copy(row, ends)
	for name, v := range properties {
		row[len(ends)+c[name]] = parameter(v)
	}
	return row
}

// text writes the properties that a row holds behind so many ends: `id`: row[2], `since`: row[3].
func (c columns) text(ends int) string {
	out := make([]string, len(c))
	for name, i := range c {
		out[i] = quoted([]string{name}) + ": row[" + strconv.Itoa(ends+i) + "]"
	}
	return strings.Join(out, ", ")
}
