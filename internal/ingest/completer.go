package ingest

import (
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Completer adds to what files or a generator say what is stored beside it, worked out from it: the bounds of dates,
// from when to when each element holds, the forms of names that a search looks for, and the digest that shows a change.
// It takes a network whole or part by part.
type Completer struct {
	// Uncompared leaves out the digests: what no import is compared with needs none.
	Uncompared bool

	remembered
	m       *graphmap.Map
	types   map[string]*graphmap.Type // by label
	columns map[string][]column       // of things by label, of relationships by type
}

// remembered is what the ties and the evidence of an element need to know of the things they name.
type remembered struct {
	begins    map[string]network.Day // the first day of each thing that has one
	published map[string]network.Day // the day of each source that states one
}

// NewCompleter is a completer that remembers nothing yet.
func NewCompleter(m *graphmap.Map) *Completer {
	c := &Completer{
		remembered: remembered{map[string]network.Day{}, map[string]network.Day{}},
		m:          m,
		types:      map[string]*graphmap.Type{},
		columns:    map[string][]column{},
	}
	for _, t := range m.Things() {
		c.types[t.Label], c.columns[t.Label] = t, thingColumns(t)
	}
	for _, rel := range m.Relationships {
		c.columns[rel.Type] = tieColumns(m, rel)
	}
	return c
}

// Remember keeps of a completed part what later parts need to know of its things.
func (c *Completer) Remember(part *network.Network) {
	for _, thing := range part.Things {
		c.remember(thing)
	}
}

func (r remembered) remember(thing network.Thing) {
	if day := thing.Properties["holdsFrom"].(network.Day); day.After(network.Always.Time) {
		r.begins[thing.ID] = day
	} else {
		delete(r.begins, thing.ID)
	}
	if day, stated := thing.Properties["publishedOnEarliest"].(network.Day); stated {
		r.published[thing.ID] = day
	} else {
		delete(r.published, thing.ID)
	}
}

// beginning is the first day of a thing.
func (c *Completer) beginning(here remembered, id string) network.Day {
	if day, begins := here.begins[id]; begins {
		return day
	}
	if day, begins := c.begins[id]; begins {
		return day
	}
	return network.Always
}

// publication is the day that a source was published, if it states one.
func (c *Completer) publication(here remembered, source string) (network.Day, bool) {
	if day, stated := here.published[source]; stated {
		return day, true
	}
	day, stated := c.published[source]
	return day, stated
}

// typeOf finds the type of a thing by its labels, in whatever order they come; nil when none is that of a type.
func (c *Completer) typeOf(labels []string) *graphmap.Type {
	for _, label := range labels {
		if t := c.types[label]; t != nil {
			return t
		}
	}
	return nil
}
