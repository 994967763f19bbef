package registration

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/golden"
)

// TestLife plays the life of a base, with what goes wrong in it, into a file that a person can read.
func TestLife(t *testing.T) {
	var out strings.Builder
	f, around := Facts{}, known()
	around["uni_second"] = Named{Kinds: []string{"UNIVERSITY"}}
	host := Actor{Subject: "host's office", Offices: []string{"ent_example-instruments"}}
	school := Actor{Subject: "school's office", Offices: []string{"uni_made-up", "sch_made-up-engineering"}}
	reviewer := Actor{Subject: "reviewer", Reviewer: true}
	admin := Actor{Subject: "admin", Admin: true}
	say := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	calendar := func(today string) {
		settled, steps := Settle(f, on(today))
		for _, s := range steps {
			say("%s  %-16s %-15s → %s", s.On, "the calendar", s.Action, place(settled))
		}
		f = settled
	}
	do := func(today string, by Actor, a Action, d Details) {
		calendar(today)
		if d.Version == 0 {
			d.Version = f.Version
		}
		if d.Hash == "" {
			d.Hash = f.Hash
		}
		after, refusal := Apply(f, a, by, d, on(today))
		if refusal == nil {
			f = stored(t, after)
			say("%s  %-16s %-15s → %s", today, by.Subject, a, place(f))
			return
		}
		say("%s  %-16s %-15s refused at %s; possible: %v", today, by.Subject, a, place(f), refusal.Allowed)
		for _, p := range refusal.Problems {
			say("            %s %s\n              %s\n              %s", p.Code, strings.Join(p.Field, "."), p.Message, p.MessageZh)
		}
	}
	edit := func(today string, by Actor, patch map[string]any) {
		c, problems := Patch(*f.Proposed, patch)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		do(today, by, Update, Details{Content: &c, Around: around})
	}

	whole := handedIn(t)
	draft, _ := Patch(whole, map[string]any{"identity": map[string]any{"address": nil}, "agreement": map[string]any{"validUntil": nil}})
	do("2026-01-12", reviewer, Create, Details{Content: &draft})
	do("2026-01-12", school, Create, Details{Content: &draft, Around: around})
	do("2026-01-12", reviewer, Approve, Details{})
	do("2026-01-12", school, Submit, Details{Around: around})
	do("2026-01-12", school, Update, Details{Version: 7, Content: &whole, Around: around})
	edit("2026-01-13", school, map[string]any{"identity": map[string]any{"address": "1 Example Road"}, "agreement": map[string]any{"validUntil": "2027-02-01"}})
	do("2026-01-13", school, Submit, Details{Around: around, Duplicates: []string{"bas_like-it"}})
	do("2026-01-13", school, Submit, Details{Around: around, Duplicates: []string{"bas_like-it"}, Distinct: []string{"bas_like-it"}})
	do("2026-01-13", Actor{Subject: "school's office", Reviewer: true}, StartReview, Details{})
	do("2026-01-14", reviewer, StartReview, Details{})
	do("2026-01-14", reviewer, RequestChanges, Details{})
	do("2026-01-14", reviewer, RequestChanges, Details{Code: "INCOMPLETE", Reason: "Which of the posts are they on?"})
	edit("2026-01-15", school, map[string]any{"conditions": map[string]any{"hoursPerDay": 10, "hoursPerWeek": 48}})
	do("2026-01-15", school, Submit, Details{Around: around})
	do("2026-01-16", reviewer, StartReview, Details{})
	do("2026-01-16", reviewer, Approve, Details{Around: around})
	do("2026-01-16", reviewer, Approve, Details{Around: around, Overrides: map[string]string{"WORKING_HOURS": "Shifts of four days, agreed with the ministry"}})
	do("2026-01-17", host, PartyApprove, Details{Hash: whole.Hash()})
	do("2026-01-17", host, PartyApprove, Details{})
	do("2026-01-17", host, PartyApprove, Details{})
	do("2026-01-18", school, PartyApprove, Details{Parties: []string{"uni_made-up"}})
	do("2026-01-18", school, PartyApprove, Details{})
	calendar("2026-02-03")
	say("            placement from March to June: %v", f.TakesPlacement(on("2026-03-01"), on("2026-06-01")))
	say("            placement into next year: %v", f.TakesPlacement(on("2026-12-01"), on("2027-06-01")))
	do("2026-03-01", school, Amend, Details{})
	edit("2026-03-01", school, map[string]any{"host": map[string]any{"headcount": 500}, "serves": map[string]any{"organizations": []any{"uni_made-up", "uni_second"}}})
	do("2026-03-01", host, Amend, Details{})
	do("2026-03-02", admin, Suspend, Details{Code: "INCIDENT", Reason: "A fire in the workshop"})
	say("            placement from March to June: %v", f.TakesPlacement(on("2026-03-05"), on("2026-06-01")))
	do("2026-03-02", school, Submit, Details{})
	do("2026-03-03", reviewer, StartReview, Details{})
	do("2026-03-03", reviewer, Approve, Details{Around: around, Overrides: map[string]string{"WORKING_HOURS": "As before", "INTERNS_OF_POST": "As before"}})
	do("2026-03-04", host, PartyApprove, Details{})
	do("2026-03-04", school, PartyApprove, Details{})
	do("2026-03-04", Actor{Subject: "second school", Offices: []string{"uni_second"}}, PartyApprove, Details{})
	do("2026-03-09", admin, Resume, Details{})
	do("2026-12-20", host, Renew, Details{})
	do("2026-12-20", host, Submit, Details{})
	edit("2026-12-20", host, map[string]any{"agreement": map[string]any{"number": "2027-03", "signedOn": "2026-12-18", "validFrom": "2027-02-01", "validUntil": "2028-02-01"}})
	do("2026-12-20", host, Submit, Details{})
	do("2026-12-21", reviewer, StartReview, Details{})
	do("2026-12-21", reviewer, Reject, Details{Code: "POLICY", Reason: "Shifts of ten hours are no longer agreed to"})
	calendar("2027-02-02")
	do("2027-02-02", host, Amend, Details{})
	do("2027-02-03", host, Renew, Details{})
	edit("2027-02-03", host, map[string]any{"agreement": map[string]any{"number": "2027-03", "signedOn": "2027-02-03", "validFrom": "2027-02-03", "validUntil": "2028-02-03"}, "conditions": map[string]any{"hoursPerDay": nil, "hoursPerWeek": 40}})
	do("2027-02-03", host, Submit, Details{})
	do("2027-02-04", reviewer, StartReview, Details{})
	do("2027-02-04", reviewer, Approve, Details{})
	do("2027-02-04", reviewer, Approve, Details{Around: around})
	do("2027-02-05", host, PartyApprove, Details{})
	do("2027-02-05", Actor{Subject: "both schools", Offices: []string{"uni_made-up", "uni_second"}}, PartyApprove, Details{})
	do("2027-06-01", admin, Terminate, Details{Code: "CLOSED", Reason: "The site closes", On: "2027-07-01", Placements: []string{"plc_a"}})
	do("2027-06-01", admin, Terminate, Details{Code: "CLOSED", Reason: "The site closes", On: "2027-07-01", Placements: []string{"plc_a"}, Seen: []string{"plc_a"}})
	say("            placement in July: %v", f.TakesPlacement(on("2027-06-20"), on("2027-07-20")))
	calendar("2027-07-01")
	do("2027-07-01", host, Renew, Details{})
	golden.Equal(t, "testdata/life.txt", []byte(out.String()))
}

