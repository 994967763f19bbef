package change

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
)

// complete works out what is stored beside what was said, as the import does: of what changes, and of the ties that follow
// from a thing that changes. It gives these ties, of which nothing else changes.
func (t *Tx) complete(ctx context.Context) ([]*tie, error) {
	if err := t.untie(ctx); err != nil {
		return nil, err
	}
	t.leave(t.isAsItWas)
	if err := t.surroundings(ctx); err != nil {
		return nil, err
	}
	var moved, republished []string // things whose first day changes, sources whose day of publication does
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
		if one.before == nil {
			continue
		}
		if one.before["holdsFrom"] != one.Properties["holdsFrom"] {
			moved = append(moved, id)
		}
		if one.before["publishedOnEarliest"] != one.Properties["publishedOnEarliest"] {
			republished = append(republished, id)
		}
	}
	var follow []*tie
	for _, of := range []struct {
		text string
		ids  []string
	}{{countedText, moved}, {attestedText, republished}} {
		more, err := t.following(ctx, of.text, of.ids)
		if err != nil {
			return nil, err
		}
		follow = append(follow, more...)
	}
	var sources []string
	for _, one := range follow {
		sources = append(sources, cites(one.before)...)
	}
	if err := t.load(ctx, nil, t.unread(sources)); err != nil {
		return nil, err
	}
	for _, id := range t.touched {
		if one := t.ties[id]; one != nil && !one.removed {
			t.completeTie(one)
			delete(one.Properties, "digest")
		}
	}
	for _, one := range follow {
		one.Properties = maps.Clone(one.before)
		t.completeTie(one)
		if digest := one.before["digest"]; digest != nil { // what was imported of it is as it was
			one.Properties["digest"] = digest
		} else {
			delete(one.Properties, "digest")
		}
	}
	return follow, nil
}

// isAsItWas tells of an element that was changed to what it was.
func (t *Tx) isAsItWas(id string) bool {
	kind, before, now := "", map[string]any(nil), map[string]any(nil)
	if one := t.things[id]; one != nil {
		if one.deleted || one.touch {
			return false
		}
		kind, before, now = one.of.Label, one.before, one.Properties
	} else {
		one := t.ties[id]
		if one.removed {
			return false
		}
		kind, before, now = one.Type, one.before, one.Properties
	}
	return before != nil && reflect.DeepEqual(t.completer.Fields(kind, before), t.completer.Fields(kind, now))
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
			t.remove(t.remember(row))
		}
	}
	return nil
}

// surroundings locks the ends of the ties that change, reads the sources that are cited, and makes sure that they are
// there.
func (t *Tx) surroundings(ctx context.Context) error {
	var ends, cited []string
	for _, id := range t.touched {
		if one := t.things[id]; one != nil && !one.deleted {
			cited = append(cited, cites(one.Properties)...)
		}
		if one := t.ties[id]; one != nil {
			ends = append(ends, one.From, one.To)
			if !one.removed {
				cited = append(cited, cites(one.Properties)...)
			}
		}
	}
	if err := t.load(ctx, ends, t.unread(slices.Clone(cited))); err != nil {
		return err
	}
	missing := slices.DeleteFunc(cited, func(id string) bool {
		one := t.things[id]
		return t.sources[id] || one != nil && one.Type == "Source" && !one.deleted
	})
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

// unread are those sources of which nothing is known yet, each once.
func (t *Tx) unread(sources []string) []string {
	slices.Sort(sources)
	return slices.DeleteFunc(slices.Compact(sources), func(id string) bool { return t.sources[id] || t.things[id] != nil })
}

// following finds ties that follow from things that change, and don't change otherwise.
func (t *Tx) following(ctx context.Context, text string, ids []string) ([]*tie, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := t.tx.Run(ctx, text, map[string]any{"p": map[string]any{"ids": ids}})
	if err != nil {
		return nil, err
	}
	var out []*tie
	for _, row := range rows {
		one := t.remember(row)
		if t.changes[one.ID] {
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
