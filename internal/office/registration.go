package office

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

//go:embed statements/registered.cypher
var registeredText string

// registration is what is registered of a base, as the viewer sees it; nil for who doesn't see all of the base, and for
// a base that nobody registered.
func (o *Office) registration(ctx context.Context, id string) (map[string]any, error) {
	rows, err := o.Database.Rows(ctx, registeredText, map[string]any{"p": map[string]any{"base": id}})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	v := visit{read: o.Database.Rows, viewer: access.From(ctx), today: network.NewDay(o.Writer.Now().UTC().Date()), id: id}
	if v.facts, err = factsIn(rows[0]); err != nil {
		return nil, err
	}
	if v, err = v.arrive(ctx); err != nil || !v.knows() {
		return nil, err
	}
	version := v.facts.Version
	v.facts, _ = registration.Settle(v.facts, v.today) // what the calendar is about to do is so already
	v.facts.Version = version
	return o.told(v), nil
}

// told is a registration in the form of the API.
func (o *Office) told(v visit) map[string]any {
	f := v.facts
	out := map[string]any{
		"practiceBase": v.id, "status": f.Status(), "version": int64(f.Version),
		"proposed": content(f.Proposed), "live": content(f.Current), "contentHash": stated(f.Hash),
		"differences": []any{}, "problems": []any{}, "findings": []any{}, "approvals": approvals(f), "duplicates": []any{},
		"viewerCan": permissions(v),
		"history":   Later(func(ctx context.Context) (any, error) { return o.history(ctx, v) }),
	}
	if f.Stage != registration.None {
		out["stage"] = string(f.Stage)
	}
	of := f.Proposed
	if of == nil {
		of = f.Current
	}
	if of == nil {
		return out
	}
	if f.Proposed == nil {
		out["contentHash"] = f.CurrentHash
	}
	if f.Proposed != nil && f.Current != nil {
		out["differences"] = differences(*f.Current, *f.Proposed)
	}
	out["problems"] = Later(func(ctx context.Context) (any, error) {
		known, err := around(ctx, v.read, of)
		return userErrors(registration.CheckSubmit(*of, known, v.today)), err
	})
	out["findings"] = Later(func(ctx context.Context) (any, error) {
		known, err := around(ctx, v.read, of)
		return findings(f, *of, known), err
	})
	out["duplicates"] = Later(func(ctx context.Context) (any, error) { return v.duplicates(ctx, *of) })
	return out
}

// content is a content as the API answers it: every list is there.
func content(c *registration.Content) any {
	if c == nil {
		return nil
	}
	var out map[string]any
	if err := json.Unmarshal(c.Canonical(), &out); err != nil {
		panic(err) // it was written a moment ago
	}
	return filled(registration.Fields, out)
}

// filled puts an empty list where nobody stated one.
func filled(f registration.Field, v any) any {
	of, ok := v.(map[string]any)
	if !ok {
		return v
	}
	for _, g := range f.Fields {
		switch {
		case g.List > 0:
			list, _ := of[g.Name].([]any)
			out := make([]any, len(list))
			for i, e := range list {
				out[i] = filled(g, e)
			}
			of[g.Name] = out
		case g.Kind == registration.Object && of[g.Name] != nil:
			of[g.Name] = filled(g, of[g.Name])
		}
	}
	return of
}

func differences(a, b registration.Content) []any {
	out := []any{}
	for _, d := range registration.Difference(a, b) {
		out = append(out, map[string]any{"field": listed(d.Field), "before": written(d.Before), "after": written(d.After)})
	}
	return out
}

// written is a value as JSON; nil for none.
func written(v any) any {
	if v == nil {
		return nil
	}
	text, _ := json.Marshal(v) // came from JSON
	return string(text)
}

func permissions(v visit) []any {
	out := []any{}
	for _, p := range registration.Permissions(v.actor, v.facts, v.today) {
		if p.Action == registration.Create {
			continue
		}
		one := map[string]any{"action": string(p.Action), "allowed": p.Allowed}
		if p.Why != nil {
			one["why"] = userError(*p.Why)
		}
		out = append(out, one)
	}
	return out
}

func findings(f registration.Facts, of registration.Content, known registration.Around) []any {
	out := []any{}
	for _, found := range registration.Judge(registration.Policies, of, known) {
		if found.Outcome == registration.Passed {
			continue
		}
		one := map[string]any{
			"rule": found.Rule.Code, "severity": string(found.Rule.Severity), "message": found.Message, "messageZh": found.MessageZh,
			"source": found.Rule.Source.Title,
		}
		if reason := f.Overrides[found.Rule.Code]; reason != "" {
			one["override"] = reason
		}
		out = append(out, one)
	}
	return out
}

func approvals(f registration.Facts) []any {
	out := []any{}
	if f.Proposed == nil {
		return out
	}
	for _, party := range f.Parties() {
		one := map[string]any{"party": party, "approved": false}
		for _, a := range f.Approvals {
			if a.Party == party && a.Hash == f.Hash {
				one["approved"], one["on"] = true, a.On
			}
		}
		out = append(out, one)
	}
	return out
}

func (v visit) duplicates(ctx context.Context, of registration.Content) (any, error) {
	found, err := v.alikes(ctx, v.id, of)
	if err != nil {
		return nil, err
	}
	out := []any{}
	for _, a := range found {
		answered := false
		for _, id := range v.facts.Distinct {
			answered = answered || id == a.id
		}
		out = append(out, map[string]any{"practiceBase": a.id, "score": a.Score, "fields": listed(a.Agrees), "answered": answered})
	}
	return out, nil
}

// Tell answers a field of a thing from what was read for it.
func (o *Office) Tell(ctx context.Context, field string, read any) (any, error) {
	if field != "PracticeBase.viewerCan" {
		return nil, fmt.Errorf("nobody tells %s", field)
	}
	known, ok := read.([]any)
	if !ok {
		return strangerCan(), nil
	}
	v := visit{viewer: access.From(ctx), today: network.NewDay(o.Writer.Now().UTC().Date())}
	var err error
	if v.facts, err = factsIn(map[string]any{"facts": known[0]}); err != nil {
		return nil, err
	}
	standings := map[string]standing{}
	for _, id := range texts(known[1]) {
		standings[id] = standing{office: true}
	}
	v.actor = actor(v.viewer, standings, texts(known[1]), nil)
	v.actor.Reviewer = known[2].(bool) && v.viewer.Roles.Has(access.Reviewer)
	return permissions(v), nil
}

// strangerCan is what those can do with a base who don't see all of it, or of which nothing is registered: nothing.
func strangerCan() []any {
	why := userError(registration.ForInsiders)
	out := []any{}
	for _, a := range registration.Actions {
		if a != registration.Create {
			out = append(out, map[string]any{"action": string(a), "allowed": false, "why": why})
		}
	}
	return out
}
