package names

import (
	"strings"
	"unicode/utf8"
)

// Query is a text that somebody looks for.
type Query struct {
	Folded string
	Joined string   // folded, without spaces: how pinyin and initials are held
	Words  []string // the words and single Chinese characters, each of which must be met
	Lucene string   // a full-text query for IndexText; made of letters and digits only, so that nothing a person types is syntax
	// Scattered is a regular expression for Chinese characters in their order with others between, as in 西工大 for
	// 西北工业大学; "" when the text is not made of them alone.
	Scattered string
}

// maxWords bounds the full-text query; a longer text is found by its first words.
const maxWords = 24

// ParseQuery reads a text.
func ParseQuery(text string) Query {
	q := Query{Folded: Fold(text)}
	q.Joined = strings.ReplaceAll(q.Folded, " ", "")
	q.Words = tokens(q.Folded)
	if len(q.Words) > maxWords {
		q.Words = q.Words[:maxWords]
	}
	var parts []string
	han := len(q.Words) > 1
	for _, w := range q.Words {
		r, size := utf8.DecodeRuneInString(w)
		if isHan(r) && size == len(w) {
			parts = append(parts, "+"+w)
			continue
		}
		han = false
		parts = append(parts, "+"+w+"*")
	}
	q.Lucene = strings.Join(parts, " ")
	if han {
		q.Scattered = ".*" + strings.Join(q.Words, ".*") + ".*"
	}
	return q
}
