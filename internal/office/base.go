package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// registrations are what is registered of bases, a record each.
var registrations = change.Kind{Label: "Registration", Key: "base"}

// baseActions are the actions of people by the names of their mutations.
var baseActions = map[string]registration.Action{}

func init() {
	for _, a := range registration.Actions {
		name := "practiceBase"
		for word := range strings.SplitSeq(string(a), "_") {
			name += word[:1] + strings.ToLower(word[1:])
		}
		baseActions[name] = a
	}
}

// errRefused ends a change that registration refuses.
var errRefused = errors.New("refused")

// changeBase takes an action: it reads what is registered, asks registration, and writes what follows from it.
func (o *Office) changeBase(ctx context.Context, mutation string, input map[string]any) (map[string]any, error) {
	r, err := request(ctx, mutation, input)
	if err != nil {
		return nil, err
	}
	var refused *registration.Refusal
	var clash []any
	answer, err := o.Writer.Do(ctx, r, func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
		t := turn{tx: tx, action: baseActions[mutation], input: input}
		t.read, t.viewer, t.today = tx.Read, r.Viewer, tx.Today()
		err := t.take(ctx)
		refused, clash = t.refused, t.clash
		return change.Answer{Values: map[string]any{"id": t.id, "deleted": t.deleted}}, err
	})
	if refused != nil && errors.Is(err, errRefused) {
		return refusalOf(refused, clash), nil
	}
	if err != nil {
		return nil, err
	}
	id := answer.Values["id"].(string)
	payload := map[string]any{"userErrors": []any{}}
	if gone, _ := answer.Values["deleted"].(bool); gone {
		payload["deletedId"] = id
		return payload, nil
	}
	payload["practiceBase"] = id
	payload["registration"] = later(func(ctx context.Context) (map[string]any, error) { return o.registration(ctx, id) })
	return payload, nil
}

// refusalOf is the payload of what was refused.
func refusalOf(r *registration.Refusal, clash []any) map[string]any {
	errors := userErrors(r.Problems)
	for i, p := range r.Problems {
		e := errors[i].(map[string]any)
		if p.Code == registration.WrongState || p.Code == registration.NotAllowed || p.Code == registration.OwnSubmission {
			var allowed []any
			for _, a := range r.Allowed {
				allowed = append(allowed, string(a))
			}
			e["action"], e["allowed"] = string(r.Action), append([]any{}, allowed...)
			if r.Status != "" {
				e["state"] = r.Status
			}
		}
	}
	out := map[string]any{"userErrors": errors}
	if r.Seen != 0 && r.Seen != r.Version {
		out["conflict"] = map[string]any{"expected": r.Seen, "actual": r.Version, "differences": clash}
	}
	return out
}

// turn is one action within its change.
type turn struct {
	visit
	tx      *change.Tx
	action  registration.Action
	input   map[string]any
	record  *change.Record
	deleted bool
	refused *registration.Refusal
	clash   []any // of a second editor: what differs between what is there and what they sent
}

func (t *turn) take(ctx context.Context) error {
	if err := t.open(ctx); err != nil {
		return err
	}
	details, problems, err := t.details(ctx)
	if err != nil {
		return err
	}
	var after registration.Facts
	if len(problems) > 0 {
		t.refused = &registration.Refusal{Action: t.action, Status: t.facts.Status(), Version: t.facts.Version, Problems: problems}
	} else {
		after, t.refused = registration.Apply(t.facts, t.action, t.actor, details, t.today)
	}
	if begins := t.action == registration.Amend || t.action == registration.Renew; begins && t.refused == nil && len(t.patch()) > 0 {
		if after, err = t.fill(ctx, after); err != nil {
			return err
		}
	}
	if t.refused != nil {
		t.clash = t.clashing(details)
		return errRefused
	}
	return t.write(ctx, after)
}

// fill changes what was just begun to be proposed by what came with it, as an update does.
func (t *turn) fill(ctx context.Context, begun registration.Facts) (registration.Facts, error) {
	to, wrong := registration.Patch(*begun.Proposed, t.patch())
	if len(wrong) > 0 {
		t.refused = &registration.Refusal{Action: t.action, Status: t.facts.Status(), Version: t.facts.Version, Problems: wrong}
		return begun, nil
	}
	known, err := around(ctx, t.read, &to)
	if err != nil {
		return begun, err
	}
	with := registration.Details{Version: begun.Version, Content: &to, Around: known}
	after, refused := registration.Apply(begun, registration.Update, t.actor, with, t.today)
	t.refused = refused
	return after, nil
}

// open finds the base and locks it. What isn't there for the viewer isn't there.
func (t *turn) open(ctx context.Context) (err error) {
	t.id, _ = t.input["id"].(string)
	if t.action == registration.Create {
		given := t.given(registration.Content{})
		t.visit, err = t.visit.arrive(ctx, &given)
		return err
	}
	found, err := t.tx.Lock(ctx, t.id)
	if err != nil {
		return err
	}
	if found[t.id].Type != "PracticeBase" {
		return nothing(t.id)
	}
	if t.record, err = t.tx.Record(ctx, registrations, t.id); err != nil {
		return err
	}
	if t.facts, err = factsIn(t.record.Properties); err != nil {
		return err
	}
	var changed []*registration.Content
	if t.facts.Proposed != nil {
		given := t.given(*t.facts.Proposed)
		changed = append(changed, &given)
	}
	if t.visit, err = t.visit.arrive(ctx, changed...); err != nil {
		return err
	}
	switch {
	case !t.sees():
		return nothing(t.id)
	case t.record.Properties == nil:
		return network.Errorf(network.BadUserInput, "%s was never registered, it comes from documents: register it anew to change it", t.id)
	}
	return nil
}

