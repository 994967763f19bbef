package registration

import (
	"bytes"
	"slices"
)

// Change is a field in which two contents differ; what is absent is nil.
type Change struct {
	Field  []string `json:"field"` // the path; elements of lists by what they are known by
	Before any      `json:"before"`
	After  any      `json:"after"`
}

// Difference says how b differs from a, field by field, in the order of the form. Elements of lists that are known by
// something (a discipline, a post) are compared with their like; others came or went.
func Difference(a, b Content) []Change {
	return difference(Fields, inOrder(a.clean()), inOrder(b.clean()), nil)
}

func difference(f Field, a, b any, path []string) []Change {
	var out []Change
	switch {
	case bytes.Equal(encode(a), encode(b)):
	case f.List > 0:
		return differentElements(f, a, b, path)
	case f.Kind == Object:
		before, _ := a.(map[string]any)
		after, _ := b.(map[string]any)
		for _, g := range f.Fields {
			out = append(out, difference(g, before[g.Name], after[g.Name], at(path, g.Name))...)
		}
	default:
		out = []Change{{Field: path, Before: a, After: b}}
	}
	return out
}

func differentElements(f Field, a, b any, path []string) []Change {
	before, _ := a.([]any)
	after, _ := b.([]any)
	after = slices.Clone(after)
	where := func(e any) []string {
		if f.Key == "" {
			return path
		}
		return at(path, nameOf(f, e))
	}
	var out []Change
	for _, e := range before {
		like := slices.IndexFunc(after, func(g any) bool { return nameOf(f, g) == nameOf(f, e) })
		if like < 0 {
			out = append(out, Change{Field: where(e), Before: e})
			continue
		}
		out = append(out, difference(f.element(), e, after[like], where(e))...)
		after = slices.Delete(after, like, like+1)
	}
	for _, e := range after {
		out = append(out, Change{Field: where(e), After: e})
	}
	return out
}
