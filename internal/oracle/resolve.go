package oracle

import (
	"fmt"
	"time"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// item is one place in the parallel lists of a thing or tie.
type item struct {
	properties map[string]any
	at         int
}

// count is a row of the statistics.
type count struct {
	kind string
	many int
}

// field answers one field of a subject: a scalar, a subject, or a list of them.
func (x *execution) field(f *graphmap.Field, subject any, args arguments) any {
	switch s := subject.(type) {
	case *thing:
		return x.ofThing(f, s, args)
	case *tie:
		return x.ofTie(f, s)
	case item:
		return x.ofItem(f, s)
	case network.Point:
		return map[string]any{"latitude": s.Latitude, "longitude": s.Longitude}[f.Name]
	case *page:
		return x.ofPage(f, s)
	case pageInfo:
		return x.ofPageInfo(f, s)
	case edge:
		return x.ofEdge(f, s, args)
	case amount:
		return x.ofAmount(f, s, args)
	case group:
		return x.ofGroup(f, s, args)
	case groupKey:
		return x.ofGroupKey(f, s, args)
	case count:
		return map[string]any{"type": s.kind, "count": s.many}[f.Name]
	case map[string]any: // a row whose values stand ready
		return x.ofRow(f, s, args)
	case record:
		return s.field(f.Name)
	}
	panic(fmt.Sprintf("no answer to %s of %T", f.Name, subject))
}

func (x *execution) ofThing(f *graphmap.Field, t *thing, args arguments) any {
	switch {
	case len(f.Hops) > 0 && f.Target.Kind == graphmap.Connection:
		rows := func(x *execution) []row { return x.behind(f, x.Network.byID[t.id], args) }
		return x.list(f.Target.Node, orderOfHops(switchedOn(f, args)), rows, args)
	case f.Analysis != nil:
		return x.analysis(f, t, args)
	case len(f.Hops) > 0:
		if p := x.latest(f, t, args); p != nil {
			return p.end()
		}
		return nil
	case f.Chinese != "" && args.text("lang") == "ZH" && t.properties[f.Chinese] != nil:
		return t.properties[f.Chinese]
	}
	return x.valueOf(f, t)
}

func (x *execution) ofTie(f *graphmap.Field, t *tie) any {
	switch f.Computed {
	case "RELATIONSHIP_TYPE":
		return t.kind
	case "START":
		return t.from
	case "END":
		return t.to
	case "CERTAINTY":
		return certainty(x.isAssumed(t))
	case "SOURCE_COUNT":
		return sourceCount(t.properties)
	}
	return property(f, t.properties)
}

// property reads what holds a field: a scalar, a list, a point or parallel lists.
func property(f *graphmap.Field, properties map[string]any) any {
	if f.Target != nil && f.Target.Kind == graphmap.Item {
		return items(f.Target, properties)
	}
	switch v := properties[f.Property].(type) {
	case []string:
		return anys(v)
	case nil:
		return nil
	default:
		return v
	}
}

// items are the places of parallel lists, as many as the first list has.
func items(t *graphmap.Type, properties map[string]any) []any {
	out := []any{}
	for i := range texts(properties, t.Fields[0].Property) {
		out = append(out, item{properties, i})
	}
	return out
}

// ofItem reads one place of parallel lists. A list has no null, so that an empty text stands for what nobody said.
func (x *execution) ofItem(f *graphmap.Field, i item) any {
	switch l := i.properties[f.Property].(type) {
	case []string:
		if f.Computed == "SOURCE" {
			return orNull(x.Network.byID[l[i.at]])
		}
		if l[i.at] == "" {
			return nil
		}
		return l[i.at]
	case []time.Time:
		return l[i.at]
	}
	return nil
}

// sourceCount counts sources; one that is cited twice says so once.
func sourceCount(properties map[string]any) int {
	sources := map[string]bool{}
	for _, id := range texts(properties, "sources") {
		sources[id] = true
	}
	return len(sources)
}

// orNull makes a plain nil of a nil pointer.
func orNull(t *thing) any {
	if t == nil {
		return nil
	}
	return t
}

func anys[T any](of []T) []any {
	out := []any{}
	for _, e := range of {
		out = append(out, e)
	}
	return out
}
