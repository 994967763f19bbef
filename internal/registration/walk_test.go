package registration

import (
	"flag"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/network"
)

var actions = flag.Int("actions", 60, "how many actions a random walk has")

// offersOf makes contents that differ in what the rules look at, and what the model knows of them.
func offersOf(t interface{ Fatal(...any) }) ([]Content, []offer) {
	var contents []Content
	var offers []offer
	base := handedIn(t)
	host := "ent_example-instruments"
	for _, served := range [][]string{{"uni_made-up"}, {"uni_made-up", "uni_second"}, {"uni_second"}} {
		for _, span := range [][2]int{{0, 60}, {40, 120}, {100, 200}} {
			for _, whole := range []bool{true, true, false} {
				c := base
				c.Identity.Name = fmt.Sprint("Base ", len(contents))
				c.Serves.Organizations, c.Serves.Lead = served, served[0]
				c.Agreement.SignedOn, c.Evidence.Inspection.Date = "2025", "2025"
				c.Agreement.ValidFrom, c.Agreement.ValidUntil = network.PartialDate(date(span[0]).String()), network.PartialDate(date(span[1]).String())
				if !whole {
					c.Identity.Address = ""
				}
				contents = append(contents, c)
				offers = append(offers, offer{span[0], span[1], append([]string{host}, served...), whole})
			}
		}
	}
	return contents, offers
}

var people = []somebody{
	{name: "host", offices: []string{"ent_example-instruments"}},
	{name: "school", offices: []string{"uni_made-up"}},
	{name: "second", offices: []string{"uni_second"}},
	{name: "all parties", offices: []string{"ent_example-instruments", "uni_made-up", "uni_second"}},
	{name: "reviewer", reviewer: true},
	{name: "reviewer of the school", offices: []string{"uni_made-up"}, reviewer: true},
	{name: "admin", admin: true},
	{name: "stranger", offices: []string{"uni_other"}},
}

// TestWalk: random people do random things on random days, two at once, and the registration stands where a second
// telling of the rules says. Whatever happens, what is live was approved by every party, in one and the same content.
func TestWalk(t *testing.T) {
	contents, offers := offersOf(t)
	var hashes []string
	for _, c := range contents {
		hashes = append(hashes, c.Hash())
	}
	met := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		f, m, today := Facts{}, model{}, 0
		words := map[string]map[string]bool{} // hash → who approved it since it was approved by a reviewer
		for range *actions {
			if m.exists && m.gone() && rapid.IntRange(0, 3).Draw(t, "another base") > 0 {
				f, m, words = Facts{}, model{}, map[string]map[string]bool{}
			}
			if next := today + rapid.SampledFrom([]int{0, 0, 0, 0, 0, 0, 0, 1, 9, 40}).Draw(t, "days"); next > today {
				for ; today < next; today++ {
					m.night(today+1, offers)
				}
			}
			a := rapid.SampledFrom(plausible(m)).Draw(t, "action")
			if rapid.IntRange(0, 4).Draw(t, "anything") == 0 {
				a = rapid.SampledFrom(Actions).Draw(t, "any action")
			}
			p := rapid.SampledFrom(likely(a)).Draw(t, "somebody likely")
			if rapid.IntRange(0, 3).Draw(t, "anybody") == 0 {
				p = rapid.SampledFrom(people).Draw(t, "somebody")
			}
			c, ends := rapid.IntRange(0, len(contents)-1).Draw(t, "content"), today+rapid.IntRange(-5, 60).Draw(t, "ends")
			actor := Actor{Subject: p.name, Offices: p.offices, Reviewer: p.reviewer, Admin: p.admin}

			before, _ := Settle(f, date(today))
			if rapid.IntRange(0, 7).Draw(t, "look at permissions") == 0 {
				agreesOnPermissions(t, before, actor, contents, today)
			}
			d := detailsFor(before, a, contents[c], ends)
			stale := a != Create && a != PartyApprove && before.Version > 1 && rapid.IntRange(0, 9).Draw(t, "stale") == 0
			if stale { // somebody else was quicker: this one has seen what was there before
				d.Version = before.Version - 1
			}
			after, refusal := Apply(f, a, actor, d, date(today))
			if stale {
				if refusal == nil || after.Version != before.Version {
					t.Fatalf("%s of %s went through on an older version", a, p.name)
				}
				if code := refusal.Problems[0].Code; code != VersionConflict && code != NotAllowed && code != WrongState {
					t.Fatalf("%s of %s on an older version: %v", a, p.name, refusal)
				}
				f = after
				continue
			}
			was := m.status()
			did := m.does(a, p, c, ends, today, offers)
			m.night(today, offers)
			if did != (refusal == nil) {
				t.Fatalf("day %d: %s of %s at %s: the model says %v, but %v", today, a, p.name, was, did, refusal)
			}
			if did && a == Renew { // the office gives the new agreement in the next step
				u := Details{Version: after.Version, Content: &contents[c]}
				edited, refusal := Apply(after, Update, Actor{Subject: "office", Offices: offers[c].parties}, u, date(today))
				if refusal != nil && refusal.Problems[0].Code != NotAllowed {
					t.Fatal(refusal)
				} else if refusal != nil {
					m.proposed = -2 // whom the new content names has nothing to do with the base
				}
				after = edited
			}
			if m.proposed == -2 { // take the renewal back
				u := Details{Version: after.Version}
				after, _ = Apply(after, Delete, Actor{Subject: "office", Offices: offers[m.current].parties}, u, date(today))
				m.stage = ""
				m.forget()
			}
			if after.Proposed != nil && after.Proposed != f.Proposed && after.Hash != after.Proposed.Hash() {
				t.Fatalf("the hash is not that of what is proposed")
			}
			if did {
				met[fmt.Sprint(was, " ", a)]++
				if a == PartyApprove {
					hash := d.Hash
					if words[hash] == nil {
						words[hash] = map[string]bool{}
					}
					for _, id := range p.offices {
						words[hash][id] = true
					}
				}
			} else if after.Version != before.Version {
				t.Fatalf("%s of %s was refused and changed something", a, p.name)
			}
			if a == RequestChanges && did {
				clear(words)
			}
			if after.Current != f.Current && after.Current != nil {
				for _, party := range after.Current.Parties() {
					if !words[after.CurrentHash][party] {
						t.Fatalf("%s became live, and %s never approved it", after.Current.Identity.Name, party)
					}
				}
			}
			f = after
			same(t, f, m, hashes)
		}
	})
	t.Logf("%d kinds of steps were taken", len(met))
}

