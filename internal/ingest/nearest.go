package ingest

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// unknown says that a word is none of those that may stand in its place.
type unknown struct {
	text  string // what is wrong
	word  string
	among []string // what would be right
}

// fewEnough is how many right words are listed when none is near.
const fewEnough = 20

func (u unknown) Error() string {
	if near := nearest(u.word, u.among); near != "" {
		return fmt.Sprintf("%s: did you mean %s?", u.text, near)
	}
	if len(u.among) > 0 && len(u.among) <= fewEnough {
		return fmt.Sprintf("%s: write %s", u.text, oneOf(u.among))
	}
	return u.text
}

// nearest finds the word that was probably meant: it differs in case only, holds or is held by what was written, or is
// a few slips away; "" when there is none.
func nearest(word string, among []string) string {
	best, least := "", 1+max(1, len(word)/5)
	low := strings.ToLower(word)
	for _, w := range among {
		lower := strings.ToLower(w)
		apart := max(len(low)-len(lower), len(lower)-len(low)) // no fewer slips than letters too many
		switch {
		case min(len(low), len(lower)) > 4 && (strings.Contains(lower, low) || strings.Contains(low, lower)):
			apart = min(apart, 1)
		case apart < least:
			apart = levenshtein.ComputeDistance(low, lower)
		}
		if apart < least {
			best, least = w, apart
		}
	}
	return best
}

// oneOf lists words: `A`, `A or B`, `A, B or C`.
func oneOf(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
