package change

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// write stores the change with all that goes with it.
func (t *Tx) write(ctx context.Context, c *claim, answer string) error {
	if err := t.unused(ctx); err != nil {
		return err
	}
	follow, err := t.complete(ctx)
	if err != nil {
		return err
	}
	rows := map[string][]any{}
	add := func(list string, row map[string]any) { rows[list] = append(rows[list], row) }
	a := t.audit()
	for _, id := range t.touched {
		if one := t.things[id]; one != nil {
			t.writeThing(one, a, add)
		} else {
			t.writeTie(t.ties[id], a, add)
		}
	}
	for _, n := range t.notices {
		a.concerns(n.of.ID)
		add("feed", t.toldOf(n, a))
	}
	for _, one := range follow {
		if d := difference(one.before, one.Properties); len(d) > 0 {
			add("changedTies", map[string]any{"element": one.element, "properties": d})
		}
	}
	for _, r := range t.records {
		if r.changes() {
			t.writeRecord(r, a, add)
		}
	}
	before, err := t.heardBefore(ctx, rows["feed"])
	if err != nil {
		return err
	}
	p := map[string]any{"now": t.now}
	for _, list := range []string{
		"newThings", "changedThings", "deletedThings", "newTies", "changedTies", "removedTies",
		"newRecords", "changedRecords", "deletedRecords",
	} {
		p[list] = slices.Concat([]any{}, rows[list])
	}
	var now map[string]audience
	if len(rows) > 0 {
		if now, err = t.hear(ctx, t.writer.writes, concerned(rows["feed"], a), p); err != nil {
			return err
		}
	}
	return t.tell(ctx, c, answer, rows["feed"], a, before, now)
}

// unused makes sure that the ids that the caller chose for new things were never used.
func (t *Tx) unused(ctx context.Context) error {
	if len(t.given) == 0 {
		return nil
	}
	rows, err := t.tx.Run(ctx, usedText, map[string]any{"p": map[string]any{"ids": t.given}})
	if err != nil || len(rows) == 0 {
		return err
	}
	return network.Errorf(network.Conflict, "the id %q is or was another's: ids are never used again", rows[0]["id"])
}

func (t *Tx) writeThing(one *thing, a *audit, add func(string, map[string]any)) {
	label, hidden := one.of.Label, private(one.of)
	switch {
	case one.deleted:
		add("deletedThings", map[string]any{"id": one.ID})
		a.note(one.ID, t.completer.Fields(label, one.before), nil, hidden...)
		add("feed", t.told(one, "DELETED", a))
		return
	case one.before == nil:
		maps.Copy(one.Properties, map[string]any{"createdAt": t.now, "updatedAt": t.now, "version": int64(1)})
		add("newThings", map[string]any{"labels": one.Labels, "properties": one.Properties})
		a.note(one.ID, nil, t.completer.Fields(label, one.Properties), hidden...)
		add("feed", t.told(one, "CREATED", a))
		return
	}
	before, after := t.completer.Fields(label, one.before), t.completer.Fields(label, one.Properties)
	maps.Copy(one.Properties, map[string]any{"createdAt": one.before["createdAt"], "updatedAt": t.now, "version": one.Version + 1})
	add("changedThings", map[string]any{"id": one.ID, "properties": difference(one.before, one.Properties)})
	a.note(one.ID, before, after, hidden...)
	kind := "UPDATED"
	switch ends := one.of.Ends; {
	case one.before["status"] != one.Properties["status"]:
		kind = "STATE"
	case ends != "" && one.before[ends] == nil && one.Properties[ends] != nil:
		kind = "ENDED"
	}
	add("feed", t.told(one, kind, a))
}

func (t *Tx) writeTie(one *tie, a *audit, add func(string, map[string]any)) {
	before, after := t.completer.Fields(one.Type, one.before), t.completer.Fields(one.Type, one.Properties)
	a.concerns(one.From, one.To)
	switch {
	case one.removed:
		add("removedTies", map[string]any{"element": one.element})
		a.note(one.ID, before, nil)
		add("feed", t.toldTie(one, "DELETED", a))
	case one.before == nil:
		add("newTies", map[string]any{"from": one.From, "to": one.To, "type": one.Type, "properties": one.Properties})
		a.note(one.ID, nil, after)
		add("feed", t.toldTie(one, "CREATED", a))
	default:
		add("changedTies", map[string]any{"element": one.element, "properties": difference(one.before, one.Properties)})
		a.note(one.ID, before, after)
		kind := "UPDATED"
		if before["until"] == nil && after["until"] != nil {
			kind = "ENDED"
		}
		add("feed", t.toldTie(one, kind, a))
	}
}

func (t *Tx) writeRecord(r *Record, a *audit, add func(string, map[string]any)) {
	before := maps.Clone(r.Properties)
	delete(before, "version")
	after := maps.Clone(r.next)
	delete(after, "version")
	a.note(r.id(), before, after)
	a.concerns(r.Key)
	if r.deleted {
		add("deletedRecords", map[string]any{"element": r.element})
		return
	}
	r.next[r.Kind.Key], r.next["version"] = r.Key, r.Version+1
	if r.element == "" {
		add("newRecords", map[string]any{"kind": r.Kind.Label, "properties": r.next})
	} else {
		add("changedRecords", map[string]any{"element": r.element, "properties": difference(r.Properties, r.next)})
	}
}

// difference is what makes one set of properties of another; nil takes one away.
func difference(before, after map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range after {
		if !reflect.DeepEqual(before[k], v) {
			out[k] = v
		}
	}
	for k := range before {
		if _, still := after[k]; !still {
			out[k] = nil
		}
	}
	return out
}
