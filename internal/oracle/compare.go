package oracle

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/names"
	"github.com/partnergraph/partnergraph/internal/network"
)

// compares holds a value of a field against all that a filter says of it. What is absent meets no comparison.
func compares(f *graphmap.Field, have any, filter map[string]any) bool {
	for op, want := range filter {
		switch {
		case want == nil:
		case op == "present":
			if (have != nil) != want.(bool) {
				return false
			}
		case have == nil:
			return false
		case op == "in":
			if !slices.ContainsFunc(list(want), func(w any) bool { return w != nil && compare(f, have, "eq", w) }) {
				return false
			}
		case !compare(f, have, op, want):
			return false
		}
	}
	return true
}

func compare(f *graphmap.Field, have any, op string, want any) bool {
	switch f.Type.Name() {
	case "Int", "Float":
		a, b := float(have), float(want)
		return map[string]bool{"eq": a == b, "gt": a > b, "gte": a >= b, "lt": a < b, "lte": a <= b}[op]
	case "DateTime":
		b, err := time.Parse(time.RFC3339, textOf(want))
		if err != nil {
			panic("a wrong moment was not refused: " + err.Error())
		}
		a := have.(time.Time)
		return map[string]bool{"gt": a.After(b), "gte": !a.Before(b), "lt": a.Before(b), "lte": !a.After(b)}[op]
	case "PartialDate":
		return compareDates(network.PartialDate(have.(string)), op, network.PartialDate(textOf(want)))
	case "String":
		a, b := fold(f, have.(string)), fold(f, textOf(want))
		return map[string]bool{"eq": a == b, "contains": strings.Contains(a, b), "startsWith": strings.HasPrefix(a, b)}[op]
	case "Boolean":
		return have == want
	}
	return textOf(have) == textOf(want) // ids and the words of enums
}

// compareDates tells whether a comparison is met whichever days are meant.
func compareDates(have network.PartialDate, op string, want network.PartialDate) bool {
	first, last := have.Earliest(), have.Latest()
	from, to := want.Earliest(), want.Latest()
	switch op {
	case "gt":
		return first.After(to.Time)
	case "gte":
		return !first.Before(from.Time)
	case "lt":
		return last.Before(from.Time)
	case "lte":
		return !last.After(to.Time)
	}
	return !first.Before(from.Time) && !last.After(to.Time)
}

// fold is the form in which texts are compared: small letters, full and half width as one.
func fold(f *graphmap.Field, s string) string {
	if f.Folded {
		return names.Key(s)
	}
	return strings.ToLower(norm.NFKC.String(s))
}
