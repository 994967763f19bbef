package change

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
)

// complete works out what is stored beside what was said, as the import does: of what changes, and of the ties that count
// from a thing whose first day does. It gives these ties, of which nothing else changes.
func (t *Tx) complete(ctx context.Context) ([]*tie, error) {
	if err := t.untie(ctx); err != nil {
		return nil, err
	}
	if err := t.surroundings(ctx); err != nil {
		return nil, err
	}
	var moved []string
	for _, id := range t.touched {
		one := t.things[id]
		if one == nil || one.deleted {
			continue
		}
		one.Properties = t.completer.Stated(one.of.Label, one.Properties)
		part := &network.Network{Things: []network.Thing{one.Thing.Thing}}
		t.completer.Complete(part)
		t.completer.Remember(part)
		delete(one.Properties, "digest")
		if one.before != nil && one.before["holdsFrom"] != one.Properties["holdsFrom"] {
			moved = append(moved, id)
		}
	}
	follow, err := t.counted(ctx, moved)
	if err != nil {
		return nil, err
	}
	for _, id := range t.touched {
		if one := t.ties[id]; one != nil && !one.removed {
			t.completeTie(one)
			delete(one.Properties, "digest")
		}
	}
	for _, one := range follow {
		t.completeTie(one)
		holdsFrom := one.Properties["holdsFrom"]
		one.Properties = maps.Clone(one.before)
		one.Properties["holdsFrom"] = holdsFrom
	}
	return follow, nil
}

func (t *Tx) completeTie(one *tie) {
	one.Properties = t.completer.Stated(one.Type, one.Properties)
	t.completer.Complete(&network.Network{Ties: []network.Tie{one.Tie}})
}

// untie removes the ties of what is deleted.
func (t *Tx) untie(ctx context.Context) error {
	for _, id := range slices.Clone(t.touched) {
		if one := t.things[id]; one == nil || !one.deleted {
			continue
		}
		rows, err := t.tx.Run(ctx, tiesText, map[string]any{"p": map[string]any{"id": id, "types": []string{}}})
		if err != nil {
			return err
		}
		for _, row := range rows {
			k := t.remember(row)
			k.removed = true
			t.touchedNow(k.ID)
		}
	}
	return nil
}

// surroundings locks the ends of the ties that change, reads the sources that are cited, and makes sure that they are
// there.
func (t *Tx) surroundings(ctx context.Context) error {
	var ends, sources []string
	for _, id := range t.touched {
		if one := t.things[id]; one != nil {
			sources = append(sources, cites(one.Properties)...)
		} else {
			one := t.ties[id]
			ends, sources = append(ends, one.From, one.To), append(sources, cites(one.Properties)...)
		}
	}
	slices.Sort(sources)
	sources = slices.DeleteFunc(slices.Compact(sources), func(id string) bool { return t.sources[id] })
	if err := t.load(ctx, ends, sources); err != nil {
		return err
	}
	var missing []string
	for _, id := range sources {
		if one := t.things[id]; !t.sources[id] && (one == nil || one.Type != "Source" || one.deleted) {
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 {
		return network.Errorf(network.NotFound, "there is no source with the id %s", strings.Join(missing, ", "))
	}
	for _, id := range t.touched {
		if one := t.ties[id]; one != nil && !one.removed {
			for _, end := range []string{one.From, one.To} {
				if _, err := t.thing(end); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// counted finds the ties that count from things whose first day changes, and that don't change otherwise.
func (t *Tx) counted(ctx context.Context, moved []string) ([]*tie, error) {
	if len(moved) == 0 {
		return nil, nil
	}
	rows, err := t.tx.Run(ctx, countedText, map[string]any{"p": map[string]any{"ids": moved}})
	if err != nil {
		return nil, err
	}
	var out []*tie
	for _, row := range rows {
		one := t.remember(row)
		if slices.Contains(t.touched, one.ID) {
			continue
		}
		for end, day := range map[string]any{one.From: row["fromBegins"], one.To: row["toBegins"]} {
			if t.things[end] == nil {
				t.completer.Remember(&network.Network{Things: []network.Thing{{ID: end, Properties: map[string]any{"holdsFrom": day}}}})
			}
		}
		out = append(out, one)
	}
	return out, nil
}
