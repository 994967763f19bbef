package limits

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Requested is how many things and rows the operation requests with these variables, as validation has read them.
func (c *Cost) Requested(variables map[string]any) int { return c.of.requested(variables) }

func times(a, b int) int { return min(a*b, most) }

func (s *selection) requested(v map[string]any) int {
	out := sum(s.fields, v)
	if len(s.alternatives) == 0 {
		return out
	}
	dearest := 0
	for _, of := range s.alternatives {
		together := 0
		for _, i := range of {
			together = plus(together, sum(s.cases[i], v))
		}
		dearest = max(dearest, together)
	}
	return plus(out, dearest)
}

func sum(fields []*field, v map[string]any) (out int) {
	for _, f := range fields {
		out = plus(out, f.requested(v))
	}
	return out
}

func (f *field) requested(v map[string]any) int {
	if !f.asked(v) {
		return 0
	}
	return times(f.size.of(v), plus(f.each, f.of.requested(v)))
}

// asked tells whether @skip and @include leave the field in.
func (f *field) asked(v map[string]any) bool {
	if f.when == nil {
		return true
	}
	for _, c := range f.when {
		if c.holds(v) {
			return true
		}
	}
	return false
}

func (c condition) holds(v map[string]any) bool {
	for _, t := range c {
		if is, _ := v[t.variable].(bool); is != t.is {
			return false
		}
	}
	return true
}

func (s *size) of(v map[string]any) int {
	n, _ := s.read(v)
	return n
}

// read gives the size, and the argument that says it.
func (s *size) read(v map[string]any) (n int, argument string) {
	n = -1
	for _, a := range s.said {
		m, given := a.fixed, true
		if a.variable != "" {
			m, given = number(v[a.variable])
		}
		if given && m > n {
			n, argument = m, a.argument
		}
	}
	if argument == "" {
		n = s.otherwise
	}
	if s.most > 0 {
		n = min(n, s.most)
	}
	return max(n, 0), argument
}

// number reads a number, or the length of a list.
func number(v any) (n int, given bool) {
	switch v := v.(type) {
	case nil:
		return 0, false
	case int64:
		return int(v), true
	case int:
		return v, true
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			return most, true
		}
		return int(n), true
	case []any:
		return len(v), true
	}
	return 1, true // one element for a list of one
}

// Excess is the error for an operation that requests more than a limit: which field costs most, and what would do.
func (c *Cost) Excess(variables map[string]any, requested, limit int) *network.Error {
	w := &dearest{v: variables}
	w.walk(&c.of, nil, 1)
	text := fmt.Sprintf("the operation requests %d things and rows, more than %d", requested, limit)
	if w.found == nil {
		return network.Errorf(network.TooComplex, "%s: ask in several requests", text)
	}
	n, argument := w.found.size.read(variables)
	how := fmt.Sprintf("%s: %d", argument, n)
	if argument == "" {
		argument, how = "first", fmt.Sprintf("%d unless asked", n)
	}
	text += fmt.Sprintf(", most of them by %s (%s)", strings.Join(w.path, "."), how)
	// What the field counts grows with its size, and the rest stays.
	fits := (limit - (requested - w.whole)) * n / max(w.whole, 1)
	if requested == most || fits < 1 || argument == "ids" {
		return network.Errorf(network.TooComplex, "%s: ask for fewer there and in what it stands in, or in several requests", text)
	}
	return network.Errorf(network.TooComplex, "%s: %s: %d would do there", text, argument, fits)
}

// dearest looks for the field with a size whose own things and rows are the most.
type dearest struct {
	v     map[string]any
	found *field
	path  []string
	own   int
	whole int // with all that is asked of them
}

func (w *dearest) walk(s *selection, path []string, outer int) {
	all := append([][]*field{s.fields}, s.cases...)
	for _, fields := range all {
		for _, f := range fields {
			if !f.asked(w.v) {
				continue
			}
			here := append(path[:len(path):len(path)], f.name)
			n := times(outer, f.size.of(w.v))
			if own := times(n, f.each); own > w.own && f.by != byNothing {
				w.own, w.found, w.path, w.whole = own, f, here, times(outer, f.requested(w.v))
				if f.by == byPage {
					w.path = path
				}
			}
			w.walk(&f.of, here, n)
		}
	}
}
