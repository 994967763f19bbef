package office

import (
	"context"
	_ "embed"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

//go:embed statements/merged.cypher
var mergedText string

// projection lays out in the network what is registered of a base. What was never live is replaced, since nobody relied on
// it; of what is live, a fact that is so no more ends on the day, and another begins.
type projection struct {
	tx            *change.Tx
	id            string // "" before it is made
	before, after registration.Facts
}

// laid are the types of ties that follow from what is registered.
var laid = []string{"HOSTS", "SERVES", "OFFERS", "LOCATED_IN", "GOVERNED_BY"}

func (p *projection) lay(ctx context.Context) error {
	c := p.after.Current
	if p.after.Live == registration.Never {
		c = p.after.Proposed
	}
	properties := described(*c)
	properties["status"] = p.after.Status()
	if at, changes := p.submittedAt(); changes {
		properties["submittedAt"] = at
	}
	if p.after.Survivor != "" {
		properties["mergedInto"] = p.after.Survivor
		if err := p.passOn(ctx); err != nil {
			return err
		}
	}
	evidence := evidenceOf(*c)
	if p.id == "" {
		var err error
		if p.id, err = p.tx.Create("PracticeBase", properties, evidence...); err != nil {
			return err
		}
		return p.ties(ctx, *c, nil, "")
	}
	if p.after.Live != registration.Never && p.before.Live == registration.Never {
		properties["openedOn"] = p.tx.Today().String()
	}
	if p.after.Live == registration.Terminated && p.before.Live != registration.Terminated {
		properties["closedOn"] = p.after.Termination
	}
	if err := p.tx.Update(p.id, properties, evidence...); err != nil {
		return err
	}
	if err := p.tx.Touch(p.id); err != nil {
		return err
	}
	stored, err := p.tx.Ties(ctx, p.id, laid...)
	if err != nil {
		return err
	}
	agreement, err := p.agreement(ctx, *c, stored)
	if err != nil {
		return err
	}
	return p.ties(ctx, *c, stored, agreement)
}

// passOn leads what was merged into this base on to what this one is merged into, so that one step finds what remains.
func (p *projection) passOn(ctx context.Context) error {
	rows, err := p.tx.Read(ctx, mergedText, map[string]any{"p": map[string]any{"id": p.id}})
	if err != nil || len(rows) == 0 {
		return err
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r["id"].(string))
	}
	if _, err := p.tx.Lock(ctx, ids...); err != nil {
		return err
	}
	for _, id := range ids {
		if err := p.tx.Update(id, map[string]any{"mergedInto": p.after.Survivor}); err != nil {
			return err
		}
	}
	return nil
}

// submittedAt is when what is proposed was handed in, as long as it waits for its review.
func (p *projection) submittedAt() (at any, changes bool) {
	switch waits := p.after.Stage == registration.Submitted || p.after.Stage == registration.InReview; {
	case waits && p.before.Stage != registration.Submitted && p.before.Stage != registration.InReview:
		return p.tx.Now(), true
	case waits:
		return nil, false
	}
	return nil, true
}

// described are the properties of the base itself.
func described(c registration.Content) map[string]any {
	name := c.Identity.Name
	for _, other := range []string{c.Identity.NameZh, "Unnamed draft"} {
		if name == "" {
			name = other
		}
	}
	out := map[string]any{
		"name": name, "nameZh": stated(c.Identity.NameZh), "level": stated(c.Identity.Level), "conditions": stated(conditions(c.Conditions)),
		"contact": stated(contact(c.People.Host.Contact)), "insuredUntil": stated(string(c.Insurance.CoverUntil)), "places": nil, "position": nil,
		"aliases": nil, "aliasSources": nil, "aliasLocators": nil,
	}
	places := int64(0)
	for _, o := range c.Serves.Disciplines {
		if o.Places != nil {
			places += int64(*o.Places)
		}
	}
	if places > 0 {
		out["places"] = places
	}
	if at := c.Identity.Position; at.Latitude != nil && at.Longitude != nil {
		out["position"] = network.Point{Latitude: *at.Latitude, Longitude: *at.Longitude}
	}
	if n := len(c.Identity.Aliases); n > 0 {
		out["aliases"], out["aliasSources"], out["aliasLocators"] = slices.Clone(c.Identity.Aliases), make([]string, n), make([]string, n)
	}
	return out
}

