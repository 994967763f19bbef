package oracle

import (
	"encoding/json"
	"fmt"
	"reflect"
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

// list reads a list; one value stands for a list of one. The validation of variables makes lists of all sorts of one
// value.
func list(v any) []any {
	if v == nil {
		return nil
	}
	if of := reflect.ValueOf(v); of.Kind() == reflect.Slice {
		var out []any
		for i := range of.Len() {
			out = append(out, of.Index(i).Interface())
		}
		return out
	}
	return []any{v}
}

// float reads a number in any of the forms that it arrives in.
func float(v any) float64 {
	n, err := strconv.ParseFloat(fmt.Sprint(v), 64)
	if err != nil {
		panic(fmt.Sprintf("%v is no number", v))
	}
	return n
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
