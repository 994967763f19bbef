package registration

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestRefusals are those that need facts which a registration hardly ever comes to, or details of their own.
func TestRefusals(t *testing.T) {
	whole := handedIn(t)
	uninspected := patched(t, object{"evidence": nil})
	school := Actor{Subject: "s", Offices: []string{"uni_made-up", "sch_made-up-engineering"}}
	reviewer := Actor{Subject: "r", Reviewer: true}
	facts := func(stage Stage, c Content) Facts {
		return Facts{Live: Never, Stage: stage, Version: 5, Proposed: &c, Hash: c.Hash()}
	}
	mixed := facts(Approved, whole)
	for _, party := range whole.Parties() {
		mixed.Approvals = append(mixed.Approvals, Approval{Party: party, Hash: whole.Hash(), By: "somebody", On: "2026-03-01"})
	}
	mixed.Approvals[1].Hash = uninspected.Hash()
	for what, c := range map[string]struct {
		facts   Facts
		action  Action
		by      Actor
		details Details
		want    Code
	}{
		"an approval without an inspection":       {facts(InReview, uninspected), Approve, reviewer, Details{Around: known()}, NoInspection},
		"a merger into nothing":                   {facts(InReview, whole), Merge, reviewer, Details{Survivor: "ent_a"}, NoSurvivor},
		"an approval for somebody else":           {facts(Approved, whole), PartyApprove, school, Details{Hash: whole.Hash(), Parties: []string{"ent_example-instruments"}}, NotAllowed},
		"a creation of nothing":                   {Facts{}, Create, school, Details{}, Required},
		"a submission of what is there no more":   {facts(Draft, whole), Submit, school, Details{Around: Around{}}, NotFound},
		"an office that gives its base away":      {facts(Draft, whole), Update, school, Details{Content: &Content{}}, NotYourBase},
		"a second creation":                       {facts(Draft, whole), Create, school, Details{Content: &whole}, WrongState},
		"an activation by somebody":               {mixed, Activate, reviewer, Details{}, NotAllowed},
		"a code of reason that belongs elsewhere": {facts(InReview, whole), Reject, reviewer, Details{Code: "INCIDENT", Reason: "because"}, NoReason},
	} {
		c.details.Version = c.facts.Version
		after, refusal := Apply(c.facts, c.action, c.by, c.details, on("2026-03-01"))
		if refusal == nil || refusal.Problems[0].Code != c.want {
			t.Errorf("%s: %v, want %s", what, refusal, c.want)
		}
		if after.Version != c.facts.Version {
			t.Errorf("%s changed something", what)
		}
	}
	if settled, _ := Settle(mixed, on("2026-03-01")); settled.Status() != "APPROVED" || !slices.Equal(settled.Pending(), whole.Parties()[1:2]) {
		t.Errorf("approvals of two contents: %s, pending %v", settled.Status(), settled.Pending())
	}
}

func TestWhatCantBeHeldChangesNothing(t *testing.T) {
	whole := handedIn(t)
	after, problems := Patch(whole, object{"identity": object{"name": "New", "level": 7}})
	if len(problems) != 1 || after.Hash() != whole.Hash() {
		t.Errorf("%v %s", problems, after.Identity.Name)
	}
}

// TestWordsAreThoseOfTheContract: statuses and choices are values of the enums of the schema.
func TestWordsAreThoseOfTheContract(t *testing.T) {
	schema, err := os.ReadFile("../../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	enum := func(name string) []string {
		body := regexp.MustCompile(`(?s)\nenum ` + name + ` \{\n(.*?)\n\}`).FindSubmatch(schema)
		if body == nil {
			t.Fatalf("the schema has no enum %s", name)
		}
		var out []string
		for _, l := range strings.Split(string(body[1]), "\n") {
			if l = strings.TrimSpace(l); !strings.HasPrefix(l, `"`) {
				out = append(out, l)
			}
		}
		return out
	}
	level, _ := FieldAt("identity", "level")
	kind, _ := FieldAt("agreement", "kind")
	for name, ours := range map[string][]string{"BaseLevel": level.Choices, "AgreementKind": kind.Choices} {
		if !slices.Equal(ours, enum(name)) {
			t.Errorf("%s: %v, in the schema %v", name, ours, enum(name))
		}
	}
	var shown []string
	for _, l := range []Standing{Never, Open, Suspended, Expired, Terminated} {
		for _, s := range []Stage{None, Draft, Submitted, InReview, ChangesRequested, Approved, Rejected, Merged} {
			if l == Never && s == None {
				continue
			}
			shown = append(shown, Facts{Live: l, Stage: s}.Status())
		}
	}
	slices.Sort(shown)
	want := enum("BaseStatus")
	slices.Sort(want)
	if shown = slices.Compact(shown); !slices.Equal(shown, want) {
		t.Errorf("statuses: %v, in the schema %v", shown, want)
	}
	for _, r := range Policies {
		for _, k := range r.Binds {
			if !slices.Contains(enum("UniversityKind"), k) {
				t.Errorf("%s binds %s", r.Code, k)
			}
		}
	}
}
