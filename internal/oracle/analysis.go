package oracle

import (
	"cmp"
	"errors"
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// dated is what is looked at on days of its own.
type dated struct {
	days
	of any
}

// questioning works out an analysis: it walks the routes that the schema declares for it.
type questioning struct {
	*execution
	of   *graphmap.Analysis
	args arguments
}

// analysis works out a field of a thing.
func (x *execution) analysis(f *graphmap.Field, t *thing, args arguments) any {
	around := x.days
	defer func() { x.days = around }()
	if args["asOf"] != nil {
		day, _ := args.day("asOf", x.Today)
		x.days = on(day)
	}
	if args["from"] != nil {
		from, _ := args.day("from", network.Always)
		until, _ := args.day("until", network.Forever)
		x.days = days{from, network.Day{Time: until.AddDate(0, 0, -1)}}
	}
	q := &questioning{x, f.Analysis, args}
	own := x.days
	return dated{own, q.answer(t)}
}

func (q *questioning) answer(t *thing) any {
	switch q.of.As {
	case "COVERAGE":
		return q.coverage(t)
	case "CAPACITY":
		return q.capacity(t)
	case "ENDING":
		return q.falling(t)
	case "REMOVAL":
		return q.removal(t)
	}
	panic("no answer to the analysis " + q.of.As)
}

// paths are those of a route from a thing.
func (q *questioning) paths(route string, from *thing) []*path {
	r := q.of.Route(route)
	f := &graphmap.Field{Hops: r.Hops}
	return q.reach(from, switchedOn(f, q.args), r.To)
}

// things are those at the ends of a route from some things, each once.
func (q *questioning) things(route string, from ...*thing) []*thing {
	var out []*thing
	for _, t := range from {
		for _, p := range q.paths(route, t) {
			out = append(out, p.end())
		}
	}
	return distinct(out)
}

// distinct puts things in the order of their names, each once.
func distinct(of []*thing) []*thing {
	out := slices.SortedFunc(slices.Values(of), func(a, b *thing) int {
		return cmp.Or(compareTexts(a.name(), b.name()), compareTexts(a.id, b.id))
	})
	return slices.Compact(out)
}

func filter[T any](of []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(of), func(e T) bool { return !keep(e) })
}

// ofRow is what a row names; of a list as much as is asked for.
func (x *execution) ofRow(f *graphmap.Field, row map[string]any, args arguments) any {
	if list, ok := row[f.Name].([]any); ok && f.Def.Arguments.ForName("first") != nil {
		return list[:min(len(list), int(args.whole("first", 20)))]
	}
	return row[f.Name]
}

// places adds up what things or ties state, and counts those that state nothing.
func places(stated []any) (sum int64, unknown int) {
	for _, p := range stated {
		if p == nil {
			unknown++
			continue
		}
		sum += whole(p)
	}
	return sum, unknown
}

// takesPlace tells whether a placement counts.
func takesPlace(placement *thing) bool { return text(placement.properties, "status") != "CANCELLED" }

// checkAnalysis holds the arguments of an analysis, and of a row of one, against what they may be.
func checkAnalysis(t *graphmap.Type, f *graphmap.Field, args arguments) error {
	var err error
	if f.Analysis != nil {
		_, err = args.day("asOf", network.Always)
		err = errors.Join(err, checkSpan(args))
	}
	if t.Kind == graphmap.Row && f.Def.Arguments.ForName("first") != nil {
		_, e := args.within("first", 20, 1, 200)
		err = errors.Join(err, e)
	}
	return err
}
