package names

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Key is the form of a text in which filters compare it and lists sort it: upper and lower case are one, full and half
// width too. What is stored under a key, and what it is compared with, both come through here.
//
// The database sorts what it stores by code point and compares it with parameters by UTF-16 unit. The two orders differ
// only between characters beyond U+FFFF and those from U+E000 to U+FFFF, which after folding are private ones and the
// like; those are all one here, so that both orders are the same and an index can give it.
func Key(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xE000 && r <= 0xFFFF {
			return 0xD7FF
		}
		return r
	}, Lower(s))
}

// Lower is the form in which filters compare a text that is stored as it was written: the database makes it of what is
// stored, this of what it is compared with.
func Lower(s string) string { return strings.ToLower(norm.NFKC.String(s)) }
