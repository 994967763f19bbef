package oracle

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/names"
)

// amount is what the rows of a list, or of a group of them, amount to.
type amount struct {
	of    *graphmap.Type
	rows  []row
	total any // how many there are to tell
}

// group is the rows that have the same keys.
type group struct {
	amount
	keys []groupKey
}

// theType stands for the type of a thing, or of what a record is about, among the fields by which rows are grouped.
var theType = &graphmap.Field{Name: "type"}

// groupKey is what the rows of a group have in common: a value, a thing, or the lack of one.
type groupKey struct {
	field *graphmap.Field
	value any
	node  *thing
	rows  []row
}

func (x *execution) ofAmount(f *graphmap.Field, a amount, args arguments) any {
	word := args.text("of")
	switch f.Name {
	case "count":
		return a.total
	case "earliest", "latest":
		return x.dateOfRows(a.rows, a.of, word, f.Name == "latest")
	case "groupBy":
		return x.groups(a, args)
	}
	return x.measure(a.rows, a.of, map[string]string{"sum": "SUM", "avg": "AVG", "min": "MIN", "max": "MAX"}[f.Name], word)
}

func (x *execution) ofGroup(f *graphmap.Field, g group, args arguments) any {
	g.total = len(g.rows)
	if f.Name != "keys" {
		return x.ofAmount(f, g.amount, args)
	}
	out := []any{}
	for _, k := range g.keys {
		k.rows = g.rows
		out = append(out, k)
	}
	return out
}

func (x *execution) ofGroupKey(f *graphmap.Field, k groupKey, args arguments) any {
	switch f.Name {
	case "field":
		return k.field.Name
	case "value":
		return k.value
	case "node":
		return orNull(k.node)
	}
	return x.sumOfKey(k, args.text("of"))
}

// sumOfKey sums a number over the relationships that lead from the rows of a group to its thing.
func (x *execution) sumOfKey(k groupKey, word string) any {
	if k.field.Target == nil || k.field.Target.Kind != graphmap.Connection || !isSingle(switchedOn(k.field, nil)) {
		return nil
	}
	sum := 0.0
	for _, r := range k.rows {
		for _, b := range x.behind(k.field, r.node.(*thing), nil) {
			if b.node == k.node {
				if v := x.ofTie(fieldIn(x.Map.Types["Relationship"], word), b.tie()); v != nil {
					sum += float(v)
				}
			}
		}
	}
	return sum
}

// groups puts rows into groups, keeps those that meet what is asked, and puts them in order.
func (x *execution) groups(a amount, args arguments) any {
	var all []group
	for _, r := range a.rows {
		for _, keys := range x.keysOf(a.of, r, args.texts("by")) {
			at := slices.IndexFunc(all, func(g group) bool { return compareKeys(g.keys, keys, false) == 0 })
			if at < 0 {
				at = len(all)
				all = append(all, group{amount{a.of, nil, nil}, keys})
			}
			all[at].rows = append(all[at].rows, r)
		}
	}
	all = slices.DeleteFunc(all, func(g group) bool {
		return slices.ContainsFunc(list(args["having"]), func(h any) bool { return !x.has(g, h.(map[string]any)) })
	})
	slices.SortFunc(all, func(a, b group) int {
		for _, o := range list(args["orderBy"]) {
			if c := x.compareGroups(a, b, o.(map[string]any)); c != 0 {
				return c
			}
		}
		return cmp.Or(cmp.Compare(len(b.rows), len(a.rows)), compareKeys(a.keys, b.keys, false))
	})
	return anys(all[:min(len(all), int(args.whole("first", 50)))])
}

// keysOf are the keys of the groups that a row is in: of one, or of one for each thing behind a connection.
func (x *execution) keysOf(of *graphmap.Type, r row, by []string) [][]groupKey {
	out := [][]groupKey{nil}
	for _, word := range by {
		var longer [][]groupKey
		for _, k := range x.keysBy(fieldIn(of, word), r.node) {
			for _, keys := range out {
				longer = append(longer, append(slices.Clone(keys), k))
			}
		}
		out = longer
	}
	return out
}

// keysBy are what a row has of one key: a value, a year, each thing that a field leads to, or the lack of it.
func (x *execution) keysBy(f *graphmap.Field, of any) []groupKey {
	if f == theType {
		return []groupKey{{field: f, value: typeName(of)}}
	}
	if len(f.Hops) == 0 {
		v := x.valueOf(f, of)
		if v != nil {
			s := fmt.Sprint(v)
			if f.Type.Name() == "PartialDate" || f.Type.Name() == "DateTime" {
				s = s[:4]
			}
			v = s
		}
		return []groupKey{{field: f, value: v}}
	}
	var things []*thing
	t := of.(*thing)
	if f.Target.Kind != graphmap.Connection {
		if p := x.latest(f, t, nil); p != nil {
			things = append(things, p.end())
		}
	} else {
		for _, b := range x.behind(f, t, nil) {
			if end := b.node.(*thing); !slices.Contains(things, end) {
				things = append(things, end)
			}
		}
	}
	var out []groupKey
	for _, end := range things {
		out = append(out, groupKey{field: f, node: end})
	}
	if out == nil {
		out = append(out, groupKey{field: f})
	}
	return out
}

// typeName is the type of a thing or a relationship, or of that which a record is about.
func typeName(of any) string {
	switch of := of.(type) {
	case *thing:
		return of.of.Name
	case *tie:
		return of.kind
	case record:
		return typeName(cmp.Or(of.field("node"), of.field("relationship")))
	}
	panic(fmt.Sprintf("%T is of no type", of))
}

// compareKeys puts keys in order: whole numbers by what they are, other values as texts, things by name and id, what is absent last.
func compareKeys(a, b []groupKey, desc bool) int {
	for i := range a {
		c := cmp.Or(
			compareValues(a[i].sorted(), b[i].sorted(), desc),
			compareValues(a[i].name(), b[i].name(), desc),
			compareValues(a[i].id(), b[i].id(), desc),
		)
		if c != 0 {
			return c
		}
	}
	return 0
}

func (k groupKey) sorted() any {
	if k.value == nil || k.field.Type == nil || k.field.Type.Name() != "Int" {
		return k.value
	}
	n, _ := strconv.Atoi(k.value.(string))
	return n
}

func (k groupKey) name() any {
	if k.node == nil {
		return nil
	}
	return names.Key(k.node.name())
}

func (k groupKey) id() any {
	if k.node == nil {
		return nil
	}
	return k.node.id
}

// has tells whether a measure of a group compares as is asked.
func (x *execution) has(g group, having map[string]any) bool {
	have := x.measure(g.rows, g.of, measured(having), textOf(having["of"]))
	comparisons := map[string]any{}
	for name, v := range having {
		if name != "measure" && name != "of" {
			comparisons[name] = v
		}
	}
	return compares(x.Map.Types["Metric"].Field("value"), have, comparisons)
}

func (x *execution) compareGroups(a, b group, o map[string]any) int {
	desc := textOf(o["direction"]) == "DESC"
	if o["measure"] == nil {
		return compareKeys(a.keys, b.keys, desc)
	}
	measure, word := measured(o), textOf(o["of"])
	return compareValues(x.measure(a.rows, a.of, measure, word), x.measure(b.rows, b.of, measure, word), desc)
}
