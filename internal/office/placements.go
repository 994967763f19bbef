package office

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/placement"
	"github.com/partnergraph/partnergraph/internal/registration"
)

//go:embed statements/joined.cypher
var joinedText string

// placements are what is agreed on placements beside what the network shows of them, a record each.
var placements = change.Kind{Label: "PlacementRecord", Key: "placement"}

// placementActions are the actions by the names of their mutations.
var placementActions = map[string]placement.Action{"placementCreate": placement.Place}

func init() {
	for _, a := range placement.Actions[1:] {
		placementActions["placement"+string(a[:1])+strings.ToLower(string(a[1:]))] = a
	}
}

// changePlacement takes an action: it reads what is agreed and what room there is, asks package placement, and writes
// what follows from it.
func (o *Office) changePlacement(ctx context.Context, mutation string, input map[string]any) (map[string]any, error) {
	r, err := request(ctx, mutation, input)
	if err != nil {
		return nil, err
	}
	var refused *placement.Refusal
	answer, err := o.Writer.Do(ctx, r, func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
		p := placing{tx: tx, action: placementActions[mutation], input: input}
		p.read, p.viewer, p.today = tx.Read, r.Viewer, tx.Today()
		err := p.take(ctx)
		refused = p.refused
		return change.Answer{Values: map[string]any{"id": p.id}}, err
	})
	if refused != nil && errors.Is(err, errRefused) {
		return map[string]any{"userErrors": placementErrors(refused)}, nil
	}
	if err != nil {
		return nil, err
	}
	id := answer.Values["id"].(string)
	return map[string]any{"placement": id, "userErrors": []any{}, "standing": later(func(ctx context.Context) (map[string]any, error) { return o.placementStanding(ctx, id) })}, nil
}

// placementErrors is a refusal as the API tells it.
func placementErrors(r *placement.Refusal) []any {
	out := userErrors(r.Problems)
	for i, p := range r.Problems {
		if p.Code == registration.WrongState || p.Code == registration.NotAllowed {
			e := out[i].(map[string]any)
			e["action"], e["allowed"] = string(r.Action), listed(words(r.Allowed))
			if r.Status != placement.Absent {
				e["state"] = string(r.Status)
			}
		}
	}
	return out
}

func words[T ~string](of []T) []string {
	out := make([]string, len(of))
	for i, w := range of {
		out[i] = string(w)
	}
	return out
}

// placing is one action within its change.
type placing struct {
	stay
	tx      *change.Tx
	action  placement.Action
	input   map[string]any
	record  *change.Record
	refused *placement.Refusal
}

func (p *placing) take(ctx context.Context) error {
	if err := p.open(ctx); err != nil {
		return err
	}
	since := p.facts.Content.Span().From
	if p.facts.Status == placement.Absent {
		since = network.Forever
	}
	given, _ := p.input["content"].(map[string]any)
	for _, day := range []any{given["from"], p.input["on"]} {
		if s, named := day.(string); named {
			if d, err := network.ParseDay(s); err == nil && d.Before(since.Time) {
				since = d
			}
		}
	}
	if err := p.arrive(ctx, since); err != nil {
		return err
	}
	var after placement.Facts
	if after, p.refused = placement.Apply(p.facts, p.action, p.actor, p.details(), p.room.Around, p.today); p.refused != nil {
		return errRefused
	}
	return p.write(ctx, after)
}

