package registration

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/golden"
)

func anyCandidate(t *rapid.T) Candidate {
	name := rapid.StringMatching(`(示例|仪器|大学|Example |Instr|Un){1,4}`)
	return Candidate{
		CreditCode: rapid.SampledFrom([]string{"", "", "91330100799655058B", "9144030071526726XG"}).Draw(t, "code"),
		Names:      rapid.SliceOfN(name, 1, 3).Draw(t, "names"),
		Address:    rapid.StringMatching(`(路|1|Road |街){0,4}`).Draw(t, "address"),
		Host:       rapid.SampledFrom([]string{"", "ent_a", "ent_b"}).Draw(t, "host"),
	}
}

// TestLikenessIsFair: it doesn't matter who is asked about whom, everything is most like itself, and neither width, case
// nor the form of the company makes a difference.
func TestLikenessIsFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyCandidate(t), anyCandidate(t)
		there, back := Like(a, b), Like(b, a)
		if math.Abs(there.Score-back.Score) > 1e-12 || !slices.Equal(there.Agrees, back.Agrees) || there.Score < 0 || there.Score > 1 {
			t.Fatalf("%v, the other way %v", there, back)
		}
		if same := Like(a, a); same.Score != 1 {
			t.Fatalf("%v of itself", same)
		}
		dressed := b
		dressed.Names = nil
		for _, n := range b.Names {
			dressed.Names = append(dressed.Names, dress(t, n))
		}
		if other := Like(a, dressed); math.Abs(there.Score-other.Score) > 1e-12 {
			t.Fatalf("%v, as %q it is %v", there, dressed.Names, other)
		}
	})
}

// dress writes a name in another width or case, and with the form of a company.
func dress(t *rapid.T, n string) string {
	n += rapid.SampledFrom([]string{"", "有限公司", "股份有限公司", "（集团）有限公司", " Co., Ltd.", ", Inc.", " GROUP CO.,LTD", "集团"}).Draw(t, "form")
	if rapid.Bool().Draw(t, "upper") {
		n = strings.ToUpper(n)
	}
	if rapid.Bool().Draw(t, "wide") {
		n = strings.Map(func(r rune) rune {
			if r > ' ' && r <= '~' {
				return r + 0xFEE0
			}
			return r
		}, n)
	}
	return n
}

// TestLikeness writes down how alike names are, for a person to read.
func TestLikeness(t *testing.T) {
	var out strings.Builder
	for _, pair := range [][2]Candidate{
		{{Names: []string{"示例仪器有限公司"}}, {Names: []string{"示例仪器（集团）股份有限公司"}}},
		{{Names: []string{"Example Instruments Co., Ltd."}}, {Names: []string{"ＥＸＡＭＰＬＥ Instruments Inc"}}},
		{{Names: []string{"Example Instruments"}}, {Names: []string{"Example Instrument Works"}}},
		{{Names: []string{"Example Instruments"}}, {Names: []string{"Sample Foods"}}},
		{{Names: []string{"示例大学示例仪器实践基地"}, Host: "ent_a"}, {Names: []string{"示例大学示例仪器实习实训基地"}, Host: "ent_a"}},
		{{Names: []string{"示例大学示例仪器实践基地"}, Host: "ent_a"}, {Names: []string{"示例大学示例食品实践基地"}, Host: "ent_b"}},
		{{Names: []string{"Base A"}, Host: "ent_a", Address: "1 Example Road"}, {Names: []string{"Base B"}, Host: "ent_a", Address: "１ Example road"}},
		{{Names: []string{"One"}, CreditCode: "91330100799655058B"}, {Names: []string{"Another"}, CreditCode: "91330100799655058b"}},
		{{Names: []string{"One"}, CreditCode: "91330100799655058B"}, {Names: []string{"One"}, CreditCode: "9144030071526726XG"}},
	} {
		l := Like(pair[0], pair[1])
		fmt.Fprintf(&out, "%.2f %-16v %s %s | %s %s\n", l.Score, l.Agrees, pair[0].Names[0], pair[0].Host, pair[1].Names[0], pair[1].Host)
	}
	golden.Equal(t, "testdata/likeness.txt", []byte(out.String()))
}

func TestDifferenceForAReviewer(t *testing.T) {
	a := handedIn(t)
	b := patched(t, object{
		"identity": object{"name": "New name", "aliases": []any{"Example base", "Another"}, "position": nil},
		"serves": object{"organizations": []any{"uni_made-up", "uni_second"}, "disciplines": []any{
			object{"discipline": "dis_mechanics", "places": 3},
			object{"discipline": "dis_instruments", "places": 14, "posts": []any{object{"name": "Assembly", "headcount": 70}, object{"name": "Test", "headcount": 30}}, "minWeeks": 4, "maxWeeks": 16},
		}},
		"people": object{"mentors": []any{object{"side": "HOST", "name": "Person Seven"}}},
	})
	var out strings.Builder
	for _, d := range Difference(a, b) {
		fmt.Fprintf(&out, "%s: %s → %s\n", strings.Join(d.Field, "."), encode(d.Before), encode(d.After))
	}
	golden.Equal(t, "testdata/difference.txt", []byte(out.String()))
}