// given is a content with what the input changes of it, as far as that can be read.
func (t *turn) given(c registration.Content) registration.Content {
	out, _ := registration.Patch(c, t.patch())
	return out
}

func (t *turn) patch() map[string]any {
	if agreement, ok := t.input["agreement"].(map[string]any); ok {
		return map[string]any{"agreement": agreement}
	}
	of, _ := t.input["content"].(map[string]any)
	return of
}

// details are what the action comes with. A stranger's are not looked into: what they lead to is not theirs to know.
func (t *turn) details(ctx context.Context) (d registration.Details, problems []registration.Problem, err error) {
	if t.actor.IsStranger(t.facts, t.action) {
		return d, nil, nil
	}
	text := func(name string) string { s, _ := t.input[name].(string); return s }
	version, _ := t.input["version"].(int64)
	d = registration.Details{
		Version: int(version), Code: text("code"), Reason: text("reason"), Survivor: text("survivor"), Hash: text("hash"), On: text("on"),
		Distinct: texts(t.input["distinct"]), Parties: texts(t.input["parties"]), Seen: texts(t.input["seen"]), Overrides: map[string]string{},
	}
	overrides, _ := t.input["overrides"].([]any)
	for _, of := range overrides {
		of := of.(map[string]any)
		d.Overrides[of["rule"].(string)] = of["reason"].(string)
	}
	switch t.action {
	case registration.Create, registration.Update:
		from := registration.Content{}
		if t.facts.Proposed != nil {
			from = *t.facts.Proposed
		}
		to, wrong := registration.Patch(from, t.patch())
		if len(wrong) > 0 {
			return d, wrong, nil
		}
		d.Content = &to
		d.Around, err = around(ctx, t.read, &to)
	case registration.Submit, registration.Approve:
		if t.facts.Proposed == nil {
			return d, nil, nil
		}
		if d.Around, err = around(ctx, t.read, t.facts.Proposed); err != nil {
			return d, nil, err
		}
		if t.action == registration.Submit && t.facts.Live == registration.Never {
			var found []alike
			found, err = t.alikes(ctx, t.id, *t.facts.Proposed)
			for _, a := range found {
				d.Duplicates = append(d.Duplicates, a.id)
			}
		}
	case registration.Merge:
		err = t.survivor(ctx, d.Survivor)
	case registration.Terminate:
		if on, wrong := network.ParseDay(d.On); wrong == nil {
			d.Placements, err = goingOn(ctx, t.read, t.id, on)
		}
	}
	return d, nil, err
}

// survivor makes sure that the base that remains is there, for the viewer too, and will be: that it is no draft, and not
// itself merged into another, now or at the same moment. What isn't the id of a base, registration refuses.
func (t *turn) survivor(ctx context.Context, id string) error {
	switch {
	case !registration.IsBase(id):
		return nil
	case id == t.id:
		return network.Errorf(network.BadUserInput, "survivor: %s can't be a duplicate of itself", id)
	}
	seen, err := standingTo(ctx, t.read, t.viewer, []string{id})
	if err == nil && !seen[id].sees {
		err = nothing(id)
	}
	if err != nil {
		return err
	}
	locked, err := t.tx.Lock(ctx, id)
	if err != nil {
		return err
	}
	if into, _ := locked[id].Properties["mergedInto"].(string); into != "" {
		return network.Errorf(network.BadUserInput, "survivor: %s was merged itself, into %s: name that one", id, into)
	}
	if locked[id].Properties["status"] == string(registration.Draft) {
		return network.Errorf(network.BadUserInput, "survivor: %s is a draft, which may be deleted: name a base that was handed in", id)
	}
	return nil
}

// clashing is what differs between what is there and what a second editor sent.
func (t *turn) clashing(d registration.Details) []any {
	if d.Content == nil || t.facts.Proposed == nil {
		return []any{}
	}
	return differences(*t.facts.Proposed, *d.Content)
}

// write keeps what is registered now and lays the base out in the network.
func (t *turn) write(ctx context.Context, after registration.Facts) error {
	if after.Stage == registration.Deleted {
		t.deleted = true
		t.tx.Forget(t.record)
		return t.tx.Delete(t.id)
	}
	p := projection{tx: t.tx, id: t.id, before: t.facts, after: after}
	if err := p.lay(ctx); err != nil {
		return err
	}
	if t.id == "" {
		t.id = p.id
		var err error
		if t.record, err = t.tx.Record(ctx, registrations, t.id); err != nil {
			return err
		}
	}
	return note(t.tx, t.record, after)
}

// note keeps what is registered of a base, and on which day the calendar has something to do with it.
func note(tx *change.Tx, r *change.Record, f registration.Facts) error {
	text, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("keeping what is registered: %w", err)
	}
	keep := map[string]any{"facts": string(text), "due": nil, "address": nil}
	if due, ok := registration.Due(f); ok {
		keep["due"] = due.String()
	}
	var served []string
	for _, c := range []*registration.Content{f.Current, f.Proposed} {
		if c == nil {
			continue
		}
		served = append(served, c.Serves.Organizations...)
		if c.Identity.Address != "" {
			keep["address"] = c.Identity.Address
		}
	}
	keep["organizations"], keep["served"] = f.Organizations(), served
	tx.Note(r, keep)
	return nil
}