// open finds what the placement joins and locks it. Places are counted after that, so whoever takes one of the base waits
// for this change to end. What isn't there for the viewer isn't there.
func (p *placing) open(ctx context.Context) error {
	if p.action == placement.Place {
		p.base, _ = p.input["practiceBase"].(string)
		p.student, _ = p.input["student"].(string)
		for _, of := range []struct{ rule, id string }{{"BASE", p.base}, {"STUDENT", p.student}} {
			seen, err := standingBy(ctx, of.rule, p.read, p.viewer, []string{of.id})
			if err != nil {
				return err
			}
			if !seen[of.id].sees {
				return nothing(of.id)
			}
		}
		found, err := p.tx.Lock(ctx, p.base, p.student)
		switch {
		case err != nil:
			return err
		case found[p.base].Type != "PracticeBase":
			return nothing(p.base)
		case found[p.student].Type != "Student":
			return nothing(p.student)
		}
		return nil
	}
	p.id, _ = p.input["id"].(string)
	if there, err := p.find(ctx); err != nil || !there {
		return errors.Join(err, absent(there, p.id))
	}
	if _, err := p.tx.Lock(ctx, p.base, p.id, p.student); err != nil {
		return err
	}
	var err error
	if p.record, err = p.tx.Record(ctx, placements, p.id); err != nil {
		return err
	}
	_, err = p.find(ctx) // as it is now that nobody else can change it
	return err
}

func absent(there bool, id string) error {
	if there {
		return nil
	}
	return nothing(id)
}

// details are what the action comes with.
func (p *placing) details() placement.Details {
	text := func(name string) string { s, _ := p.input[name].(string); return s }
	out := placement.Details{On: text("on"), Until: text("until"), Code: text("code"), Reason: text("reason"), Overrides: map[string]string{}}
	out.Version, _ = p.input["version"].(int64)
	out.Given, _ = p.input["content"].(map[string]any)
	overrides, _ := p.input["overrides"].([]any)
	for _, of := range each(overrides) {
		out.Overrides[of["rule"].(string)] = of["reason"].(string)
	}
	return out
}

// write keeps what is agreed now and shows it in the network.
func (p *placing) write(ctx context.Context, f placement.Facts) (err error) {
	c := f.Content
	shown := map[string]any{"status": string(f.Status), "from": stated(string(c.From)), "until": stated(string(c.Until)), "hoursPerWeek": whole(c.HoursPerWeek)}
	if p.action == placement.Place {
		maps.Copy(shown, titles([]string{p.room.name, p.room.nameZh}))
		if p.id, err = p.tx.Create("Placement", shown); err != nil {
			return err
		}
		if p.record, err = p.tx.Record(ctx, placements, p.id); err != nil {
			return err
		}
		since := p.today // it is the student's from the day on which it was agreed
		if from := c.Span().From; from.Before(since.Time) {
			since = from
		}
		for _, t := range []change.Tie{{Type: "HAS_PLACEMENT", From: p.student, To: p.id}, {Type: "AT", From: p.id, To: p.base}} {
			t.Properties = map[string]any{"since": since.String()}
			if _, err := p.tx.Begin(t); err != nil {
				return err
			}
		}
	} else {
		if err = errors.Join(p.tx.Update(p.id, shown), p.tx.Touch(p.id), p.earlier(ctx, c.Span().From)); err != nil {
			return err
		}
	}
	content, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("keeping what is agreed: %w", err)
	}
	overrides, err := json.Marshal(f.Overrides)
	if err != nil {
		return fmt.Errorf("keeping what is agreed: %w", err)
	}
	keep := map[string]any{"content": string(content), "post": stated(c.Post), "overrides": nil}
	if len(f.Overrides) > 0 {
		keep["overrides"] = string(overrides)
	}
	p.tx.Note(p.record, keep)
	return nil
}

// earlier lets the ties of the placement begin no later than itself.
func (p *placing) earlier(ctx context.Context, from network.Day) error {
	if !from.Before(p.facts.Content.Span().From.Time) {
		return nil
	}
	ties, err := p.tx.Ties(ctx, p.id, "HAS_PLACEMENT", "AT")
	if err != nil {
		return err
	}
	for _, t := range ties {
		since, _ := t.Properties["since"].(string)
		if since == "" || !from.Before(network.PartialDate(since).Earliest().Time) {
			continue
		}
		if err := p.tx.Amend(ctx, t.ID, map[string]any{"since": from.String()}); err != nil {
			return err
		}
	}
	return nil
}
