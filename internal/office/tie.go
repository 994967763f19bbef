package office

import (
	"context"
	"fmt"
	"strings"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// tieMutation begins, changes or ends a tie.
type tieMutation struct {
	rel  *graphmap.Rel
	verb string // Create, Update or End
}

// tieMutations are those of all relationships that have a noun, by their names.
func tieMutations(m *graphmap.Map) map[string]tieMutation {
	out := map[string]tieMutation{}
	for _, rel := range m.Relationships {
		if rel.Noun == "" {
			continue
		}
		out[rel.Noun+"Create"], out[rel.Noun+"End"] = tieMutation{rel, "Create"}, tieMutation{rel, "End"}
		if len(rel.Properties) > 0 {
			out[rel.Noun+"Update"] = tieMutation{rel, "Update"}
		}
	}
	return out
}

// changeTie begins, changes or ends a tie. What was so is never overwritten: a change ends it and begins another.
func (o *Office) changeTie(ctx context.Context, mutation string, input map[string]any) (map[string]any, error) {
	of := o.ties[mutation]
	r, err := request(ctx, mutation, input)
	if err != nil {
		return nil, err
	}
	stated := input
	if of.verb == "End" {
		stated = map[string]any{} // until is a day, and read below
	}
	properties, problems := o.stated(of.rel.Type, stated)
	if len(problems) > 0 {
		return map[string]any{"userErrors": userErrors(problems)}, nil
	}
	answer, err := o.Writer.Do(ctx, r, func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
		t := tieTurn{o, tx, of.rel, r.Viewer, input, nil}
		var values map[string]any
		var err error
		switch of.verb {
		case "Create":
			values, err = t.begin(ctx, properties)
		case "Update":
			values, err = t.amend(ctx, properties)
		default:
			values, err = t.end(ctx)
		}
		problems = t.problems
		return change.Answer{Values: values, UserErrors: told(problems)}, err
	})
	if err != nil {
		return nil, err
	}
	if len(answer.UserErrors) > 0 {
		return map[string]any{"userErrors": userErrors(problems)}, nil
	}
	answer.Values["userErrors"] = []any{}
	return answer.Values, nil
}

// tieTurn is one change of a tie.
type tieTurn struct {
	office   *Office
	tx       *change.Tx
	rel      *graphmap.Rel
	viewer   access.Viewer
	input    map[string]any
	problems []registration.Problem
}

func (t *tieTurn) begin(ctx context.Context, properties map[string]any) (map[string]any, error) {
	from, _ := t.input["from"].(string)
	to, _ := t.input["to"].(string)
	found, err := t.tx.Lock(ctx, from, to)
	if err != nil {
		return nil, err
	}
	for _, id := range []string{from, to} {
		if t.office.mayBeHidden(found[id].Type) {
			return nil, nothing(id)
		}
	}
	if !t.rel.Allows(found[from].Type, found[to].Type) {
		var joins []string
		for _, j := range t.rel.Joins {
			joins = append(joins, strings.Join(j.From, " or ")+" to "+strings.Join(j.To, " or "))
		}
		t.wrong(registration.NoChoice, "to", fmt.Sprintf("this leads from a %s to a %s, and can only lead from %s", found[from].Type, found[to].Type, strings.Join(joins, "; from ")), "两端类型不符")
		return nil, nil
	}
	if from == to {
		t.wrong(registration.Twice, "to", "a thing can't be tied to itself: name two", "两端不能相同")
		return nil, nil
	}
	if err := t.mayWrite(ctx, from, to, found); err != nil {
		return nil, err
	}
	id, err := t.tx.Begin(change.Tie{Type: t.rel.Type, From: from, To: to, Properties: properties, Evidence: evidenceGiven(t.input)})
	return map[string]any{"id": id, "from": from, "to": to}, err
}

// mayWrite tells whether the viewer may write at the end that decides.
func (t *tieTurn) mayWrite(ctx context.Context, from, to string, found map[string]change.Thing) error {
	at := from
	if t.rel.At == "TO" {
		at = to
	}
	return t.office.mayChange(ctx, t.tx, t.viewer, at, found[at].Type)
}

// stored finds the tie that the input names, which holds still. One that isn't there, one of another type and one at a
// thing that may be hidden are answered alike.
func (t *tieTurn) stored(ctx context.Context) (*network.Tie, error) {
	id, _ := t.input["id"].(string)
	absent := network.Errorf(network.NotFound, "there is no relationship with the id %q", id)
	tie, err := t.tx.Tie(ctx, id)
	if network.CodeOf(err) == network.NotFound || err == nil && tie.Type != t.rel.Type {
		return nil, absent
	}
	if err != nil {
		return nil, err
	}
	found, err := t.tx.Lock(ctx, tie.From, tie.To)
	if err != nil {
		return nil, err
	}
	if t.office.mayBeHidden(found[tie.From].Type) || t.office.mayBeHidden(found[tie.To].Type) {
		return nil, absent
	}
	if err := t.mayWrite(ctx, tie.From, tie.To, found); err != nil {
		return nil, err
	}
	if until, ended := tie.Properties["until"]; ended {
		t.wrong(registration.WrongState, "id", fmt.Sprintf("it ended on %v already: begin another", until), "该关系已结束：请新建")
	}
	return tie, nil
}

func (t *tieTurn) end(ctx context.Context) (map[string]any, error) {
	tie, err := t.stored(ctx)
	if err != nil || len(t.problems) > 0 {
		return nil, err
	}
	until, err := t.day("until", tie)
	if err != nil || len(t.problems) > 0 {
		return nil, err
	}
	return map[string]any{"id": tie.ID, "from": tie.From, "to": tie.To}, t.tx.End(ctx, tie.ID, until)
}

func (t *tieTurn) amend(ctx context.Context, properties map[string]any) (map[string]any, error) {
	tie, err := t.stored(ctx)
	if err != nil || len(t.problems) > 0 {
		return nil, err
	}
	on, err := t.day("on", tie)
	if err != nil || len(t.problems) > 0 {
		return nil, err
	}
	next := map[string]any{}
	for _, name := range t.rel.Properties {
		next[name] = tie.Properties[name]
		if v, given := properties[name]; given {
			next[name] = v
		}
	}
	next["since"] = on.String()
	if err := t.tx.End(ctx, tie.ID, on); err != nil {
		return nil, err
	}
	id, err := t.tx.Begin(change.Tie{Type: t.rel.Type, From: tie.From, To: tie.To, Properties: next, Evidence: evidenceGiven(t.input)})
	return map[string]any{"id": id, "from": tie.From, "to": tie.To}, err
}

// day reads the day on which a tie ends, today if none is given; it can't be before the tie began.
func (t *tieTurn) day(field string, tie *network.Tie) (network.Day, error) {
	text, given := t.input[field].(string)
	if !given {
		return t.tx.Today(), nil
	}
	day, err := network.ParseDay(text)
	if err != nil {
		t.wrong(registration.BadFormat, field, err.Error(), "日期无效，如 2026-09-01")
		return day, nil
	}
	since, _ := tie.Properties["since"].(string)
	if since != "" && day.Before(network.PartialDate(since).Earliest().Time) {
		t.wrong(registration.OutOfOrder, field, fmt.Sprintf("it began on %s: give a later day than %s", since, day), "不能早于开始日期")
	}
	return day, nil
}

func (t *tieTurn) wrong(code registration.Code, field, en, zh string) {
	t.problems = append(t.problems, registration.Problem{Code: code, Field: []string{field}, Message: en, MessageZh: zh})
}
