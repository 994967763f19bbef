package oracle

import (
	"slices"
	"time"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Network is a network in memory.
type Network struct {
	things []*thing
	ties   []*tie
	byID   map[string]*thing
}

// thing is a node. Only what the files say is read of its properties; the rest is worked out anew.
type thing struct {
	id         string
	of         *graphmap.Type
	properties map[string]any
	ties       []*tie // all that begin or end here, each once
	nameless   bool   // whether its names are hidden
}

// tie is a relationship.
type tie struct {
	id         string
	kind       string
	from, to   *thing
	properties map[string]any
}

// far is the other end of a tie.
func (t *tie) far(near *thing) *thing {
	if t.from == near {
		return t.to
	}
	return t.from
}

// Stamp is what the database itself keeps of a thing, which no file says.
type Stamp struct {
	CreatedAt, UpdatedAt time.Time
	Version              int64
}

// Load reads a network as it is stored, and the stamps of its things by id.
func Load(m *graphmap.Map, stored *network.Network, stamps map[string]Stamp) *Network {
	out := &Network{byID: map[string]*thing{}}
	for _, s := range stored.Things {
		t := &thing{id: s.ID, properties: map[string]any{}}
		for _, candidate := range m.Things() {
			if slices.Contains(s.Labels, candidate.Label) {
				t.of = candidate
			}
		}
		for k, v := range s.Properties {
			t.properties[k] = v
		}
		stamp := stamps[s.ID]
		t.properties["createdAt"], t.properties["updatedAt"], t.properties["version"] = stamp.CreatedAt, stamp.UpdatedAt, stamp.Version
		out.things = append(out.things, t)
		out.byID[t.id] = t
	}
	for _, s := range stored.Ties {
		t := &tie{id: s.ID, kind: s.Type, from: out.byID[s.From], to: out.byID[s.To], properties: s.Properties}
		out.ties = append(out.ties, t)
		t.from.ties = append(t.from.ties, t)
		if t.to != t.from {
			t.to.ties = append(t.to.ties, t)
		}
	}
	return out
}

// is tells whether the thing is of a type or interface.
func (t *thing) is(of *graphmap.Type) bool { return slices.Contains(of.Concrete, t.of.Name) }

func (t *thing) name() string { return text(t.properties, "name") }

func text(properties map[string]any, name string) string {
	s, _ := properties[name].(string)
	return s
}

func texts(properties map[string]any, name string) []string {
	s, _ := properties[name].([]string)
	return s
}
