package oracle

import (
	"slices"
	"strings"
)

// facts lists what somebody should check: a row for each kind of reason and each thing or relationship.
func (x *execution) facts(args arguments) []row {
	kinds, types, over := args.texts("kinds"), args.texts("types"), args.texts("relationships")
	var out []row
	add := func(kind, reason, id string, properties map[string]any, fact map[string]any) {
		if len(kinds) > 0 && !slices.Contains(kinds, kind) {
			return
		}
		answer := listedRow{
			"kind": kind, "reason": reason, "evidence": items(x.Map.Types["Evidence"], properties),
			"otherNodes": []any{}, "otherRelationships": []any{},
		}
		for k, v := range fact {
			answer[k] = v
		}
		out = append(out, row{node: answer, own: []any{kind, id}})
	}
	attested := func(id string, properties map[string]any, fact map[string]any) {
		switch sourceCount(properties) {
		case 0:
			add("NO_SOURCE", "no source is on record", id, properties, fact)
		case 1:
			add("SINGLE_SOURCE", "one source attests it", id, properties, fact)
		}
	}
	for _, t := range x.Network.things {
		if !x.thingHolds(t) || len(types) == 0 && len(over) > 0 || len(types) > 0 && !slices.Contains(types, t.of.Name) {
			continue
		}
		if t.of.Name != "Source" {
			attested(t.id, t.properties, map[string]any{"node": t})
		}
		if others := x.otherFigures(t); len(others) > 0 {
			add("DISAGREEING", "another figure of the same name, unit and date has another value", t.id, t.properties,
				map[string]any{"node": t, "otherNodes": anys(others)})
		}
	}
	for _, t := range x.Network.ties {
		if !x.tieHolds(t) || !x.thingHolds(t.from) || !x.thingHolds(t.to) ||
			len(over) == 0 && len(types) > 0 || len(over) > 0 && !slices.Contains(over, t.kind) {
			continue
		}
		attested(t.id, t.properties, map[string]any{"relationship": t})
		if others, in := x.otherTies(t); len(others) > 0 {
			add("DISAGREEING", "another relationship states another "+strings.Join(in, " and another "), t.id, t.properties,
				map[string]any{"relationship": t, "otherRelationships": anys(others)})
		}
	}
	return out
}

// otherFigures are those about the same thing that contradict a figure.
func (x *execution) otherFigures(m *thing) []*thing {
	var out []*thing
	for _, a := range m.ties {
		if a.kind != "MEASURES" || a.from != m || !x.tieHolds(a) || !x.thingHolds(a.to) {
			continue
		}
		for _, b := range a.to.ties {
			o := b.from
			if b.kind == "MEASURES" && b.to == a.to && o != m && x.tieHolds(b) && x.thingHolds(o) && o.name() == m.name() &&
				text(o.properties, "unit") == text(m.properties, "unit") && text(m.properties, "date") != "" &&
				text(o.properties, "date") == text(m.properties, "date") && o.properties["value"] != m.properties["value"] {
				out = append(out, o)
			}
		}
	}
	slices.SortFunc(out, func(a, b *thing) int { return compareTexts(a.id, b.id) })
	return slices.Compact(out)
}

// otherTies are those that contradict a relationship, and in what any of them does.
func (x *execution) otherTies(t *tie) (out []*tie, in []string) {
	differ := func(o *tie, property string) bool {
		a, b := text(t.properties, property), text(o.properties, property)
		return a != "" && b != "" && !strings.HasPrefix(a, b) && !strings.HasPrefix(b, a)
	}
	for _, o := range t.from.ties {
		alike := o != t && o.kind == t.kind && o.from == t.from && o.to == t.to && x.tieHolds(o)
		for _, property := range []string{"role", "title", "side"} {
			alike = alike && text(o.properties, property) == text(t.properties, property)
		}
		if alike && (differ(o, "since") || differ(o, "until")) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, byTieID)
	for _, p := range []struct{ property, word string }{{"since", "beginning"}, {"until", "end"}} {
		if slices.ContainsFunc(out, func(o *tie) bool { return differ(o, p.property) }) {
			in = append(in, p.word)
		}
	}
	return out, in
}
