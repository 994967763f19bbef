package compile

import "strings"

// clauses are a file's lines without its comments.
func clauses(text string) string {
	var kept []string
	for _, l := range strings.Split(text, "\n") {
		if !strings.HasPrefix(l, "//") {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// some is a list that is empty rather than absent, as the fixed clauses expect.
func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