// stated is a text, or nil where nobody said anything.
func stated(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func conditions(c registration.Conditions) string {
	var out []string
	for _, part := range []struct{ name, text string }{{"Lodging", c.Lodging}, {"Meals", c.Meals}, {"Pay", c.Pay}} {
		if part.text != "" {
			out = append(out, part.name+": "+part.text)
		}
	}
	return strings.Join(out, "\n")
}

func contact(p registration.Person) string {
	return strings.Join(slices.DeleteFunc([]string{p.Name, p.Title, p.Phone, p.Email}, func(s string) bool { return s == "" }), ", ")
}

func evidenceOf(c registration.Content) []change.Evidence {
	var out []change.Evidence
	for _, source := range c.Evidence.Sources {
		out = append(out, change.Evidence{Source: source})
	}
	return out
}

// ties brings the ties of the base to what the content says.
func (p *projection) ties(ctx context.Context, c registration.Content, stored []network.Tie, agreement string) error {
	want := p.wanted(c, agreement)
	for _, t := range stored {
		if t.Properties["until"] != nil {
			continue
		}
		at := slices.IndexFunc(want, func(w change.Tie) bool { return same(w, t) })
		var err error
		switch {
		case at >= 0:
			want = slices.Delete(want, at, at+1)
		case p.before.Live == registration.Never && t.Type != "GOVERNED_BY":
			err = p.tx.Remove(ctx, t.ID)
		default:
			err = p.tx.End(ctx, t.ID, p.tx.Today())
		}
		if err != nil {
			return err
		}
	}
	for _, w := range want {
		if p.before.Live != registration.Never && p.before.Live != "" {
			w.Properties["since"] = p.tx.Today().String()
		}
		w.Evidence = evidenceOf(c)
		if _, err := p.tx.Begin(w); err != nil {
			return err
		}
	}
	return nil
}

// wanted are the ties that a content says.
func (p *projection) wanted(c registration.Content, agreement string) []change.Tie {
	var out []change.Tie
	add := func(kind, from, to string, properties map[string]any) {
		if from != "" && to != "" {
			out = append(out, change.Tie{Type: kind, From: from, To: to, Properties: properties})
		}
	}
	add("HOSTS", c.Host.Organization, p.id, map[string]any{})
	for _, id := range c.Serves.Organizations {
		add("SERVES", p.id, id, map[string]any{})
	}
	for _, o := range c.Serves.Disciplines {
		add("OFFERS", p.id, o.Discipline, map[string]any{"places": whole(o.Places), "minWeeks": whole(o.MinWeeks), "maxWeeks": whole(o.MaxWeeks)})
	}
	add("LOCATED_IN", p.id, c.Identity.Place, map[string]any{})
	add("GOVERNED_BY", p.id, agreement, map[string]any{})
	return out
}

func whole(n *int) any {
	if n == nil {
		return nil
	}
	return int64(*n)
}

// same tells whether a stored tie says what is wanted.
func same(want change.Tie, stored network.Tie) bool {
	if want.Type != stored.Type || want.From != stored.From || want.To != stored.To {
		return false
	}
	for name, v := range want.Properties {
		if stored.Properties[name] != v {
			return false
		}
	}
	return true
}

// agreement is the one that the base rests on: a new one where the content has come with one, which follows the one
// before; "" while nothing is live.
func (p *projection) agreement(ctx context.Context, c registration.Content, stored []network.Tie) (string, error) {
	if p.after.Live == registration.Never {
		return "", nil
	}
	var last string
	for _, t := range stored {
		if t.Type == "GOVERNED_BY" && t.Properties["until"] == nil {
			last = t.To
		}
	}
	if last != "" && p.before.Current != nil && sameAgreement(p.before.Current.Agreement, c.Agreement) {
		return last, nil
	}
	evidence := evidenceOf(c)
	a := c.Agreement
	id, err := p.tx.Create("Agreement", map[string]any{
		"name": "Agreement on " + described(c)["name"].(string), "nameZh": agreementZh(c), "kind": stated(a.Kind), "number": stated(a.Number),
		"signedOn": stated(string(a.SignedOn)), "validFrom": stated(string(a.ValidFrom)), "validUntil": stated(string(a.ValidUntil)), "fileHash": stated(a.FileHash),
	}, evidence...)
	if err != nil {
		return "", err
	}
	parties := slices.Clone(a.Parties)
	slices.Sort(parties)
	for _, party := range slices.Compact(parties) {
		if _, err := p.tx.Begin(change.Tie{Type: "PARTY_TO", From: party, To: id, Evidence: evidence}); err != nil {
			return "", err
		}
	}
	if last != "" {
		_, err = p.tx.Begin(change.Tie{Type: "FOLLOWS", From: id, To: last, Evidence: evidence})
	}
	return id, err
}

func sameAgreement(a, b registration.Agreement) bool {
	return len(registration.Difference(registration.Content{Agreement: a}, registration.Content{Agreement: b})) == 0
}

func agreementZh(c registration.Content) any {
	if c.Identity.NameZh == "" {
		return nil
	}
	return c.Identity.NameZh + "协议"
}
