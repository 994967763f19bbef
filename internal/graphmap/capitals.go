package graphmap

import "strings"

// ByType is the word by which the things of an interface are grouped by their types.
const ByType = "TYPE"

// Capitals writes the name of a field as the words of enums are written: SUB_ALLIANCES for subAlliances.
func Capitals(field string) string {
	var b strings.Builder
	for _, r := range field {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String())
}

// ByCapitals finds the field that a word of an enum stands for; nil if there is none.
func (t *Type) ByCapitals(word string) *Field {
	for _, f := range t.Fields {
		if Capitals(f.Name) == word {
			return f
		}
	}
	return nil
}
