package change

import (
	"context"
	_ "embed" // the statements
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed statements/kept.cypher
var keptText string

//go:embed statements/redact.cypher
var redactText string

// Erase takes away for good what is somebody's own. The private fields of locked things, those of whom it is first and
// then of what belongs to them, become what is given for each, and nothing else; and the texts that said who it was are
// taken out of where a change or a reason repeated them: the evidence, the audit, records of the given kind by the ids of
// the things. The numbers stay, and so do things and ties.
func (t *Tx) Erase(ctx context.Context, ids []string, now map[string]map[string]any, kind Kind) error {
	whose, err := t.thing(ids[0])
	if err != nil {
		return err
	}
	r := redaction{}
	for _, name := range private(whose.of) {
		r.add(whose.Properties[whose.of.Field(name).Property])
	}
	t.redact = r.of
	concerned := slices.Clone(ids)
	for _, id := range ids {
		if err := t.erase(id, now[id], r); err != nil {
			return err
		}
		record, err := t.Record(ctx, kind, id)
		if err != nil {
			return err
		}
		if record.Properties != nil {
			t.Note(record, r.of(record.Properties).(map[string]any))
		}
		concerned = append(concerned, record.id())
	}
	ties, err := t.TiesOfAll(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		for _, one := range ties[id] {
			concerned = append(concerned, one.ID)
			if locators, cited := one.Properties["locators"].([]string); cited && !slices.Equal(locators, r.of(locators).([]string)) {
				if err := t.Amend(ctx, one.ID, map[string]any{"locators": r.of(locators)}); err != nil {
					return err
				}
			}
		}
	}
	return t.forget(ctx, concerned, r)
}

// erase takes the private fields of one thing away.
func (t *Tx) erase(id string, now map[string]any, r redaction) error {
	one, err := t.thing(id)
	if err != nil {
		return err
	}
	next := map[string]any{"aliasSources": nil, "aliasLocators": nil}
	for _, name := range private(one.of) {
		next[one.of.Field(name).Property] = nil
	}
	if locators, cited := one.Properties["locators"].([]string); cited {
		next["locators"] = r.of(locators)
	}
	maps.Copy(next, now)
	return t.Update(id, next)
}

// forget takes texts out of what the audit keeps of some elements, and out of the reasons that were given.
func (t *Tx) forget(ctx context.Context, ids []string, r redaction) error {
	rows, err := t.tx.Run(ctx, keptText, map[string]any{"p": map[string]any{"of": ids}})
	if err != nil {
		return err
	}
	changed := []any{}
	for _, row := range rows {
		next := map[string]any{"id": row["id"], "reason": r.of(row["reason"])}
		differs := next["reason"] != row["reason"]
		for _, part := range []string{"before", "after"} {
			text := row[part].(string)
			kept := map[string]any{}
			if err := json.Unmarshal([]byte(text), &kept); err != nil {
				return err
			}
			for _, id := range ids {
				if v, there := kept[id]; there {
					kept[id] = r.of(v)
				}
			}
			out, err := json.Marshal(kept)
			if err != nil {
				return err
			}
			next[part] = string(out)
			differs = differs || next[part] != text
		}
		if differs {
			changed = append(changed, next)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	_, err = t.tx.Run(ctx, redactText, map[string]any{"p": map[string]any{"rows": changed}})
	return err
}

// redaction are texts to be taken out, and what JSON makes of them, the longest first.
type redaction []string

// How many letters a text must have to be looked for within others: an initial or a short number would be found anywhere,
// in days and ids too, and says nothing of anybody.
const (
	shortest       = 2
	shortestNumber = 4
)

func tells(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= shortestNumber || n >= shortest && strings.Trim(s, "0123456789") != ""
}

func (r *redaction) add(v any) {
	switch v := v.(type) {
	case string:
		escaped, _ := json.Marshal(v) // a text always can be
		for _, s := range []string{v, strings.Trim(string(escaped), `"`)} {
			if tells(s) && !slices.Contains(*r, s) {
				*r = append(*r, s)
			}
		}
		slices.SortFunc(*r, func(a, b string) int { return len(b) - len(a) })
	case []string:
		for _, s := range v {
			r.add(s)
		}
	}
}

// of is a value without the texts.
func (r redaction) of(v any) any {
	switch v := v.(type) {
	case string:
		for _, s := range r {
			v = strings.ReplaceAll(v, s, withheld)
		}
		return v
	case []string:
		out := make([]string, len(v))
		for i, s := range v {
			out[i] = r.of(s).(string)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = r.of(e)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = r.of(e)
		}
		return out
	}
	return v
}
