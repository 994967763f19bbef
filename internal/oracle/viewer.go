package oracle

import (
	"maps"
	"slices"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// As gives the oracle of what a viewer sees: of a network from which all else is deleted. Only about how many people
// there are is told of what isn't there; open is the network with all of them, to be counted.
func (o *Oracle) As(v access.Viewer) *Oracle {
	if v.Roles.Has(access.Admin) {
		return o
	}
	if o.viewed == nil {
		o.viewed = map[string]*Oracle{}
	}
	if known := o.viewed[v.String()]; known != nil {
		return known
	}
	s := &sight{v}
	out := *o
	out.Network = o.Network.only(func(t *thing) bool { return s.meets(s.of(t).Part, t) }, s)
	out.open = &Oracle{Map: o.Map, Today: o.Today, Cursors: o.Cursors, Seen: o.Seen}
	out.open.Network = o.Network.only(func(t *thing) bool { return access.HasTotals(t.of.Seen) || s.meets(s.of(t).Part, t) }, s)
	out.sight = s
	o.viewed[v.String()] = &out
	return &out
}

// sight is what a viewer sees.
type sight struct{ access.Viewer }

func (s *sight) of(t *thing) access.Sight { return access.SightOf(t.of.Seen, s.Roles) }

// meets holds a condition of access against a thing.
func (s *sight) meets(c access.Condition, t *thing) bool {
	switch c := c.(type) {
	case access.Always:
		return true
	case access.Never:
		return false
	case access.Having:
		value, stated := t.properties[c.Property].(string)
		return !stated && c.Absent || slices.Contains(c.Values, value)
	case access.Either:
		return slices.ContainsFunc(c, func(c access.Condition) bool { return s.meets(c, t) })
	case access.Both:
		return !slices.ContainsFunc(c, func(c access.Condition) bool { return !s.meets(c, t) })
	case access.Not:
		return !s.meets(c.Of, t)
	case access.Tied:
		ids := s.Offices
		if c.To == access.Reviews {
			ids = s.Reviews
		}
		return slices.ContainsFunc(endsOf([]*thing{t}, c.Walk), func(t *thing) bool { return slices.Contains(ids, t.id) })
	}
	panic("unknown condition")
}

// endsOf are where a walk leads, on whatever days.
func endsOf(at []*thing, walk []access.Step) []*thing {
	for _, s := range walk {
		var reached []*thing
		for times := 0; times <= s.Most; times++ {
			if times >= s.Least {
				reached = append(reached, at...)
			}
			var next []*thing
			for _, t := range at {
				for _, tie := range t.ties {
					near, far := tie.from, tie.to
					if !s.Out {
						near, far = far, near
					}
					if tie.kind == s.Over && near == t {
						next = append(next, far)
					}
				}
			}
			at = next
		}
		at = reached
	}
	return at
}

// only is the network of some of the things, without the confidential fields of those that the viewer sees in part.
func (n *Network) only(keep func(*thing) bool, s *sight) *Network {
	out := &Network{byID: map[string]*thing{}}
	for _, t := range n.things {
		if !keep(t) {
			continue
		}
		kept := &thing{id: t.id, of: t.of, properties: maps.Clone(t.properties)}
		if !s.meets(s.of(t).Whole, t) {
			kept.hide()
		}
		out.things = append(out.things, kept)
		out.byID[t.id] = kept
	}
	for _, t := range n.ties {
		from, to := out.byID[t.from.id], out.byID[t.to.id]
		if from == nil || to == nil {
			continue
		}
		kept := &tie{id: t.id, kind: t.kind, from: from, to: to, properties: t.properties}
		out.ties = append(out.ties, kept)
		from.ties = append(from.ties, kept)
		if to != from {
			to.ties = append(to.ties, kept)
		}
	}
	return out
}

// hide takes the confidential fields away; who has no name is called by their id, and not found by it.
func (t *thing) hide() {
	for _, f := range t.of.Fields {
		if !f.Confidential {
			continue
		}
		delete(t.properties, f.Chinese)
		if f.Target != nil {
			for _, part := range f.Target.Fields {
				delete(t.properties, part.Property)
			}
		}
		delete(t.properties, f.Property)
		if f.Name == "name" {
			t.properties["name"], t.nameless = t.id, true
		}
	}
}

// rounds tells whether a list holds people whom the viewer may not see.
func (o *Oracle) rounds(of *graphmap.Type) bool {
	if o.sight == nil {
		return false
	}
	hidden := false
	for _, name := range of.Concrete {
		t := o.Map.Types[name]
		if !access.HasTotals(t.Seen) {
			return false
		}
		hidden = hidden || !access.SightOf(t.Seen, o.sight.Roles).Everything()
	}
	return hidden
}

// told is what a viewer is told of a number of people, of whom they see some.
func told(seen, all int) any {
	hidden := all - seen
	switch {
	case hidden >= 5:
		return seen + (hidden+2)/5*5
	case seen > 0:
		return seen
	}
	return nil
}
