package names_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/names"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Académie Nationale de Pharmacie": "academie nationale de pharmacie",
		"ＮＰＵ　西工大":                         "npu 西工大",
		"People’s  (Exchange)":            "peoples exchange",
		"C9+1":                            "c9 1",
		" — ":                             "",
	} {
		if got := names.Fold(in); got != want {
			t.Errorf("Fold(%q) is %q, not %q", in, got, want)
		}
	}
}

func TestForms(t *testing.T) {
	var got []string
	for _, f := range names.Forms("Hubei University of Technology", "湖北工业大学", []string{"HBUT", "湖工大"}) {
		got = append(got, string(f.Kind)+" "+f.Folded)
	}
	want := []string{
		"NAME hubei university of technology", "NAME_ZH 湖北工业大学", "ALIAS hbut", "ALIAS 湖工大", "ABBREVIATION hut",
		"PINYIN hubeigongyedaxue", "INITIALS hbgydx", "PINYIN hubeigongyedaixue", "PINYIN hubeigongyetaixue", "INITIALS hbgytx",
		"PINYIN hugongda", "INITIALS hgd", "PINYIN hugongdai", "PINYIN hugongtai", "INITIALS hgt",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestParseQuery(t *testing.T) {
	got := names.ParseQuery(`Jiang "su* 大学 OR`)
	want := names.Query{Folded: "jiang su 大学 or", Joined: "jiangsu大学or", Words: []string{"jiang", "su", "大", "学", "or"}, Lucene: "+jiang* +su* +大 +学 +or*"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := names.ParseQuery("西工大").Scattered; got != ".*西.*工.*大.*" {
		t.Errorf("scattered is %q", got)
	}
}

// alphabet has what names are made of, and what they shouldn't be.
var text = rapid.StringOfN(rapid.SampledFrom([]rune("abcXYZ09 é’'-()+*~\"\\:江苏大学重庆西北工业，Ａ")), 1, 20, -1)

func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := text.Draw(t, "text")
		if once := names.Fold(s); names.Fold(once) != once {
			t.Errorf("%q folds to %q and then to %q", s, once, names.Fold(once))
		}
	})
}

// TestANameFindsItself: the words of a query for any form of a name are all met by what the index holds of it.
func TestANameFindsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		forms := names.Forms(text.Draw(t, "name"), text.Draw(t, "nameZh"), []string{text.Draw(t, "alias")})
		index := strings.Fields(names.IndexText(forms))
		for _, f := range forms {
			for _, asked := range []string{f.Text, f.Folded} {
				for _, w := range names.ParseQuery(asked).Words {
					if !slices.ContainsFunc(index, func(token string) bool { return strings.HasPrefix(token, w) }) {
						t.Fatalf("%q of %q is not met by %q", w, asked, index)
					}
				}
			}
		}
	})
}

// TestQueriesAreNeverSyntax: whatever a person types, the full-text query is made of words, + and *.
func TestQueriesAreNeverSyntax(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, part := range strings.Fields(names.ParseQuery(rapid.String().Draw(t, "text")).Lucene) {
			word := strings.TrimSuffix(strings.TrimPrefix(part, "+"), "*")
			if names.Fold(word) != word || word == "" {
				t.Fatalf("the part %q is more than a word", part)
			}
		}
	})
}
