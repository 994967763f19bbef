package registration

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/golden"
)

// TestProblems lays patches over a complete content and writes down what is said of them, for a person to read.
func TestProblems(t *testing.T) {
	var out strings.Builder
	for _, patch := range []string{
		`{"identty": {}, "identity": {"nam": "A"}, "serves": {"disciplines": [{"places": 1, "seats": 3}]}}`,
		`{"identity": 7, "host": {"headcount": "many"}, "conditions": {"nightWork": "no"}, "serves": {"organizations": "uni_made-up"}}`,
		`{"host": {"headcount": 3.5}, "identity": {"position": {"latitude": 1e400}}, "evidence": {"sources": [null, 1]}}`,
		fmt.Sprintf(`{"identity": {"name": %q, "aliases": [%s]}}`, strings.Repeat("长", 201), strings.TrimSuffix(strings.Repeat(`"a",`, 21), ",")),
		`{"identity": {"name": "a\u0000b", "level": "CITY", "place": "uni_made-up", "position": {"latitude": 91}}}`,
		`{"host": {"organization": "Example Ltd", "creditCode": "913301007996550581", "headcount": 0}}`,
		`{"host": {"creditCode": "9133010079965505"}}`,
		`{"serves": {"organizations": ["uni_made-up", "ent_a", "uni_made-up"], "lead": "uni_other"}}`,
		`{"serves": {"disciplines": [{"discipline": "dis_instruments", "places": 0, "minWeeks": 8, "maxWeeks": 4}, {"discipline": "dis_instruments", "places": 1}]}}`,
		`{"people": {"school": {"contact": {"email": "Four <four@example.edu>"}}, "mentors": [{"side": "STATE", "name": "M"}]}}`,
		`{"conditions": {"hoursPerDay": 9, "hoursPerWeek": 80}}`,
		`{"agreement": {"signedOn": "10.1.2026", "validFrom": "2026-13", "validUntil": "2025", "fileHash": "9F86"}}`,
		`{"agreement": {"validFrom": "2027", "validUntil": "2026-12"}, "insurance": {"coverFrom": "2026-03", "coverUntil": "2026-03-01"}}`,
		`{"identity": null, "host": {"creditCode": null}, "people": null, "evidence": null, "conditions": null}`,
		`{"serves": null, "agreement": null, "identity": {"position": {"latitude": 1, "longitude": null}}, "insurance": null}`,
		`{"people": {"host": {"contact": {"phone": null}}}, "agreement": {"parties": ["uni_made-up"]}}`,
		`{"agreement": {"signedOn": "2026-05-02", "validUntil": "2026-05-01"}, "evidence": {"inspection": {"date": "2027"}}}`,
		`{"identity": {"place": "loc_elsewhere"}, "host": {"organization": "ent_unheard-of"}, "evidence": {"sources": ["src_lost"]}}`,
	} {
		var p map[string]any
		d := json.NewDecoder(strings.NewReader(patch))
		d.UseNumber()
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		line := []rune(patch)
		fmt.Fprintf(&out, "%s\n", string(line[:min(len(line), 160)]))
		c, problems := Patch(handedIn(t), p)
		said := "can't be held"
		if len(problems) == 0 {
			said, problems = "malformed", CheckDraft(c, known())
		}
		if len(problems) == 0 {
			said, problems = "not to be handed in", CheckSubmit(c, known(), on("2026-05-01"))
		}
		for _, p := range problems {
			fmt.Fprintf(&out, "  %s: %s %s\n    %s\n    %s\n", said, strings.Join(p.Field, "."), p.Code, p.Message, p.MessageZh)
		}
	}
	if strings.Contains(out.String(), "%!") {
		t.Error("a message lacks what it is about")
	}
	golden.Equal(t, "testdata/problems.txt", []byte(out.String()))
}

func TestACompleteContentIsHandedIn(t *testing.T) {
	for _, p := range CheckSubmit(handedIn(t), known(), on("2026-05-01")) {
		t.Error(p)
	}
}

// TestADraftMayLackAnything: whatever is taken out of a well-formed content leaves one.
func TestADraftMayLackAnything(t *testing.T) {
	whole := handedIn(t)
	rapid.Check(t, func(t *rapid.T) {
		var thin func(v any) any
		thin = func(v any) any {
			switch v := v.(type) {
			case map[string]any:
				out := map[string]any{}
				for _, name := range sorted(v) {
					if rapid.IntRange(0, 3).Draw(t, "keep") > 0 {
						out[name] = thin(v[name])
					}
				}
				return out
			case []any:
				out := []any{}
				for _, e := range v {
					out = append(out, thin(e))
				}
				return out
			}
			return v
		}
		tree := thin(whole.tree()).(map[string]any)
		if serves, ok := tree["serves"].(map[string]any); ok && serves["organizations"] == nil {
			delete(serves, "lead")
		}
		c, problems := Patch(Content{}, tree)
		if problems = append(problems, CheckDraft(c, known())...); len(problems) > 0 {
			t.Fatal(problems)
		}
	})
}

// TestWhateverIsGivenIsAnswered: nothing that JSON can say brings the rules down, and a problem always says where and
// what in both languages.
func TestWhateverIsGivenIsAnswered(t *testing.T) {
	words := rapid.StringMatching(`[^%]{0,8}`)
	scalar := rapid.OneOf(
		rapid.Just[any](nil), rapid.Map(rapid.Bool(), wide[bool]), rapid.Map(words, wide[string]), rapid.Map(rapid.Float64(), wide[float64]),
		rapid.SampledFrom([]any{"2026-02-30", "uni_a", "ent_", "\xff", 1 << 60, -1, []any{[]any{}}, map[string]any{"": nil}}),
	)
	var wild func(t *rapid.T, f Field) any
	wild = func(t *rapid.T, f Field) any {
		switch rapid.IntRange(0, 9).Draw(t, "wild") {
		case 0:
			return scalar.Draw(t, "anything")
		case 1:
			return map[string]any{words.Draw(t, "name"): scalar.Draw(t, "value")}
		}
		if f.List == 0 && f.Kind == Object {
			out := map[string]any{}
			for _, g := range f.Fields {
				out[g.Name] = wild(t, g)
			}
			return out
		}
		return tree(t, f)
	}
	rapid.Check(t, func(t *rapid.T) {
		patch, ok := wild(t, Fields).(map[string]any)
		if !ok {
			return
		}
		c, problems := Patch(Content{}, patch)
		problems = append(problems, CheckSubmit(c, nil, on("2026-05-01"))...)
		for _, p := range append(problems, CheckSubmit(c, Around{}, on("2026-05-01"))...) {
			if len(p.Field) == 0 || p.Message == "" || p.MessageZh == "" || p.Message == p.MessageZh || strings.Contains(p.Message+p.MessageZh, "%!") {
				t.Fatalf("%+v", p)
			}
		}
		Judge(Policies, c, nil)
	})
}

func wide[T any](v T) any { return v }
