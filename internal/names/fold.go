// Package names makes names comparable: folded for case, width, accents and punctuation, and spelled in the forms that
// people type, in English, Chinese, pinyin and initials. The import stores the forms, the search looks for them.
package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes two spellings of one name equal: full width, case, accents and punctuation are dropped, words are
// separated by one space.
func Fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’':
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return b.String()
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func hasHan(s string) bool { return strings.ContainsFunc(s, isHan) }

// tokens splits a folded text into words of letters and digits and single Chinese characters.
func tokens(folded string) []string {
	var out []string
	for _, word := range strings.Fields(folded) {
		start := -1
		for i, r := range word {
			switch {
			case isHan(r):
				if start >= 0 {
					out = append(out, word[start:i])
					start = -1
				}
				out = append(out, word[i:i+utf8.RuneLen(r)])
			case start < 0:
				start = i
			}
		}
		if start >= 0 {
			out = append(out, word[start:])
		}
	}
	return out
}
