package change

import (
	"context"
	"maps"
	"slices"

	"github.com/partnergraph/partnergraph/internal/access"
)

// heardBefore gives the audiences of what the change alters or takes away; it is asked before that is so. Where nothing is
// hidden from anybody, there is nothing to ask.
func (t *Tx) heardBefore(ctx context.Context, feed []any) (map[string]audience, error) {
	ask := map[string]bool{}
	for _, row := range feed {
		if row := row.(map[string]any); row["kind"] != "CREATED" {
			for _, id := range ends(row) {
				if of := t.writer.typeOf(id); row["kind"] == "DELETED" || of != nil && access.Guarded(of.Seen) && row["from"] == nil {
					ask[id] = true
				}
			}
		}
	}
	if len(ask) == 0 {
		return nil, nil
	}
	return t.hear(ctx, t.writer.hears, ask, nil)
}

// concerned are the things whose audiences are asked for when the change is written.
func concerned(feed []any, a *audit) map[string]bool {
	ask := maps.Clone(a.of)
	for _, row := range feed {
		row := row.(map[string]any)
		for _, id := range slices.Concat(ends(row), row["about"].([]string)) {
			ask[id] = true
		}
	}
	return ask
}

// ends are the things that an entry is about: of a relationship its ends.
func ends(row map[string]any) []string {
	if from, tie := row["from"].(string); tie {
		return []string{from, row["to"].(string)}
	}
	return []string{row["id"].(string)}
}

// tell stores what followers are told and who changed what, and settles the claim. What is written in the network says who may
// know of it now; of what is gone it is as it was before.
func (t *Tx) tell(ctx context.Context, c *claim, answer string, feed []any, a *audit, before, now map[string]audience) error {
	for _, row := range feed {
		address(row.(map[string]any), before, now)
	}
	p := map[string]any{
		"claim": map[string]any{"key": c.key, "digest": c.digest, "answer": answer, "at": t.now}, "forgotten": t.now.Add(-kept),
		"feed": slices.Concat([]any{}, feed), "audits": []any{}, "of": []any{},
	}
	if len(a.of) > 0 {
		entry, err := a.entry()
		if err != nil {
			return err
		}
		var of []any
		var keys []string
		for _, id := range slices.Sorted(maps.Keys(a.of)) {
			whose, still := now[id]
			if !still {
				whose = before[id]
			}
			of, keys = append(of, map[string]any{"of": id, "keys": union(whose.known)}), union(keys, whose.known)
		}
		entry["keys"] = keys
		p["audits"], p["of"] = []any{entry}, of
	}
	_, err := t.tx.Run(ctx, tellText, map[string]any{"p": p})
	return err
}

// address says in an entry whom it concerns and who is told: by the keys of who sees it, of both ends of a relationship, and
// of who saw it before if these are others. Of what is gone those are told who saw it.
func address(row map[string]any, before, now map[string]audience) {
	var concerns []string
	for _, id := range row["about"].([]string) {
		concerns = union(concerns, now[id].concerns)
	}
	row["concerns"] = concerns
	delete(row, "about")
	if row["kind"] == "DELETED" {
		now = before
	}
	of := ends(row)
	row["seen"] = union(now[of[0]].seen)
	if len(of) > 1 {
		row["far"] = union(now[of[1]].seen)
		return
	}
	if was, there := before[of[0]]; there && !slices.Equal(union(was.seen), row["seen"].([]string)) {
		row["saw"] = union(was.seen)
	}
	if row["what"] == "INSURANCE" { // which not everybody knows who sees the base
		row["seen"] = union(now[of[0]].known)
		delete(row, "saw")
	}
}
