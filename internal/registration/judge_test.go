package registration

import (
	"fmt"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/golden"
)

func patched(t *testing.T, patch map[string]any) Content {
	t.Helper()
	c, problems := Patch(handedIn(t), patch)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

type object = map[string]any

// TestJudge writes down what the rules of policy say of bases, for a person to read.
func TestJudge(t *testing.T) {
	var out strings.Builder
	for _, c := range []struct {
		what  string
		patch object
	}{
		{"as it is", nil},
		{"41 interns on 400 employees", object{"serves": object{"disciplines": []any{object{"discipline": "dis_a", "places": 41, "maxWeeks": 4}}}}},
		{"40 interns on 400 employees", object{"serves": object{"disciplines": []any{object{"discipline": "dis_a", "places": 40, "maxWeeks": 4}}}}},
		{"one post in two disciplines", object{"serves": object{"disciplines": []any{
			object{"discipline": "dis_a", "places": 9, "posts": []any{object{"name": "Assembly", "headcount": 80}}, "maxWeeks": 4},
			object{"discipline": "dis_b", "places": 8, "posts": []any{object{"name": "Assembly", "headcount": 80}}},
		}}}},
		{"two posts without their places, no agreement of three", object{"agreement": object{"threeParty": false}, "serves": object{"disciplines": []any{
			object{"discipline": "dis_a", "places": 9, "posts": []any{object{"name": "Assembly", "headcount": 80}, object{"name": "Test", "headcount": 8}}, "maxWeeks": 4},
		}}}},
		{"minors at night", object{"conditions": object{"minors": true, "nightWork": true}}},
		{"minors and hazards", object{"conditions": object{"minors": true}}},
		{"49 weeks, 48 hours", object{"conditions": object{"hoursPerDay": nil, "hoursPerWeek": 48}, "serves": object{"disciplines": []any{object{"discipline": "dis_a", "places": 1, "maxWeeks": 53}}}}},
		{"nothing stated", object{"host": object{"headcount": nil}, "conditions": object{"minors": nil, "hoursPerDay": nil, "hoursPerWeek": nil}, "insurance": nil, "agreement": object{"threeParty": nil}}},
	} {
		fmt.Fprintf(&out, "%s\n", c.what)
		for _, f := range Judge(Policies, patched(t, c.patch), known()) {
			fmt.Fprintf(&out, "  %-22s %-7s %s\n", f.Rule.Code, f.Outcome, strings.Join([]string{f.Message, f.MessageZh}, " | "))
		}
	}
	golden.Equal(t, "testdata/judged.txt", []byte(out.String()))
}

// TestRulesBindByKind: what binds vocational colleges doesn't bind universities, and binds where nobody knows.
func TestRulesBindByKind(t *testing.T) {
	binds := func(around Around) bool {
		for _, f := range Judge(Policies, handedIn(t), around) {
			if f.Rule.Code == "INTERNS_OF_POST" {
				return true
			}
		}
		return false
	}
	university, college := Named{Kinds: []string{"UNIVERSITY"}}, Named{Kinds: []string{"VOCATIONAL_COLLEGE"}}
	for _, c := range []struct {
		around Around
		want   bool
	}{
		{Around{"uni_made-up": university, "sch_made-up-engineering": university}, false},
		{Around{"uni_made-up": university, "sch_made-up-engineering": college}, true},
		{Around{"uni_made-up": university}, true},
		{nil, true},
	} {
		if got := binds(c.around); got != c.want {
			t.Errorf("%v: %v", c.around, got)
		}
	}
}

func TestJudgePlacement(t *testing.T) {
	n, yes, no := func(i int) *int { return &i }, true, false
	from, until := on("2026-03-01"), on("2026-06-01")
	whole := Stay{
		Kinds: []string{"VOCATIONAL_COLLEGE"}, From: &from, Until: &until, CoverFrom: &from, CoverUntil: &until, Headcount: n(100), Interns: n(10),
		Posts: []Crew{{"Assembly", n(10), n(2)}}, ThreeParty: &yes, HoursPerWeek: n(40), NightWork: &no, Hazards: []string{"Fumes"}, Age: n(18),
	}
	for code, change := range map[string]func(*Stay){
		"":                      func(*Stay) {},
		"INTERNS_OF_HEADCOUNT":  func(s *Stay) { s.Interns = n(11) },
		"INTERNS_OF_POST":       func(s *Stay) { s.Posts[0].Interns = n(3) },
		"THREE_PARTY_AGREEMENT": func(s *Stay) { s.ThreeParty = &no },
		"WORKING_HOURS":         func(s *Stay) { s.HoursPerDay = n(9) },
		"HAZARDS_FOR_MINORS":    func(s *Stay) { s.Age = n(17) },
		"INSURANCE_COVERS":      func(s *Stay) { early := on("2026-02-28"); s.From = &early },
	} {
		s := whole
		s.Posts = []Crew{whole.Posts[0]}
		change(&s)
		findings := JudgePlacement(Policies, s)
		if len(findings) != len(Policies) {
			t.Errorf("%d findings of %d rules", len(findings), len(Policies))
		}
		for _, f := range findings {
			if want := f.Rule.Code == code; (f.Outcome == Failed) != want || f.Outcome == Unknown {
				t.Errorf("%s: %s is %s: %s", code, f.Rule.Code, f.Outcome, f.Message)
			}
		}
	}
}

// TestBlock: what is blocked can't be let pass.
func TestBlock(t *testing.T) {
	rules := append([]Rule(nil), Policies...)
	for i := range rules {
		rules[i].Severity = Block
	}
	c := patched(t, object{"conditions": object{"hoursPerDay": 9, "hoursPerWeek": 45}})
	f := Facts{Live: Never, Stage: InReview, Version: 3, Proposed: &c, Hash: c.Hash()}
	d := Details{Version: 3, Around: known(), Overrides: map[string]string{"WORKING_HOURS": "agreed"}}
	by := Actor{Subject: "r", Reviewer: true}
	after, refusal := Apply(f, Approve, by, d, on("2026-05-01"))
	if refusal != nil || after.Overrides["WORKING_HOURS"] != "agreed" || len(after.Overrides) != 1 {
		t.Errorf("%v %v", refusal, after.Overrides)
	}
	d.Rules = rules
	if _, refusal = Apply(f, Approve, by, d, on("2026-05-01")); refusal == nil || refusal.Problems[0].Code != PolicyBroken {
		t.Error(refusal)
	}
}

func TestParseRules(t *testing.T) {
	for what, file := range map[string]string{
		"no rule that is judged": "- {code: OTHER}",
		"write WARN or BLOCK":    "- {code: INSURANCE_COVERS, severity: STOP}",
		"write BASE, PLACEMENT":  "- {code: INSURANCE_COVERS, severity: WARN, concerns: [STUDENT]}",
		"its numbers are":        "- {code: WORKING_HOURS, severity: WARN, concerns: [BASE], numbers: {hoursPerDay: 8}}",
		"write its text":         "- {code: INSURANCE_COVERS, severity: WARN, concerns: [BASE]}",
		"not found":              "- {code: INSURANCE_COVERS, level: WARN}",
	} {
		if _, err := ParseRules([]byte(file)); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", file, err)
		}
	}
}