// stored is what is left of a registration after a trip through JSON: all of it.
func stored(t *testing.T, f Facts) Facts {
	t.Helper()
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var back Facts
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f, back); diff != "" {
		t.Fatal(diff)
	}
	return back
}

// TestTwoAtOnce: of two who have seen one version, the second is told both. Parties that approve at once don't conflict:
// each says which content it means.
func TestTwoAtOnce(t *testing.T) {
	whole := handedIn(t)
	one := Actor{Subject: "one", Offices: []string{"ent_example-instruments"}}
	two := Actor{Subject: "two", Offices: []string{"uni_made-up", "sch_made-up-engineering"}}
	today := on("2026-03-01")
	f, _ := Apply(Facts{}, Create, one, Details{Content: &whole}, today)
	other := patched(t, object{"identity": object{"name": "Another"}})
	f, refusal := Apply(f, Update, one, Details{Version: 1, Content: &other}, today)
	if refusal != nil {
		t.Fatal(refusal)
	}
	after, refusal := Apply(f, Update, two, Details{Version: 1, Content: &whole}, today)
	if refusal == nil || refusal.Problems[0].Code != VersionConflict || refusal.Seen != 1 || refusal.Version != 2 || after.Hash != other.Hash() {
		t.Errorf("%+v", refusal)
	}
	f.Stage = Approved
	for _, by := range []Actor{one, two} {
		if f, refusal = Apply(f, PartyApprove, by, Details{Version: 2, Hash: other.Hash()}, today); refusal != nil {
			t.Error(refusal)
		}
	}
	if f.Status() != "ACTIVE" || f.CurrentHash != other.Hash() {
		t.Errorf("%s", f.Status())
	}
}
