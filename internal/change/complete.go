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
	follow, err := t.following(ctx, t.completeThings())
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
		one.Properties = maps.Clone(one.before)
		t.completeTie(one)
		delete(one.Properties, "digest")
		if digest := one.before["digest"]; digest != nil { // what was imported of it is as it was
			one.Properties["digest"] = digest
		}
	}
	return follow, nil
}

// moved are the things that ties follow: those whose first day changes, and sources whose day of publication does.
type moved struct{ begins, published []string }

// completeThings completes the things that change.
func (t *Tx) completeThings() moved {
	var m moved
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
			m.begins = append(m.begins, id)
		}
		if one.before["publishedOnEarliest"] != one.Properties["publishedOnEarliest"] {
			m.published = append(m.published, id)
		}
	}
	return m
}

func (t *Tx) completeTie(one *tie) {
	one.Properties = t.completer.Stated(one.Type, one.Properties)
	t.completer.Complete(&network.Network{Ties: []network.Tie{one.Tie}})
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

// following finds the ties that follow from things, and don't change otherwise.
func (t *Tx) following(ctx context.Context, m moved) ([]*tie, error) {
	var out []*tie
	var cited []string
	for _, of := range []struct {
		text string
		ids  []string
	}{{countedText, m.begins}, {attestedText, m.published}} {
		if len(of.ids) == 0 {
			continue
		}
		rows, err := t.tx.Run(ctx, of.text, map[string]any{"p": map[string]any{"ids": of.ids}})
		if err != nil {
			return nil, err
		}
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
			out, cited = append(out, one), append(cited, cites(one.before)...)
		}
	}
	return out, t.load(ctx, nil, t.unread(cited))
}
