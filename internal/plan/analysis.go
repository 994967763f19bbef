package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Analysis is an object that is worked out from what several traversals reach. Value: a list, or null.
type Analysis struct {
	As   string
	If   []string // as for Link
	Days *Days    // its own, for all that it looks at and all that is read below it; nil: those around it
	By   string   // of a coverage: what its columns are
	Legs []Leg
	Of   *Selection
}

// Leg is one traversal of an analysis.
type Leg struct {
	Name string
	From string // the route that it goes on from; "" for the subject
	*Hops
}

// Inner is a row that the row names. Value: a list, or null.
type Inner struct {
	Name string
	Of   *Selection
}

func (*Analysis) column() {}
func (*Inner) column()    {}

// Leg finds a traversal by its name.
func (a *Analysis) Leg(name string) *Hops {
	i := slices.IndexFunc(a.Legs, func(l Leg) bool { return l.Name == name })
	return a.Legs[i].Hops
}

// Asks tells whether a value that a row names, or that a row which it names does, and so on, is read.
func (s *Selection) Asks(path ...string) bool {
	if len(path) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Columns, func(col Column) bool {
		switch col := col.(type) {
		case *Named:
			return col.Name == path[0] && len(path) == 1
		case *Node:
			return col.Name == path[0] && len(path) == 1
		case *Here:
			return col.Name == path[0] && len(path) == 1
		case *Each:
			return col.Name == path[0] && (len(path) == 1 || col.Of.Asks(path[1:]...))
		case *Inner:
			return col.Name == path[0] && col.Of.Asks(path[1:]...)
		}
		return false
	})
}

// analysis plans a field that is worked out.
func (p *planning) analysis(of *graphmap.Type, mf *graphmap.Field, f graphql.CollectedField, args args) (Column, error) {
	out := &Analysis{As: mf.Analysis.As, If: p.guard(of, f), By: args.word("by")}
	for _, r := range mf.Analysis.Routes {
		out.Legs = append(out.Legs, Leg{Name: r.Name, From: r.From, Hops: p.steps(r.Hops, r.To, r.Sure, args)})
	}
	var err error
	if out.Days, err = ownDays(args); err != nil {
		return nil, err
	}
	out.Of, err = p.selection(mf.Target, subject{}, f.Selections)
	return out, err
}

// ownDays reads the days of an analysis: asOf, or those from one until before another; nil when there are none.
func ownDays(a args) (*Days, error) {
	var out *Days
	var err error
	switch {
	case a.has("from"):
		out = &Days{}
		var until Input[network.Day]
		if out.First, until, err = a.span(); err == nil {
			out.Last = Part(until, func(d network.Day) network.Day { return network.Day{Time: d.AddDate(0, 0, -1)} })
		}
	case a.has("asOf"):
		out = &Days{}
		out.First, err = a.day("asOf")
		out.Last = out.First
	}
	return out, err
}

// span reads from and until, of which the first must come before the other.
func (a args) span() (from, until Input[network.Day], err error) {
	if from, err = a.day("from"); err != nil {
		return from, until, err
	}
	if until, err = a.day("until"); err != nil {
		return from, until, err
	}
	from, err = both(from, until, func(from, until network.Day) (network.Day, error) {
		if !from.Before(until.Time) {
			return from, badInput("until: %s is not after from, %s", until, from)
		}
		return from, nil
	})
	return from, until, err
}

// some reads how many elements of a list a field asks for at most; not given where it has no such argument: all.
func (p *planning) some(f graphql.CollectedField, args args) (Input[int], error) {
	if f.Definition.Arguments.ForName("first") == nil {
		return Input[int]{}, nil
	}
	return args.between("first", defaultPage, 1, p.most())
}

func (a *Analysis) String() string {
	var b strings.Builder
	b.WriteString(strings.ToLower(a.As))
	if a.By != "" {
		b.WriteString(" by " + strings.ToLower(a.By))
	}
	switch {
	case a.Days == nil:
	case a.Days.First.shown != a.Days.Last.shown:
		fmt.Fprintf(&b, " from %s to %s", a.Days.First, a.Days.Last)
	default:
		fmt.Fprintf(&b, " on %s", a.Days.First)
	}
	return b.String()
}

func (l Leg) String() string {
	from := ""
	if l.From != "" {
		from = " from " + l.From
	}
	return fmt.Sprintf("%s%s: %s", l.Name, from, l.Hops)
}
