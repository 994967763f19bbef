package oracle

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// path is things joined by ties: one more thing than ties.
type path struct {
	things []*thing
	ties   []*tie
}

func (p *path) end() *thing { return p.things[len(p.things)-1] }

func (p *path) with(t *tie, far *thing) *path {
	return &path{append(slices.Clone(p.things), far), append(slices.Clone(p.ties), t)}
}

// switchedOn are the hops of a field that its arguments leave on.
func switchedOn(f *graphmap.Field, args arguments) []graphmap.Hop {
	var out []graphmap.Hop
	for _, h := range f.Hops {
		if h.When == "" || args.truth(h.When) {
			out = append(out, h)
		}
	}
	return out
}

// isSingle tells whether hops lead over exactly one relationship.
func isSingle(hops []graphmap.Hop) bool { return len(hops) == 1 && !hops[0].Repeats() }

// reach lists the paths from a thing over hops to things of a type. No path takes one relationship twice; each
// relationship and each thing but the first holds on the day.
func (x *execution) reach(from *thing, hops []graphmap.Hop, of *graphmap.Type) []*path {
	var out []*path
	var walk func(p *path, hop, times int)
	walk = func(p *path, hop, times int) {
		if hop == len(hops) {
			if p.end().is(of) {
				out = append(out, p)
			}
			return
		}
		h := hops[hop]
		if times >= h.Least {
			walk(p, hop+1, 0)
		}
		if times == h.Most {
			return
		}
		for _, t := range p.end().ties {
			near, far := t.from, t.to
			if !h.Out {
				near, far = far, near
			}
			if t.kind == h.Over && near == p.end() && !slices.Contains(p.ties, t) && x.tieHolds(t) && x.thingHolds(far) &&
				(h.Through == "" || slices.Contains(x.Map.Labels(far.of), h.Through)) {
				walk(p.with(t, far), hop, times+1)
			}
		}
	}
	walk(&path{things: []*thing{from}}, 0, 0)
	return out
}

// latest is the path to the one thing that a traversal reaches: of several the one tied last, and of those the first by
// id; nil when there is none.
func (x *execution) latest(f *graphmap.Field, from *thing, args arguments) *path {
	paths := x.reach(from, switchedOn(f, args), f.Target)
	if len(paths) == 0 {
		return nil
	}
	return slices.MinFunc(paths, func(a, b *path) int {
		dayA, _ := a.ties[len(a.ties)-1].since()
		dayB, _ := b.ties[len(b.ties)-1].since()
		if c := dayB.Compare(dayA.Time); c != 0 {
			return c
		}
		return compareTexts(a.end().id, b.end().id)
	})
}
