package plan

import (
	"unicode"
	"unicode/utf8"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Limits of what one field may ask.
const (
	defaultPage   = 20
	maxPage       = 200 // unless the planner has another
	maxPaths      = 50
	maxSearch     = 200 // characters
	defaultGroups = 50
	maxKeys       = 3 // of a grouping, and of them one that leads to things
)

// args are the arguments of a field, defaults included, as readArgs reads them.
type args map[string]any

func (a args) has(name string) bool { return a[name] != nil }

// input makes an input of a value that is a literal or an input already.
func input[T any](v any) Input[T] {
	if in, ok := v.(Input[any]); ok {
		return Input[T]{shown: in.shown, read: func(values *Values) (out T, err error) {
			x, err := in.read(values)
			if err != nil {
				return out, err
			}
			return x.(T), nil
		}}
	}
	return Fixed(v.(T))
}

// text reads a text or id that is there.
func (a args) text(name string) Input[string] { return input[string](a[name]) }

// word reads the value of an enum; "" when it is absent.
func (a args) word(name string) string {
	s, _ := a[name].(string)
	return s
}

// words reads a list of values of an enum.
func (a args) words(name string) []string {
	var out []string
	list, _ := a[name].([]any)
	for _, e := range list {
		out = append(out, e.(string))
	}
	return out
}

// texts reads a list of texts or ids, each written or given by a variable.
func texts(v any) Input[[]string] {
	out, _ := then(listed(v), func(list []any) ([]string, error) {
		out := make([]string, len(list))
		for i, e := range list {
			out[i] = e.(string)
		}
		return out, nil
	})
	return out
}

// listed reads a list, each element of which may be an input of its own.
func listed(v any) Input[[]any] {
	list, ok := v.([]any)
	if !ok {
		return input[[]any](v)
	}
	out := Fixed([]any{})
	for _, e := range list {
		out, _ = both(out, input[any](e), func(list []any, e any) ([]any, error) {
			return append(list[:len(list):len(list)], e), nil
		})
	}
	out.shown = shownList(list)
	return out
}

func shownList(list []any) string {
	out := "["
	for i, e := range list {
		if i > 0 {
			out += ", "
		}
		out += input[any](e).shown
	}
	return out + "]"
}

func (a args) truth(name string) bool {
	b, _ := a[name].(bool)
	return b
}

// narrowed refuses an empty list where a list narrows what is asked for: nobody means to narrow it to nothing.
func (a args) narrowed(names ...string) error {
	for _, name := range names {
		if a.has(name) && len(a.words(name)) == 0 {
			return badInput("%s: name at least one, or leave it out for all", name)
		}
	}
	return nil
}

// day reads a day that is there.
func (a args) day(name string) (Input[network.Day], error) {
	return then(a.text(name), func(s string) (network.Day, error) {
		d, err := network.ParseDay(s)
		if err != nil {
			return d, badInput("%s: %v", name, err)
		}
		return d, nil
	})
}

// between reads a whole number and holds it against the least and most that the field takes.
func (a args) between(name string, otherwise, least, most int) (Input[int], error) {
	if !a.has(name) {
		return Fixed(otherwise), nil
	}
	return then(input[int64](a[name]), func(n int64) (int, error) {
		if n < int64(least) || n > int64(most) {
			return 0, badInput("%s: must be from %d to %d, not %d", name, least, most, n)
		}
		return int(n), nil
	})
}

func checkSearch(text string) (string, error) {
	if n := utf8.RuneCountInString(text); n > maxSearch {
		return "", badInput("query: at most %d characters, not %d", maxSearch, n)
	}
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return text, nil
		}
	}
	return "", badInput("query: write at least one letter, digit or character to look for")
}

// badInput is the one kind of error that a plan has: a value that the field doesn't take.
func badInput(format string, args ...any) error {
	return network.Errorf(network.BadUserInput, format, args...)
}
