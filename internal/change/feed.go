package change

import (
	"maps"
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// told is what followers of the network are told of a thing. The statement adds which organisations and alliances it
// concerns, and its number.
func (t *Tx) told(one *thing, kind string, a *audit) map[string]any {
	about := []string{one.ID}
	if one.deleted {
		for _, k := range t.ties {
			if k.removed && k.From == one.ID {
				about = append(about, k.To)
			} else if k.removed && k.To == one.ID {
				about = append(about, k.From)
			}
		}
	}
	slices.Sort(about)
	now := one.Properties["status"]
	if one.deleted {
		now = nil
	}
	return map[string]any{
		"at": t.now, "audit": a.id, "type": one.Type, "id": one.ID, "kind": kind,
		"stateBefore": one.before["status"], "state": now, "personal": personal(one.of), "about": about,
	}
}

// toldTie is what followers are told of a tie.
func (t *Tx) toldTie(one *tie, kind string, a *audit) map[string]any {
	isPersonal := func(of *graphmap.Type) bool { return of != nil && personal(of) }
	return map[string]any{
		"at": t.now, "audit": a.id, "type": one.Type, "id": one.ID, "kind": kind, "from": one.From, "to": one.To,
		"personal": isPersonal(t.writer.typeOf(one.From)) || isPersonal(t.writer.typeOf(one.To)), "about": []string{one.From, one.To},
	}
}

// notice is something that followers are told of a thing though it doesn't change.
type notice struct {
	of   *thing
	kind string
	more map[string]any
}

// Tell tells followers something of a locked thing that changes nothing of it, such as that it is about to end.
func (t *Tx) Tell(id, kind string, more map[string]any) error {
	one, err := t.thing(id)
	if err == nil {
		t.notices = append(t.notices, notice{one, kind, more})
	}
	return err
}

// toldOf is a notice as followers get it.
func (t *Tx) toldOf(n notice, a *audit) map[string]any {
	out := t.told(n.of, n.kind, a)
	maps.Copy(out, n.more)
	return out
}
