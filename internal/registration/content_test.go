package registration

import (
	_ "embed"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/network"
)

//go:embed testdata/base.json
var base []byte

// handedIn is a content that can be handed in.
func handedIn(t interface{ Fatal(...any) }) Content {
	var patch map[string]any
	if err := json.Unmarshal(base, &patch); err != nil {
		t.Fatal(err)
	}
	c, problems := Patch(Content{}, patch)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

func known() Around {
	return Around{
		"loc_example-city": {Country: "CN"}, "ent_example-instruments": {Country: "CN"},
		"uni_made-up": {Country: "CN", Kinds: []string{"VOCATIONAL_COLLEGE"}}, "sch_made-up-engineering": {Kinds: []string{"VOCATIONAL_COLLEGE"}},
		"dis_instruments": {}, "dis_automation": {}, "src_agreement-scan": {},
	}
}

func on(s string) network.Day { return day(s) }

// TestFieldsAreThoseOfContent: the table of fields and the types say the same.
func TestFieldsAreThoseOfContent(t *testing.T) {
	kinds := map[reflect.Kind][]Kind{
		reflect.Struct: {Object}, reflect.Int: {Whole}, reflect.Float64: {Decimal}, reflect.Bool: {YesNo},
		reflect.String: {Text, ID, Choice, Date, Email, CodeOfCN, SHA256},
	}
	date := reflect.TypeFor[network.PartialDate]()
	var same func(f Field, of reflect.Type, path string)
	same = func(f Field, of reflect.Type, path string) {
		if (f.List > 0) != (of.Kind() == reflect.Slice) {
			t.Errorf("%s: list %d, type %s", path, f.List, of)
			return
		}
		if of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		if !slices.Contains(kinds[of.Kind()], f.Kind) || (f.Kind == Date) != (of == date) {
			t.Errorf("%s: %s, type %s", path, f.Kind, of)
		}
		if path != "" && (f.Label == "" || f.LabelZh == "") {
			t.Errorf("%s has no label", path)
		}
		if f.Kind != Object {
			return
		}
		var names []string
		for i := range of.NumField() {
			name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
			names = append(names, name)
			if g, ok := f.field(name); ok {
				same(g, of.Field(i).Type, path+"."+name)
			}
		}
		if diff := cmp.Diff(names, strings.Split(f.names(), ", ")); diff != "" {
			t.Errorf("%s (-types +Fields):\n%s", path, diff)
		}
	}
	same(Fields, reflect.TypeFor[Content](), "")
}

// tree draws what somebody might give for a field, well-formed for the most part.
func tree(t *rapid.T, f Field) any {
	if f.List > 0 {
		out := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "elements") {
			if e := tree(t, f.element()); e != nil {
				out = append(out, e)
			}
		}
		return out
	}
	switch f.Kind {
	case Object:
		out := map[string]any{}
		for _, g := range f.Fields {
			if rapid.Bool().Draw(t, "there") {
				out[g.Name] = tree(t, g)
			}
		}
		return out
	case Whole:
		return rapid.IntRange(f.Least, f.Most).Draw(t, "number")
	case Decimal:
		return rapid.Float64Range(float64(f.Least), float64(f.Most)).Draw(t, "decimal")
	case YesNo:
		return rapid.Bool().Draw(t, "yes")
	case Choice:
		return rapid.SampledFrom(f.Choices).Draw(t, "choice")
	case ID:
		return rapid.SampledFrom(f.Choices).Draw(t, "prefix") + rapid.StringMatching(`[a-d]`).Draw(t, "id")
	case Date:
		return rapid.SampledFrom([]string{"2026", "2026-03", "2026-03-04", "2027-01-01"}).Draw(t, "date")
	case Email:
		return "a@example.edu"
	case CodeOfCN:
		return "91330100799655058B"
	case SHA256:
		return strings.Repeat("0a", 32)
	}
	return rapid.StringMatching(`[ a-cé中文]{0,6}`).Draw(t, "text")
}

func anyContent(t *rapid.T) Content {
	c, problems := Patch(Content{}, tree(t, Fields).(map[string]any))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

// TestPatchIsAMerge: what a patch says is so afterwards, what it clears is gone, what it leaves out is as it was.
func TestPatchIsAMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyContent(t), tree(t, Fields).(map[string]any)
		once, problems := Patch(a, b)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if again, _ := Patch(once, b); again.Hash() != once.Hash() {
			t.Fatalf("the same patch again changes it: %v", Difference(once, again))
		}
		if same, _ := Patch(a, map[string]any{}); same.Hash() != a.Hash() {
			t.Fatal("an empty patch changes it")
		}
		if same, _ := Patch(a, a.tree()); same.Hash() != a.Hash() {
			t.Fatal("a content laid over itself changes it")
		}
		clear := map[string]any{}
		for _, f := range Fields.Fields {
			clear[f.Name] = nil
		}
		if empty, _ := Patch(a, clear); empty.Hash() != (Content{}).Hash() {
			t.Fatal("a content that is cleared isn't empty")
		}
		for _, f := range Fields.Fields {
			if _, said := b[f.Name]; said {
				continue
			}
			for _, d := range Difference(a, once) {
				if d.Field[0] == f.Name {
					t.Fatalf("%v changed, of which nothing was said", d)
				}
			}
		}
	})
}

// TestOneHashForOneContent: space around texts, composed and decomposed letters, the order of lists and a trip through
// JSON make no other content; whatever is a difference does.
func TestOneHashForOneContent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := tree(t, Fields)
		a, _ := Patch(Content{}, given.(map[string]any))
		b, problems := Patch(Content{}, restated(t, given).(map[string]any))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if a.Hash() != b.Hash() {
			t.Fatalf("two hashes for\n%s\n%s", a.Canonical(), b.Canonical())
		}
		var back Content
		if err := json.Unmarshal(a.Canonical(), &back); err != nil || back.Hash() != a.Hash() {
			t.Fatalf("%v: not the same after a trip through JSON", err)
		}
		other := anyContent(t)
		if differ := len(Difference(a, other)) > 0; differ != (a.Hash() != other.Hash()) {
			t.Fatalf("differs: %v, but\n%s\n%s", differ, a.Canonical(), other.Canonical())
		}
	})
}

// restated says the same in another way.
func restated(t *rapid.T, v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, e := range v {
			out[name] = restated(t, e)
		}
		return out
	case []any:
		out := []any{}
		for _, e := range v {
			out = append(out, restated(t, e))
		}
		slices.Reverse(out)
		return out
	case string:
		return " " + strings.ReplaceAll(v, "\u00e9", "e\u0301") + "\r\n"
	case int:
		return json.Number(encode(v))
	}
	return v
}

// TestDifferenceIsTheSameBothWays: what came one way went the other.
func TestDifferenceIsTheSameBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyContent(t), anyContent(t)
		there, back := Difference(a, b), Difference(b, a)
		for i := range back {
			back[i].Before, back[i].After = back[i].After, back[i].Before
		}
		text := func(all []Change) []string {
			var out []string
			for _, c := range all {
				out = append(out, string(encode(c)))
			}
			slices.Sort(out)
			return out
		}
		if diff := cmp.Diff(text(there), text(back)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestLinesEndInOneWay(t *testing.T) {
	lines := func(s string) string {
		return patched(t, object{"conditions": object{"safetyTraining": s}}).Hash()
	}
	if lines("one\r\ntwo") != lines("one\ntwo") || lines("one two") == lines("one\ntwo") {
		t.Error("the ends of lines make another content, or lines don't")
	}
}
