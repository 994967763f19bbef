package plan

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Limits of what one field may ask.
const (
	defaultPage = 20
	maxPage     = 200
	maxPaths    = 50
	maxSearch   = 200 // characters
)

// args are the arguments of a field, defaults included. The document has passed validation, so that types are right.
type args map[string]any

// narrowed refuses an empty list where a list narrows what is asked for: nobody means to narrow it to nothing.
func (a args) narrowed(names ...string) error {
	for _, name := range names {
		if a.has(name) && len(a.texts(name)) == 0 {
			return badInput("%s: name at least one, or leave it out for all", name)
		}
	}
	return nil
}

func (a args) has(name string) bool { return a[name] != nil }

func (a args) text(name string) string {
	s, _ := a[name].(string)
	return s
}

func (a args) texts(name string) []string { return texts(a[name]) }

func texts(v any) []string {
	var out []string
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
	case []string:
		out = v
	case string:
		out = []string{v}
	}
	return slices.Clone(out)
}

func (a args) truth(name string) bool {
	b, _ := a[name].(bool)
	return b
}

func (a args) day(name string, otherwise network.Day) (network.Day, error) {
	if !a.has(name) {
		return otherwise, nil
	}
	d, err := network.ParseDay(a.text(name))
	if err != nil {
		return d, badInput("%s: %v", name, err)
	}
	return d, nil
}

// between reads a whole number and holds it against the least and most that the field takes.
func (a args) between(name string, otherwise, least, most int) (int, error) {
	if !a.has(name) {
		return otherwise, nil
	}
	n := whole(a[name])
	if n < int64(least) || n > int64(most) {
		return 0, badInput("%s: must be from %d to %d, not %d", name, least, most, n)
	}
	return int(n), nil
}

// whole reads a whole number that is settled.
func whole(v any) int64 {
	n, _ := v.(int64)
	return n
}

func checkSearch(text string) error {
	if n := utf8.RuneCountInString(text); n > maxSearch {
		return badInput("query: at most %d characters, not %d", maxSearch, n)
	}
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return nil
		}
	}
	return badInput("query: write at least one letter, digit or character to look for")
}

// badInput is the one kind of error that a plan has: a value that the field doesn't take.
func badInput(format string, args ...any) error {
	return network.Errorf(network.BadUserInput, format, args...)
}
