package oracle

import (
	"cmp"
	"strings"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// capitals writes the name of a field as the values of enums are written.
func capitals(field string) string {
	var b strings.Builder
	for _, r := range field {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String())
}

// fieldIn finds the field whose name in capitals a query writes.
func fieldIn(t *graphmap.Type, word string) *graphmap.Field {
	if word == "TYPE" && (t.Kind == graphmap.Interface || t.Kind == graphmap.Row) {
		return theType
	}
	for _, f := range t.Fields {
		if capitals(f.Name) == word {
			return f
		}
	}
	panic(t.Name + " has no " + word)
}

// fieldOf finds the number or date that a word names: of the things of a type, or of what ties them to where their list
// was asked.
func (x *execution) fieldOf(of *graphmap.Type, word string) *graphmap.Field {
	if word, ofEdge := strings.CutPrefix(word, "EDGE_"); ofEdge {
		return fieldIn(x.Map.Types["Relationship"], word)
	}
	return fieldIn(of, word)
}

// valueBy is what a row has of a number or a date: its thing, or what ties that to where the list was asked.
func (x *execution) valueBy(of *graphmap.Type, r row, word string) any {
	f := x.fieldOf(of, word)
	if strings.HasPrefix(word, "EDGE_") {
		return x.ofTie(f, r.tie())
	}
	return x.valueOf(f, r.node)
}

// measured names what an input measures; a document leaves out what the schema says by default.
func measured(input map[string]any) string {
	if input["measure"] == nil {
		return "COUNT"
	}
	return textOf(input["measure"])
}

// measure makes one number of rows; nil when there is nothing to make it of.
func (x *execution) measure(rows []row, of *graphmap.Type, measure, word string) any {
	if measure == "COUNT" {
		return float64(len(rows))
	}
	var numbers []float64
	for _, r := range rows {
		if v := x.valueBy(of, r, word); v != nil {
			numbers = append(numbers, float(v))
		}
	}
	sum := 0.0
	for _, n := range numbers {
		sum += n
	}
	switch {
	case measure == "SUM":
		return sum
	case len(numbers) == 0:
		return nil
	case measure == "AVG":
		return sum / float64(len(numbers))
	}
	out := numbers[0]
	for _, n := range numbers {
		if measure == "MIN" && n < out || measure == "MAX" && n > out {
			out = n
		}
	}
	return out
}

// dateOfRows is the date that begins first or the one that ends last; of several that do, the first or the last by its
// text.
func (x *execution) dateOfRows(rows []row, of *graphmap.Type, word string, last bool) any {
	var best any
	for _, r := range rows {
		if v := x.valueBy(of, r, word); v != nil && (best == nil || decides(v.(string), best.(string), last)) {
			best = v
		}
	}
	return best
}

func decides(a, b string, last bool) bool {
	if last {
		return cmp.Or(network.PartialDate(a).Latest().Compare(network.PartialDate(b).Latest().Time), cmp.Compare(a, b)) > 0
	}
	return cmp.Or(network.PartialDate(a).Earliest().Compare(network.PartialDate(b).Earliest().Time), cmp.Compare(a, b)) < 0
}
