package oracle

import (
	"fmt"
	"strings"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

func where(args arguments) any { return args["where"] }

// meets holds a thing against a where-input: every one of its fields must be met. Null asks for nothing.
func (x *execution) meets(of *graphmap.Type, t *thing, where any) bool {
	fields, _ := where.(map[string]any)
	for name, v := range fields {
		if v != nil && !x.meetsField(of, t, name, v) {
			return false
		}
	}
	return true
}

func (x *execution) meetsField(of *graphmap.Type, t *thing, name string, v any) bool {
	switch name {
	case "and":
		for _, w := range list(v) {
			if !x.meets(of, t, w) {
				return false
			}
		}
		return true
	case "or":
		for _, w := range list(v) {
			if x.meets(of, t, w) {
				return true
			}
		}
		return false
	case "not":
		return !x.meets(of, t, v)
	}
	conditions := v.(map[string]any)
	f := of.Field(name)
	for op, want := range conditions {
		if want == nil {
			continue
		}
		if len(f.Hops) > 0 {
			if !x.linked(f, t, op, want) {
				return false
			}
			continue
		}
		have := property(f, t.properties)
		if f.Computed == "SOURCE_COUNT" {
			have = sourceCount(t.properties)
		}
		if !compares(have, op, want) {
			return false
		}
	}
	return true
}

// linked holds what is behind a connection against a filter, on the same day.
func (x *execution) linked(f *graphmap.Field, t *thing, quantity string, where any) bool {
	paths := x.reach(t, switchedOn(f, nil), f.Target.Node)
	met := 0
	for _, p := range paths {
		if x.meets(f.Target.Node, p.end(), where) {
			met++
		}
	}
	switch quantity {
	case "some":
		return met > 0
	case "none":
		return met == 0
	case "every":
		return met == len(paths)
	}
	panic("no quantity " + quantity)
}

// compares holds a value against another. What is absent meets nothing.
func compares(have any, op string, want any) bool {
	if have == nil {
		return false
	}
	switch op {
	case "eq":
		return same(have, want)
	case "in":
		for _, w := range list(want) {
			if same(have, w) {
				return true
			}
		}
		return false
	case "contains":
		return strings.Contains(strings.ToLower(have.(string)), strings.ToLower(textOf(want)))
	case "gte":
		return whole(have) >= whole(want)
	case "lte":
		return whole(have) <= whole(want)
	}
	panic("no comparison " + op)
}

func same(have, want any) bool { return fmt.Sprint(have) == fmt.Sprint(want) }
