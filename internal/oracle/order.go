package oracle

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/names"
	"github.com/partnergraph/partnergraph/internal/network"
)

// key is one key of an order.
type key struct {
	by   string // its name in cursors
	kind string // of its values: text, whole, number, day, moment
	desc bool
	gaps bool // whether a row may have none
	// measured tells that it is made of what is behind a connection.
	measured bool
	of       func(row) any // what a row has
}

// order is what a list is sorted by. The last key tells any two rows apart.
type order []key

var (
	byScore  = order{{by: "-score", kind: "number", desc: true, of: func(r row) any { return r.hit.score }}, idKey}
	byLength = order{{by: "length", kind: "whole", of: own(0)}, {by: "route", kind: "text", of: own(1)}}
	byEnd    = order{{by: "end", kind: "text", of: own(0)}, idKey}
	byKind   = order{{by: "kind", kind: "text", of: own(0)}, {by: "fact", kind: "text", of: own(1)}}
	byDate   = order{{by: "date", kind: "text", of: own(0)}, {by: "what", kind: "text", of: own(1)}, {by: "change", kind: "text", of: own(2)}}
)

// own is a key that is made with the row.
func own(at int) func(row) any { return func(r row) any { return r.own[at] } }

var (
	nameKey = key{by: "name", kind: "text", of: func(r row) any { return names.Key(r.node.(*thing).name()) }}
	idKey   = key{by: "id", kind: "text", of: func(r row) any { return r.node.(*thing).id }}
	tieKey  = key{by: "tie", kind: "text", of: func(r row) any { return r.tie().id }}

	byName       = order{nameKey, idKey}
	byNameAndTie = order{nameKey, idKey, tieKey}
)

// order reads what a list is sorted by: what is asked, and then its own order, which tells any two rows apart.
func (x *execution) order(of *graphmap.Type, own order, args arguments) order {
	var out order
	add := func(k key) { // a field that was named before decides nothing any more
		bare := func(k key) string { return strings.TrimPrefix(k.by, "-") }
		if k.measured || !slices.ContainsFunc(out, func(o key) bool { return bare(o) == bare(k) }) {
			out = append(out, k)
		}
	}
	for _, entry := range list(args["orderBy"]) {
		name, v := only(entry)
		add(x.keyBy(of, name, v))
	}
	for _, k := range own {
		add(k)
	}
	return out
}

// orderOfHops is the order of a list behind hops when none is asked for.
func orderOfHops(hops []graphmap.Hop) order {
	if isSingle(hops) {
		return byNameAndTie
	}
	return byName
}

// only is the one field of an entry that is given.
func only(entry any) (string, any) {
	for name, v := range entry.(map[string]any) {
		if v != nil {
			return name, v
		}
	}
	panic("an entry without a field was not refused")
}

func (x *execution) keyBy(of *graphmap.Type, name string, v any) key {
	if name == "edge" {
		name, v := only(v)
		f := x.Map.Types["Relationship"].Field(name)
		return keyOf(f, "edge."+name, textOf(v), func(r row) any { return x.ofTie(f, r.tie()) })
	}
	f := of.Field(name)
	if len(f.Hops) == 0 {
		return keyOf(f, name, textOf(v), func(r row) any { return x.valueOf(f, r.node) })
	}
	m := v.(map[string]any)
	measure, number := measured(m), textOf(m["of"])
	out := key{by: name + "." + strings.ToLower(measure), kind: "whole", measured: true}
	if measure == "AVG" || number != "" && x.fieldOf(f.Target.Node, number).Type.Name() == "Float" {
		out.kind = "number"
	}
	out.gaps = measure != "COUNT" && measure != "SUM"
	if number != "" {
		out.by += "." + strings.ToLower(number)
	}
	out.turn(textOf(m["direction"]))
	out.of = func(r row) any {
		var rows []row
		for _, b := range x.behind(f, r.node.(*thing), nil) {
			if x.meets(f.Target.Node, b, m["where"]) {
				rows = append(rows, b)
			}
		}
		return x.measure(rows, f.Target.Node, measure, number)
	}
	return out
}

// turn makes a key go down, if that is its direction.
func (k *key) turn(direction string) {
	if direction == "DESC" {
		k.desc, k.by = true, "-"+k.by
	}
}

// keyOf makes a key of a field that is one value.
func keyOf(f *graphmap.Field, by, direction string, value func(row) any) key {
	out := key{by: by, kind: "text", gaps: !f.Type.NonNull}
	out.turn(direction)
	switch f.Type.Name() {
	case "Int", "Boolean":
		out.kind = "whole"
	case "Float":
		out.kind = "number"
	case "PartialDate":
		out.kind = "day"
	case "DateTime":
		out.kind = "moment"
	}
	out.of = func(r row) any {
		switch v := value(r).(type) {
		case nil, time.Time:
			return v
		case bool:
			return map[bool]float64{true: 1}[v]
		case string:
			switch {
			case f.Folded:
				return names.Key(v)
			case f.Type.Name() == "PartialDate":
				return network.PartialDate(v).Earliest().String()
			}
			return v
		default:
			return float(v)
		}
	}
	return out
}

func (o order) keyOf(r row) []any {
	var out []any
	for _, k := range o {
		out = append(out, k.of(r))
	}
	return out
}

// compareTexts puts texts in the order of their UTF-16 units, in which the database compares them.
func compareTexts(a, b string) int {
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}

func (o order) compare(a, b []any) int {
	for i, k := range o {
		if c := compareValues(a[i], b[i], k.desc); c != 0 {
			return c
		}
	}
	return 0
}

// compareValues puts two values in order. What is absent comes last in both directions.
func compareValues(a, b any, desc bool) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	var c int
	switch a := a.(type) {
	case string:
		c = compareTexts(a, b.(string))
	case time.Time:
		c = a.Compare(b.(time.Time))
	default:
		c = cmp.Compare(float(a), float(b))
	}
	if desc {
		return -c
	}
	return c
}

func (o order) name() string {
	var parts []string
	for _, k := range o {
		parts = append(parts, k.by)
	}
	return strings.Join(parts, ",")
}
