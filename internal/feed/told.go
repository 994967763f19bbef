package feed

import (
	"slices"
	"time"

	"github.com/partnergraph/partnergraph/internal/access"
)

// The kinds of what is told. What comes into a viewer's sight is told as if it were made, and what goes out of it as if it
// were deleted: what is hidden is for them as if it weren't there.
const (
	Created = "CREATED"
	Updated = "UPDATED"
	State   = "STATE"
	Ended   = "ENDED"
	Ending  = "ENDING"
	Gone    = "GONE"
)

const deleted = "DELETED" // as it is stored

// Told is an entry as one viewer is told of it.
type Told struct {
	Cursor             string
	At                 time.Time
	Type, ID, Kind     string
	StateBefore, State string // "" for none, or none that they may know
	From, To           string // the ends of a relationship
	Audit              string // what was done, by its id
	Days               int64  // of an end to come: how many days before
	Until              string // of an end to come
	What               string // of an end to come: what ends
	seq                int64
}

// Filter narrows what is told. An empty list narrows nothing; only relationships are told where only their types are
// given, and only things where only theirs are.
type Filter struct {
	Types, Relationships     []string
	Kinds, States            []string
	Organizations, Alliances []string
}

// listener is who is told, and of what.
type listener struct {
	Filter
	all  bool // nothing is hidden
	keys []string
}

func listenerOf(v access.Viewer, f Filter) *listener {
	return &listener{Filter: f, all: v.Roles.Has(access.Admin), keys: v.Keys()}
}

// hears tells what the listener is told of an entry, if anything.
func (l *listener) hears(e *entry) (Told, bool) {
	if !l.asksFor(e) {
		return Told{}, false
	}
	t, ok := l.sees(e)
	if !ok || len(l.Kinds) > 0 && !slices.Contains(l.Kinds, t.Kind) ||
		len(l.States) > 0 && !slices.Contains(l.States, t.State) && !slices.Contains(l.States, t.StateBefore) {
		return Told{}, false
	}
	return t, true
}

// asksFor holds against the filter what doesn't depend on who asks.
func (l *listener) asksFor(e *entry) bool {
	types, others := l.Types, l.Relationships
	if e.isTie {
		types, others = others, types
	}
	switch {
	case len(types) > 0 && !slices.Contains(types, e.of), len(types) == 0 && len(others) > 0:
		return false
	case len(l.Organizations) > 0 && !meet(l.Organizations, e.concerns), len(l.Alliances) > 0 && !meet(l.Alliances, e.concerns):
		return false
	}
	return true
}

// sees is what the listener may know of an entry.
func (l *listener) sees(e *entry) (Told, bool) {
	t := Told{
		At: e.at, Type: e.of, ID: e.id, Kind: e.kind, StateBefore: e.before, State: e.now, From: e.from, To: e.to,
		Audit: e.audit, Days: e.days, Until: e.until, What: e.what, seq: e.seq,
	}
	sees := l.all || meet(l.keys, e.seen) && (!e.isTie || meet(l.keys, e.far))
	saw := sees
	if e.hasSaw && !l.all {
		saw = meet(l.keys, e.saw)
	}
	switch {
	case !sees && !saw:
		return t, false
	case e.kind == deleted || !sees:
		t.Kind, t.State = Gone, ""
	case !saw:
		t.Kind, t.StateBefore = Created, ""
	}
	return t, true
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
