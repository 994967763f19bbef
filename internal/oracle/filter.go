package oracle

import "github.com/partnergraph/partnergraph/internal/graphmap"

func where(args arguments) any { return args["where"] }

// asksNothing tells whether a where-input is absent, or names no field but with null.
func asksNothing(where any) bool {
	fields, _ := where.(map[string]any)
	for _, v := range fields {
		if v != nil {
			return false
		}
	}
	return true
}

// meets holds a row, a thing and what ties it to where its list is asked, against a where-input: every one of its fields
// must be met. Null asks for nothing.
func (x *execution) meets(of *graphmap.Type, r row, where any) bool {
	fields, _ := where.(map[string]any)
	for name, v := range fields {
		if v != nil && !x.meetsField(of, r, name, v) {
			return false
		}
	}
	return true
}

func (x *execution) meetsField(of *graphmap.Type, r row, name string, v any) bool {
	switch name {
	case "and":
		for _, w := range list(v) {
			if !x.meets(of, r, w) {
				return false
			}
		}
		return true
	case "or":
		for _, w := range list(v) {
			if x.meets(of, r, w) {
				return true
			}
		}
		return false
	case "not":
		return !x.meets(of, r, v)
	case "edge":
		return x.meetsEdge(r.tie(), v)
	case "near":
		return x.isNear(r.node.(*thing), v.(map[string]any))
	case "inside":
		return x.isInside(r.node.(*thing), textOf(v))
	}
	f, filter := of.Field(name), v.(map[string]any)
	switch {
	case of.Kind == graphmap.Row && f.Target != nil:
		return x.about(r.node.(record).field(f.Name), f.Target, filter)
	case len(f.Hops) == 0:
		return compares(f, x.valueOf(f, r.node), filter)
	case f.Target.Kind == graphmap.Connection:
		return x.linked(f, r.node.(*thing), filter)
	}
	p := x.latest(f, r.node.(*thing), nil)
	return p != nil && x.meets(f.Target, row{node: p.end()}, filter)
}

// about holds the thing or relationship that a record is about against a filter; none meets nothing.
func (x *execution) about(what any, of *graphmap.Type, filter map[string]any) bool {
	switch what := what.(type) {
	case *thing:
		return x.meets(of, row{node: what}, filter)
	case *tie:
		return x.meetsEdge(what, filter)
	}
	return false
}

// meetsEdge holds a relationship against a filter.
func (x *execution) meetsEdge(t *tie, where any) bool {
	fields, _ := where.(map[string]any)
	for name, v := range fields {
		if v == nil {
			continue
		}
		met := false
		switch name {
		case "and":
			met = true
			for _, w := range list(v) {
				met = met && x.meetsEdge(t, w)
			}
		case "or":
			for _, w := range list(v) {
				met = met || x.meetsEdge(t, w)
			}
		case "not":
			met = !x.meetsEdge(t, v)
		default:
			f := x.Map.Types["Relationship"].Field(name)
			met = compares(f, x.ofTie(f, t), v.(map[string]any))
		}
		if !met {
			return false
		}
	}
	return true
}

// linked holds the rows behind a connection against a filter, on the same days.
func (x *execution) linked(f *graphmap.Field, t *thing, filter map[string]any) bool {
	rows := x.behind(f, t, nil)
	count := func(where any) int {
		met := 0
		for _, r := range rows {
			if x.meets(f.Target.Node, r, where) {
				met++
			}
		}
		return met
	}
	for name, v := range filter {
		if v == nil {
			continue
		}
		met := true
		switch name {
		case "some":
			met = count(v) > 0
		case "none":
			met = count(v) == 0
		case "every":
			met = count(v) == len(rows)
		case "count":
			met = compares(x.Map.Types["Node"].Field("sourceCount"), count(filter["where"]), v.(map[string]any))
		}
		if !met {
			return false
		}
	}
	return true
}

// valueOf is what holds a field of a thing or a record that is one value; nil when it is absent.
func (x *execution) valueOf(f *graphmap.Field, of any) any {
	t, isThing := of.(*thing)
	switch {
	case !isThing:
		return of.(record).field(f.Name)
	case f.Computed == "SOURCE_COUNT":
		return sourceCount(t.properties)
	}
	return property(f, t.properties)
}
