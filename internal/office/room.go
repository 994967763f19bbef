package office

import (
	"context"
	_ "embed"
	"slices"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/placement"
	"github.com/partnergraph/partnergraph/internal/registration"
)

//go:embed statements/room.cypher
var roomText string

// room is a base and a student who is to be there, or is, as the network knows them.
type room struct {
	placement.Around
	name, nameZh string   // of the base
	hosts        []string // ids of who hosts the base
	schools      []string // ids of where the student is enrolled
}

// roomFor reads what is to be known of a base and a student from a day on.
func roomFor(ctx context.Context, read rowsOf, base, student string, since, today network.Day) (*room, error) {
	rows, err := read(ctx, roomText, map[string]any{"p": map[string]any{"base": base, "student": student, "since": since, "today": today}})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	r := rows[0]
	out := &room{hosts: texts(r["hosts"])}
	out.name, _ = r["name"].(string)
	out.nameZh, _ = r["nameZh"].(string)
	b := placement.Base{Span: spanOf(r), Places: number(r["places"])}
	b.Status, _ = r["status"].(string)
	if _, registered := r["facts"].(string); registered {
		facts, err := factsIn(r)
		if err != nil {
			return nil, err
		}
		facts, _ = registration.Settle(facts, today)
		b.Registered = &facts
	}
	for _, o := range each(r["offers"]) {
		b.Offers = append(b.Offers, placement.Offer{Discipline: o["discipline"].(string), Places: number(o["places"]), Span: spanOf(o)})
	}
	for _, p := range each(r["taken"]) {
		t := placement.Taken{ID: p["id"].(string), Studies: studiesOf(p), Span: spanOf(p)}
		t.Post, _ = p["post"].(string)
		t.OfStudent, _ = p["ofStudent"].(bool)
		b.Taken = append(b.Taken, t)
	}
	out.schools = enrolledAt(each(r["enrolled"]), today)
	out.Student = placement.Student{Studies: studiesOf(r), Erased: r["erasedOn"] != nil}
	for _, k := range each(r["kinds"]) {
		if kind, known := k["kind"].(string); known && slices.Contains(out.schools, k["school"].(string)) {
			out.Student.Kinds = append(out.Student.Kinds, kind)
		}
	}
	for _, s := range each(r["serves"]) {
		if slices.Contains(out.schools, s["school"].(string)) {
			b.Serves = append(b.Serves, spanOf(s))
		}
	}
	out.Base = b
	return out, nil
}

// enrolledAt is where somebody is enrolled: where that has not ended, or, if all has, where it ended last.
func enrolledAt(enrolled []map[string]any, today network.Day) []string {
	last := network.Always
	for _, e := range enrolled {
		if until := spanOf(e).Until; until.After(last.Time) {
			last = until
		}
	}
	if last.After(today.Time) {
		last = today
	}
	var out []string
	for _, e := range enrolled {
		if until := spanOf(e).Until; until.After(today.Time) || until == last {
			out = append(out, e["school"].(string))
		}
	}
	return out
}

// actorAt is a viewer as seen from a placement.
func (r *room) actorAt(ctx context.Context, read rowsOf, v access.Viewer) (placement.Actor, error) {
	out := placement.Actor{Subject: v.Subject}
	if v.Roles.Has(access.Admin) {
		out.Roles |= placement.Admin
	}
	if !v.Roles.Has(access.Office) {
		return out, nil
	}
	standings, err := standingTo(ctx, read, v, slices.Concat(r.hosts, r.schools))
	if err != nil {
		return out, err
	}
	of := func(ids []string, role placement.Role) {
		if slices.ContainsFunc(ids, func(id string) bool { return standings[id].office }) {
			out.Roles |= role
		}
	}
	of(r.hosts, placement.Host)
	of(r.schools, placement.School)
	return out, nil
}

func studiesOf(of map[string]any) []placement.Studied {
	var out []placement.Studied
	for _, d := range each(of["studies"]) {
		out = append(out, placement.Studied{Discipline: d["discipline"].(string), Span: spanOf(d)})
	}
	return out
}

func spanOf(of map[string]any) placement.Span {
	return placement.Span{From: of["from"].(network.Day), Until: of["until"].(network.Day)}
}

func number(v any) *int {
	n, stated := v.(int64)
	if !stated {
		return nil
	}
	out := int(n)
	return &out
}

// each are the maps of a list.
func each(v any) []map[string]any {
	list, _ := v.([]any)
	out := make([]map[string]any, len(list))
	for i, e := range list {
		out[i] = e.(map[string]any)
	}
	return out
}
