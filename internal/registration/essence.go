package registration

import (
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/names"
)

// What companies and bases have at the end of their names and what tells none from another, folded.
var (
	endsOfWords = []string{
		"co", "company", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "llc", "plc", "gmbh", "ag", "sa", "bv", "group", "holdings",
		"base", "practice", "internship", "training", "and",
	}
	endsOfChinese = []string{
		"股份有限公司", "有限责任公司", "有限公司", "公司", "集团", "控股",
		"实习实训基地", "实践教学基地", "教学实践基地", "实习实践基地", "实习基地", "实训基地", "实践基地", "基地",
	}
)

// essence is what is left of a name after folding (names.Fold) without such ends, as long as something is left.
func essence(name string) string {
	words := strings.Fields(names.Fold(name))
	for len(words) > 0 {
		last := len(words) - 1
		shorter := withoutEnd(words[last])
		switch {
		case shorter == words[last]:
			return strings.Join(words, "")
		case shorter != "":
			words[last] = shorter
		case last == 0:
			return words[0]
		default:
			words = words[:last]
		}
	}
	return ""
}

// withoutEnd takes the longest end off a word, which may be all of it.
func withoutEnd(word string) string {
	if slices.Contains(endsOfWords, word) {
		return ""
	}
	for _, end := range endsOfChinese {
		if shorter, ok := strings.CutSuffix(word, end); ok {
			return shorter
		}
	}
	return word
}
