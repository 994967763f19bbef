package ingest

import (
	"fmt"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/network"
)

// ForOne is a completer of elements that have nothing to do with those that c was given.
func (c *Completer) ForOne() *Completer {
	return &Completer{remembered: remembered{map[string]network.Day{}, map[string]network.Day{}}, m: c.m, types: c.types, columns: c.columns}
}

// Stated is what somebody said of an element, taken from all that is stored of it: what Complete completes. Its kind is
// the label of a thing or the type of a relationship.
func (c *Completer) Stated(kind string, stored map[string]any) map[string]any {
	out := map[string]any{"id": stored["id"]}
	for _, property := range c.stored(kind) {
		if v := stored[property]; v != nil {
			out[property] = v
		}
	}
	for _, column := range c.columns[kind] {
		if column.absent != nil && out[column.property] == nil {
			out[column.property] = column.absent
		}
	}
	return out
}

// stored lists the properties that hold what is said of an element.
func (c *Completer) stored(kind string) []string {
	var out []string
	for _, column := range c.columns[kind] {
		if column.parts == nil || column.point {
			out = append(out, column.property)
			continue
		}
		for _, part := range column.parts {
			out = append(out, part.property)
		}
	}
	return out
}

// Fields gives what is said of an element by the names that the schema has for it, its aliases and evidence as lists of
// maps.
func (c *Completer) Fields(kind string, stored map[string]any) map[string]any {
	out := map[string]any{}
	for _, column := range c.columns[kind] {
		v := stored[column.property]
		switch {
		case v == nil:
		case column.parts != nil && !column.point:
			if rows := rowsOf(column, stored); len(rows) > 0 {
				out[column.name] = rows
			}
		default:
			out[column.name] = v
		}
	}
	return out
}

func rowsOf(c column, stored map[string]any) []any {
	var out []any
	for _, part := range c.parts {
		put := func(i int, v any) {
			for len(out) <= i {
				out = append(out, map[string]any{})
			}
			if v != "" {
				out[i].(map[string]any)[part.name] = v
			}
		}
		switch list := stored[part.property].(type) {
		case []string:
			for i, v := range list {
				put(i, v)
			}
		case []time.Time:
			for i, v := range list {
				put(i, v)
			}
		}
	}
	return out
}

// Fits holds properties against what the schema says of an element: each is one of its own, and of its type.
func (c *Completer) Fits(kind string, properties map[string]any) error {
	if c.columns[kind] == nil {
		return fmt.Errorf("the schema has no %s", kind)
	}
	columns := map[string]column{}
	for _, column := range c.columns[kind] {
		if column.parts == nil || column.point {
			columns[column.property] = column
			continue
		}
		for _, part := range column.parts {
			part.list = true
			columns[part.property] = part
			if n, all := lengthOf(properties[part.property]), lengthOf(properties[column.property]); n != all {
				return fmt.Errorf("%s has %d of %s beside %d of %s", kind, n, part.property, all, column.property)
			}
		}
	}
	for property, v := range properties {
		column, known := columns[property]
		switch {
		case !known:
			return fmt.Errorf("%s has no property %s", kind, property)
		case v != nil && !c.isOf(column, v):
			return fmt.Errorf("%s.%s is %s, and can't hold the %T %v", kind, property, column.wants(), v, v)
		}
	}
	for property, column := range columns {
		if v, given := properties[property]; column.required && !column.list && (!given || v == "") {
			return fmt.Errorf("%s lacks %s", kind, property)
		}
	}
	return nil
}

func lengthOf(list any) int {
	switch list := list.(type) {
	case []string:
		return len(list)
	case []time.Time:
		return len(list)
	}
	return 0
}

func (c *Completer) isOf(column column, v any) bool {
	switch v := v.(type) {
	case []string:
		return column.list
	case []time.Time:
		return column.list && column.of == "DateTime"
	case time.Time:
		return !column.list && column.of == "DateTime"
	case network.Point:
		return column.point
	case int64:
		return column.of == "Int"
	case float64:
		return column.of == "Float"
	case bool:
		return column.of == "Boolean"
	case string:
		if d := c.m.Schema.Types[column.of]; d != nil && d.Kind == ast.Enum {
			return isOneOf(d, v) == nil
		}
		switch column.of {
		case "PartialDate":
			_, err := network.ParsePartialDate(v)
			return err == nil
		default:
			return !column.list && (column.of == "String" || column.of == "ID" || column.refers) && (column.check == nil || column.check(v) == nil)
		}
	}
	return false
}

// Unfit says why a value that somebody gives can't be a property of a thing or tie of a kind: what would be right. It is
// "" for one that can be.
func (c *Completer) Unfit(kind, property string, v any) string {
	for _, column := range c.columns[kind] {
		if column.property != property {
			continue
		}
		if s, ok := v.(string); ok && column.check != nil {
			if err := column.check(s); err != nil {
				return err.Error()
			}
		}
		if !c.isOf(column, v) {
			return fmt.Sprintf("%v is not %s", v, column.wants())
		}
		return ""
	}
	return "there is no such property"
}
