package change

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Tie is a relationship to begin.
type Tie struct {
	Type, From, To string
	Properties     map[string]any // its own, since and until; as they are stored
	Evidence       []Evidence
}

// tie is what the change knows of a relationship.
type tie struct {
	network.Tie
	element string         // by which the database finds it; "" when it is new
	before  map[string]any // what was stored; nil when it is new
	removed bool
}

// Begin makes a tie between things that are there or are being made, and gives its id.
func (t *Tx) Begin(begun Tie) (string, error) {
	rel := t.writer.Map.Relationships[begun.Type]
	if rel == nil {
		return "", fmt.Errorf("there are no relationships of the type %s", begun.Type)
	}
	properties := said(begun.Properties)
	key, _ := properties["key"].(string)
	if key == "" {
		key = newID()
	}
	properties["key"] = key
	t.attest(properties, begun.Evidence)
	one := &tie{Tie: network.Tie{ID: ingest.TieID(rel.Type, begun.From, begun.To, key), Type: rel.Type, From: begun.From, To: begun.To, Properties: properties}}
	if err := t.fits(one); err != nil {
		return "", err
	}
	from, to := t.writer.typeOf(one.From), t.writer.typeOf(one.To)
	if from == nil || to == nil || !rel.Allows(from.Name, to.Name) {
		return "", fmt.Errorf("%s doesn't lead from %s to %s", one.Type, one.From, one.To)
	}
	if t.ties[one.ID] != nil {
		return "", fmt.Errorf("%s is there already", one.ID)
	}
	properties["id"] = one.ID
	t.ties[one.ID] = one
	t.change(one.ID)
	return one.ID, nil
}

func (t *Tx) fits(one *tie) error {
	p := maps.Clone(one.Properties)
	delete(p, "id")
	p["from"], p["to"] = one.From, one.To
	if err := t.writer.completer.Fits(one.Type, p); err != nil {
		return err
	}
	since, _ := p["since"].(string)
	until, _ := p["until"].(string)
	if since != "" && until != "" && network.PartialDate(since).Earliest().After(network.PartialDate(until).Latest().Time) {
		return network.Errorf(network.BadUserInput, "%s can't end on %s: it begins on %s", one.ID, until, since)
	}
	return nil
}

// Ties gives the ties of a locked thing, of some types or all, that are stored; those that have ended too.
func (t *Tx) Ties(ctx context.Context, id string, types ...string) ([]network.Tie, error) {
	if _, err := t.held(id); err != nil {
		return nil, err
	}
	if types == nil {
		types = []string{}
	}
	rows, err := t.tx.Run(ctx, tiesText, map[string]any{"p": map[string]any{"id": id, "types": types}})
	if err != nil {
		return nil, err
	}
	var out []network.Tie
	for _, row := range rows {
		if one := t.remember(row); !one.removed {
			out = append(out, one.Tie)
		}
	}
	return out, nil
}

// remember keeps a tie that was read, unless it is known.
func (t *Tx) remember(row map[string]any) *tie {
	properties := row["properties"].(map[string]any)
	id := properties["id"].(string)
	if t.ties[id] == nil {
		t.ties[id] = &tie{
			Tie:     network.Tie{ID: id, Type: row["type"].(string), From: row["from"].(string), To: row["to"].(string), Properties: maps.Clone(properties)},
			element: row["element"].(string), before: properties,
		}
	}
	return t.ties[id]
}

// Tie finds a tie by its id, and locks its ends.
func (t *Tx) Tie(ctx context.Context, id string) (*network.Tie, error) {
	one, err := t.tie(ctx, id)
	if err != nil {
		return nil, err
	}
	return &one.Tie, nil
}

// tie finds a tie by its id. Its ends are locked, so nobody else changes it meanwhile.
func (t *Tx) tie(ctx context.Context, id string) (*tie, error) {
	absent := network.Errorf(network.NotFound, "there is no relationship with the id %q", id)
	parts := strings.Split(id, "_")
	if len(parts) < 6 || parts[0] != "rel" {
		return nil, absent
	}
	from, to := parts[2]+"_"+parts[3], parts[4]+"_"+parts[5]
	if err := t.load(ctx, []string{from, to}, nil); err != nil {
		return nil, err
	}
	if t.ties[id] == nil {
		rows, err := t.tx.Run(ctx, tieText, map[string]any{"p": map[string]any{"id": id, "from": from, "to": to}})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			t.remember(row)
		}
	}
	if one := t.ties[id]; one != nil && !one.removed {
		return one, nil
	}
	return nil, absent
}

// End says on which day a tie holds no more. What was is kept.
func (t *Tx) End(ctx context.Context, id string, day network.Day) error {
	return t.Amend(ctx, id, map[string]any{"until": day.String()})
}

// Amend changes what is said of a tie; nil clears a property. A fact that was so until now is ended rather than amended.
func (t *Tx) Amend(ctx context.Context, id string, properties map[string]any, evidence ...Evidence) error {
	one, err := t.tie(ctx, id)
	if err != nil {
		return err
	}
	next := t.completer.Stated(one.Type, one.Properties)
	maps.Copy(next, properties)
	next = said(next)
	if len(evidence) > 0 {
		t.attest(next, evidence)
	}
	was := one.Properties
	one.Properties = next
	if err := t.fits(one); err != nil {
		one.Properties = was
		return err
	}
	t.change(id)
	return nil
}

// Remove takes a tie away without a trace in the network. It is for those of drafts.
func (t *Tx) Remove(ctx context.Context, id string) error {
	one, err := t.tie(ctx, id)
	if err != nil {
		return err
	}
	t.remove(one)
	return nil
}

func (t *Tx) remove(one *tie) {
	if one.before == nil {
		delete(t.ties, one.ID)
		t.leave(func(s string) bool { return s == one.ID })
		return
	}
	one.removed = true
	t.change(one.ID)
}