// plausible are actions that lead on, so that walks come far.
func plausible(m model) []Action {
	switch {
	case !m.exists:
		return []Action{Create}
	case m.live == "SUSPENDED":
		return []Action{Resume, Amend, Renew, Update, Submit, StartReview, Approve, PartyApprove}
	case m.stage == "" && m.live == "ACTIVE":
		return []Action{Amend, Renew, Suspend, Terminate}
	}
	return map[string][]Action{
		"DRAFT": {Update, Submit, Submit}, "CHANGES_REQUESTED": {Update, Submit}, "SUBMITTED": {StartReview},
		"IN_REVIEW": {Approve, Approve, Approve, RequestChanges}, "APPROVED": {PartyApprove}, "": {Renew},
	}[m.stage] // of what is gone, nothing leads on, and a renewal is refused
}

// likely is somebody who may take an action for the most part.
func likely(a Action) []somebody {
	switch a {
	case StartReview, RequestChanges, Reject, Merge, Approve, Suspend, Resume, Terminate:
		return []somebody{people[4], people[5]}
	case PartyApprove:
		return people[:4]
	}
	return []somebody{people[3]}
}

func detailsFor(f Facts, a Action, c Content, ends int) Details {
	d := Details{Version: f.Version, Content: &c, Reason: "because", Survivor: "bas_other", On: date(ends).String(), Overrides: map[string]string{}}
	for _, r := range Policies {
		d.Overrides[r.Code] = "agreed"
	}
	if codes := Reasons[a]; codes != nil {
		d.Code = codes[0]
	}
	if f.Proposed != nil {
		d.Hash = f.Hash
	}
	return d
}

// agreesOnPermissions: an action is allowed if and only if there are details with which it succeeds.
func agreesOnPermissions(t *rapid.T, f Facts, by Actor, contents []Content, today int) {
	for _, p := range Permissions(by, f, date(today)) {
		if p.Allowed != (p.Why == nil) {
			t.Fatalf("%s: allowed %v because %v", p.Action, p.Allowed, p.Why)
		}
		could := false
		if p.Action == Create { // anybody with an office may, of a base of its own
			own := contents[0]
			own.Serves.Organizations, own.Serves.Lead = by.Offices, ""
			contents = append([]Content{own}, contents[1:]...)
		}
		for _, c := range []int{0, 9, 18} { // one for each choice of whom the base serves
			_, refusal := Apply(f, p.Action, by, detailsFor(f, p.Action, contents[c], today+300), date(today))
			could = could || refusal == nil
			if p.Action != Create && p.Action != Update {
				break
			}
		}
		if could != p.Allowed {
			t.Fatalf("%s at %s: allowed %v (%v), possible %v", p.Action, place(f), p.Allowed, p.Why, could)
		}
	}
}

// same holds what is there against the model, and against what must hold whatever happened.
func same(t *rapid.T, f Facts, m model, hashes []string) {
	if place(f) != m.status() {
		t.Fatalf("it stands at %s, the model at %s", place(f), m.status())
	}
	if (f.Current == nil) != (!m.exists || m.current < 0) || f.Current != nil && f.CurrentHash != hashes[m.current] {
		t.Fatalf("what is live is not what the model says")
	}
	if f.Proposed != nil && !m.rejected && !m.merged && f.Stage != Draft && f.Hash != hashes[m.proposed] {
		t.Fatalf("what is proposed is not what the model says")
	}
	for _, a := range f.Approvals {
		if a.Hash != f.Hash || f.Stage != Approved {
			t.Fatalf("%s is held to have approved what it didn't", a.Party)
		}
	}
}
