package oracle

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// below draws what is asked of a type. Of narrowed types several stand in one place, so that their fields need names
// of their own.
func (a *asker) below(t *graphmap.Type, narrowed bool, depth int) []*node {
	var out []*node
	for range pick(a.T, []int{2, 1, 3}) {
		if n := a.one(t, narrowed, depth); n != nil {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		out = append(out, &node{head: "__typename"})
	}
	return out
}

func (a *asker) one(t *graphmap.Type, narrowed bool, depth int) *node {
	if a.budget <= 0 {
		return nil
	}
	a.budget--
	switch n := number(a.T, 0, 99); {
	case n < 4:
		return &node{head: "__typename" + a.directives()}
	case n < 8 && narrowed:
		return &node{head: a.alias("__typename")}
	case n >= 82:
		if f := a.fragment(t, depth); f != nil {
			return f
		}
	}
	f := a.choose(t, depth)
	if f == nil {
		return nil
	}
	return a.asked(f, narrowed && f.Owner == t.Name && t.Kind == graphmap.Thing, depth)
}

// fragment narrows an interface to what it stands for, or widens a type to an interface.
func (a *asker) fragment(t *graphmap.Type, depth int) *node {
	on := t.Def.Interfaces
	if t.Kind == graphmap.Interface {
		on = slices.Concat(on, t.Concrete, []string{t.Name})
		if t.Name == "Node" {
			on = append(on, "Organization", "Organization")
		}
		var filled []string
		for _, name := range on {
			if a.holds(a.m.Types[name]) {
				filled = append(filled, name)
			}
		}
		if len(filled) > 0 && chance(a.T, 85) {
			on = filled
		}
	}
	if len(on) == 0 {
		return nil
	}
	name := pick(a.T, on)
	out := &node{on: name, head: a.directives(), named: chance(a.T, 30)}
	if to := a.m.Types[name]; to != nil {
		out.kids = a.below(to, true, depth)
	} else if name == "Connection" {
		out.kids = []*node{{head: a.alias("totalCount")}} // of some lists it may be null
	} else {
		out.kids = []*node{{head: "cursor"}}
	}
	return out
}

// choose picks a field; lists and links only while there is room for them.
func (a *asker) choose(t *graphmap.Type, depth int) *graphmap.Field {
	var plain, deep []*graphmap.Field
	for _, f := range t.Fields {
		switch number := f.Def.Arguments.ForName("of"); {
		case number != nil && len(a.fitting(number.Type)) == 0 && !chance(a.T, 3):
		case f.Computed == "RELATIONSHIP_TYPE" || f.Target != nil && f.Target.Kind == graphmap.Point: // rare as they stand
			plain = append(plain, slices.Repeat([]*graphmap.Field{f}, 8)...)
		case f.Resolved: // told by code that has tests of its own
		case f.Analysis != nil:
			if depth > 0 && a.pages > 0 {
				deep = append(deep, f, f, f, f, f, f)
			}
		case f.Target == nil || f.Target.Kind == graphmap.PageInfo || f.Target.Kind == graphmap.Row:
			plain = append(plain, f)
		case f.Target.Kind == graphmap.Item:
			plain = append(plain, f, f)
		case f.Name == "keys":
			plain = append(plain, f, f, f)
		case f.Target.Kind == graphmap.Aggregate || f.Target.Kind == graphmap.Group:
			plain = append(plain, f, f)
		case depth <= 0:
		case len(f.Hops) > 0 && (a.pages <= 0 || !a.present(f.Hops[len(f.Hops)-1].Over) && !chance(a.T, 15)):
		case len(f.Hops) > 1:
			deep = append(deep, f, f, f, f, f, f)
		case len(f.Hops) > 0 && f.Target.Kind != graphmap.Connection:
			deep = append(deep, f, f, f, f)
		default:
			deep = append(deep, f)
		}
	}
	if len(plain) == 0 || len(deep) > 0 && chance(a.T, 45) {
		plain = deep
	}
	if len(plain) == 0 {
		return nil
	}
	return pick(a.T, plain)
}

// asked writes a field with its arguments and what is asked below it.
func (a *asker) asked(f *graphmap.Field, own bool, depth int) *node {
	values := map[string]any{}
	around := a.in
	defer func() { a.in = around }()
	switch {
	case len(f.Hops) > 0 && f.Target.Kind == graphmap.Connection:
		a.pages--
		for _, h := range f.Hops {
			if h.When != "" && chance(a.T, 60) {
				values[h.When] = chance(a.T, 75)
			}
		}
		hops := switchedOn(f, values)
		a.list(f.Def, hops, values)
		a.in = listed{of: f.Target.Node, hops: hops}
	case f.Name == "groupBy" && f.Target.Kind == graphmap.Group:
		a.grouped(f.Def, values)
	case f.Def.Arguments.ForName("of") != nil:
		values["of"] = a.numberOf(f.Def.Arguments.ForName("of").Type)
	case len(f.Hops) > 0:
		a.pages--
	case f.Analysis != nil:
		a.pages--
		values = a.questioned(f)
	case f.Computed == "PATHS" && chance(a.T, 40):
		values["first"] = draws(func() any { return pick(a.T, []int{1, 2, 50, 1, 2, 50, 1, 2, 1, 2, 1, 2, 1, 2, 0, 51}) })
	case f.Def.Arguments.ForName("first") != nil && chance(a.T, 40): // of a row's list
		values["first"] = draws(func() any { return pick(a.T, []int{1, 2, 3, 1, 2, 3, 1, 2, 3, 200, 1, 2, 3, 0, 201}) })
	case f.Def.Arguments.ForName("lang") != nil && chance(a.T, 40):
		values["lang"] = word(pick(a.T, []string{"ZH", "EN"}))
	}
	head := f.Name
	arguments := a.parens(f.Def.Arguments, values)
	if own || arguments != "" || chance(a.T, 15) {
		head = a.alias(f.Name)
	}
	out := &node{head: head + arguments + a.directives()}
	if f.Analysis != nil && chance(a.T, 50) {
		out.kids = everything(f.Target)
		return out
	}
	if f.Target != nil {
		below := depth
		if f.Target.Kind == graphmap.Thing || f.Target.Kind == graphmap.Interface {
			below--
		}
		out.kids = a.below(f.Target, f.Target.Kind == graphmap.Interface, below)
		if len(f.Hops) > 1 && chance(a.T, 60) {
			out.kids = append(out.kids, a.edges(f.Target, below))
		}
	}
	return out
}

// edges asks what several hops make of the relationships on the way.
func (a *asker) edges(connection *graphmap.Type, depth int) *node {
	t := connection.Field("edges").Target
	var about []*graphmap.Field
	for _, f := range t.Fields {
		if f.Name != "node" && f.Name != "cursor" {
			about = append(about, f)
		}
	}
	out := &node{head: "edges"}
	for range number(a.T, 1, 3) {
		out.kids = append(out.kids, a.asked(pick(a.T, about), false, depth))
	}
	return out
}
