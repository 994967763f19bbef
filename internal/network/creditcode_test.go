package network

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCheckCreditCode(t *testing.T) {
	for code, want := range map[string]string{
		"914403001922038216": "", // Huawei Technologies
		"9144030071526726XG": "", // Tencent Computer Systems
		"91330100799655058B": "", // Alibaba (China)
		"91330100799655058":  "it has 18 characters",
		"91330100799655058b": "without I, O, S, V, Z",
		"9133010079965505IB": "without I, O, S, V, Z",
		"9144030071526726GX": "the last one would be",
		"914403001922038217": "the last one would be 6",
	} {
		err := CheckCreditCode(code)
		if want == "" && err != nil {
			t.Error(err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", code, err, want)
		}
	}
}

// One wrong sign is always found: that is what the check is for.
func TestCreditCodeFindsOneWrongSign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.StringOfN(rapid.RuneFrom([]rune(creditSigns)), 17, 17, -1).Draw(t, "first")
		code := []byte(first + string(creditCheck(first)))
		if err := CheckCreditCode(string(code)); err != nil {
			t.Fatal(err)
		}
		at := rapid.IntRange(0, 17).Draw(t, "at")
		was := code[at]
		code[at] = rapid.SampledFrom([]byte(strings.ReplaceAll(creditSigns, string(was), ""))).Draw(t, "wrong")
		if CheckCreditCode(string(code)) == nil {
			t.Fatalf("%s is taken for right though %c became %c", code, was, code[at])
		}
	})
}
