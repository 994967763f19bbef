package change

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/compile"
	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// withKeys puts into a statement what asks whom things concern, and into that the rules of who sees what.
func withKeys(m *graphmap.Map, text string) string {
	_, hear, _ := strings.Cut(hearText, "UNWIND $p.ids")
	text = strings.Replace(text, "\nHEAR\n", "\nUNWIND $p.ids"+hear, 1)
	return strings.NewReplacer(
		"{ SHOWN }", "{ "+compile.Keys("n", audiences(m, access.Shown))+" }",
		"{ KNOWN }", "{ "+compile.Keys("n", audiences(m, access.Knowing))+" }",
	).Replace(text)
}

// audiences are the circles of each type that has a rule of its own, and then those of all others.
func audiences(m *graphmap.Map, circles func(rule string) []access.Circle) (out []compile.Audience) {
	open := ""
	for _, t := range m.Things() {
		if access.Guarded(t.Seen) {
			out = append(out, compile.Audience{Label: t.Label, Circles: circles(t.Seen)})
		} else {
			open = t.Seen
		}
	}
	return append(out, compile.Audience{Circles: circles(open)})
}

// audience is whom a thing concerns, and who may know of it: so who is told of a change is decided once, with the change,
// and is the same for all who read it, wherever and whenever.
type audience struct {
	concerns []string // organisations and alliances
	seen     []string // keys of who sees it, or a part of it
	known    []string // keys of who sees the whole
}

// hear runs a statement that asks for the audiences of things, as far as they are there, and gives them by their ids.
func (t *Tx) hear(ctx context.Context, text string, things map[string]bool, more map[string]any) (map[string]audience, error) {
	p := map[string]any{"ids": slices.Sorted(maps.Keys(things)), "today": t.Today()}
	maps.Copy(p, more)
	rows, err := t.tx.Run(ctx, text, map[string]any{"p": p})
	if err != nil {
		return nil, err
	}
	out := map[string]audience{}
	for _, row := range rows {
		a := audience{concerns: texts(row["concerns"]), seen: texts(row["shown"]), known: texts(row["known"])}
		if !slices.Contains(a.seen, "public") {
			a.seen = union(a.seen, a.known)
		}
		out[row["id"].(string)] = a
	}
	return out, nil
}

func texts(v any) []string {
	of, _ := v.([]string)
	return of
}

func union(lists ...[]string) []string {
	all := map[string]bool{}
	for _, list := range lists {
		for _, s := range list {
			all[s] = true
		}
	}
	return append([]string{}, slices.Sorted(maps.Keys(all))...)
}
