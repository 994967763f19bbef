package change

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// audit gathers who changed what: of each element that changes, what differs, by the names that the schema has for it.
type audit struct {
	id            string
	of            map[string]bool
	before, after map[string]map[string]any
	rest          map[string]any
	redact        func(any) any // takes out what a change erases; nil when it erases nothing
}

func (t *Tx) audit() *audit {
	r := t.request
	return &audit{
		id: "aud_" + newID(), redact: t.redact, of: map[string]bool{}, before: map[string]map[string]any{}, after: map[string]map[string]any{},
		rest: map[string]any{
			"at": t.now, "by": r.Viewer.Subject, "kind": r.Viewer.Kind(), "operation": r.Operation, "reason": orNil(r.Reason), "key": r.Key,
		},
	}
}

// note keeps what differs between before and after; one of them is nil for what is made or taken away. Of private fields
// it keeps only that they differ.
func (a *audit) note(id string, before, after map[string]any, private ...string) {
	a.concerns(id)
	keep := func(to map[string]map[string]any, these, those map[string]any) {
		if these == nil {
			return
		}
		to[id] = map[string]any{}
		for k, v := range these {
			switch {
			case reflect.DeepEqual(v, those[k]):
			case slices.Contains(private, k):
				to[id][k] = withheld
			case a.redact != nil:
				to[id][k] = a.redact(v)
			default:
				to[id][k] = v
			}
		}
	}
	keep(a.before, before, after)
	keep(a.after, after, before)
}

// concerns notes ids by which the entry is found.
func (a *audit) concerns(ids ...string) {
	for _, id := range ids {
		a.of[id] = true
	}
}

// entry is the audit entry as it is stored.
func (a *audit) entry() (map[string]any, error) {
	before, err := json.Marshal(a.before)
	if err != nil {
		return nil, err
	}
	after, err := json.Marshal(a.after)
	if err != nil {
		return nil, err
	}
	out := maps.Clone(a.rest)
	out["id"], out["of"], out["before"], out["after"] = a.id, slices.Sorted(maps.Keys(a.of)), string(before), string(after)
	return out, nil
}

// withheld stands in the audit for what is somebody's own: it can be erased where it is, and must not stay here.
const withheld = "…"

// private lists the fields of a type whose values the audit doesn't keep.
func private(of *graphmap.Type) []string {
	var out []string
	for _, f := range of.Fields {
		if f.Confidential && personal(of) {
			out = append(out, f.Name)
		}
	}
	return out
}

// personal tells whether things of a type are about one person.
func personal(of *graphmap.Type) bool { return access.HasTotals(of.Seen) }

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}
