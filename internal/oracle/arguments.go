package oracle

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/partnergraph/partnergraph/internal/network"
)

// arguments are the arguments of a field, defaults included. What is absent and what is null are the same.
type arguments map[string]any

func (a arguments) text(name string) string { return textOf(a[name]) }

// textOf reads a text or an id, which may be written as a number.
func textOf(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func (a arguments) truth(name string) bool {
	v, _ := a[name].(bool)
	return v
}

// list reads a list; one value stands for a list of one.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	case []string: // what the validation of variables makes of one text
		return anys(v)
	case []map[string]any: // and of one filter
		return anys(v)
	}
	return []any{v}
}

func (a arguments) texts(name string) []string {
	var out []string
	for _, v := range list(a[name]) {
		out = append(out, textOf(v))
	}
	return out
}

func whole(v any) int64 {
	if n, ok := v.(json.Number); ok {
		v = n.String()
	}
	n, err := strconv.ParseInt(fmt.Sprint(v), 10, 64)
	if err != nil {
		panic(fmt.Sprintf("%v is no whole number", v))
	}
	return n
}

func (a arguments) whole(name string, otherwise int64) int64 {
	if a[name] == nil {
		return otherwise
	}
	return whole(a[name])
}

// within reads a whole number that must lie between two others.
func (a arguments) within(name string, otherwise, least, most int64) (int, error) {
	n := a.whole(name, otherwise)
	if n < least || n > most {
		return 0, fmt.Errorf("%s is %d", name, n)
	}
	return int(n), nil
}

func (a arguments) day(name string, otherwise network.Day) (network.Day, error) {
	if a[name] == nil {
		return otherwise, nil
	}
	return network.ParseDay(a.text(name))
}
