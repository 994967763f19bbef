package oracle

import (
	"cmp"
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// ofEdge answers what ties a row to where its list was asked. The rows of a root list are tied to nothing.
func (x *execution) ofEdge(f *graphmap.Field, e edge, args arguments) any {
	switch {
	case f.Name == "node":
		return e.node
	case f.Name == "cursor":
		return x.cursor(e.order, e.key)
	case f.Analysis != nil:
		return x.analysis(f, e.node.(*thing), args)
	case f.Name == "on":
		return e.key[0]
	case e.hit != nil:
		return map[string]any{"score": e.hit.score, "matched": e.hit.matched, "matchedKind": e.hit.kind}[f.Name]
	case f.Computed == "PATHS":
		return anys(shortest(e.paths, int(args.whole("first", 10))))
	case f.Target != nil && f.Target.Kind == graphmap.Item:
		out := []any{}
		for _, t := range tiesOf(e.paths) {
			out = append(out, items(f.Target, t.properties)...)
		}
		return out
	case len(e.paths) == 0:
		return nil
	case f.Computed == "CERTAINTY":
		return certainty(x.areAssumed(e.paths))
	case isSingle(e.hops):
		return x.ofTie(f, e.paths[0].ties[0])
	case f.Name == "since":
		return dateOf(beginsFirst(e.paths), "since")
	case f.Name == "until":
		return dateOf(endsLast(e.paths), "until")
	}
	return nil // a property of one relationship
}

// shortest puts paths in order, by length and then by the ids of their relationships, and gives the first ones.
func shortest(paths []*path, most int) []*path {
	out := slices.SortedFunc(slices.Values(paths), func(a, b *path) int {
		return cmp.Or(cmp.Compare(len(a.ties), len(b.ties)), slices.CompareFunc(a.ties, b.ties, byTieID))
	})
	return out[:min(most, len(out))]
}

func byTieID(a, b *tie) int { return compareTexts(a.id, b.id) }

// tiesOf lists the relationships of all paths, each once, by id.
func tiesOf(paths []*path) []*tie {
	var out []*tie
	for _, p := range paths {
		for _, t := range p.ties {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	slices.SortFunc(out, byTieID)
	return out
}

// areAssumed tells whether every path has a relationship that is assumed.
func (x *execution) areAssumed(paths []*path) bool {
	for _, p := range paths {
		if !slices.ContainsFunc(p.ties, x.isAssumed) {
			return false
		}
	}
	return true
}

func dateOf(t *tie, property string) any {
	if s := text(t.properties, property); s != "" {
		return s
	}
	return nil
}

// beginsFirst finds the path that holds first, and in it the relationship that it waits for: the one that begins last.
func beginsFirst(paths []*path) *tie {
	first := func(a, b *tie) int {
		dayA, _ := a.since()
		dayB, _ := b.since()
		return dayA.Compare(dayB.Time)
	}
	var deciding []*tie
	for _, p := range paths {
		deciding = append(deciding, slices.MinFunc(p.ties, func(a, b *tie) int { return cmp.Or(first(b, a), byTieID(a, b)) }))
	}
	return slices.MinFunc(deciding, func(a, b *tie) int { return cmp.Or(first(a, b), byTieID(a, b)) })
}

// endsLast finds the path that holds longest, and in it the relationship that it fails by: the one that ends first.
func endsLast(paths []*path) *tie {
	first := func(a, b *tie) int {
		dayA, _ := a.until()
		dayB, _ := b.until()
		return dayA.Compare(dayB.Time)
	}
	var deciding []*tie
	for _, p := range paths {
		deciding = append(deciding, slices.MinFunc(p.ties, func(a, b *tie) int { return cmp.Or(first(a, b), byTieID(a, b)) }))
	}
	return slices.MinFunc(deciding, func(a, b *tie) int { return cmp.Or(first(b, a), byTieID(a, b)) })
}
