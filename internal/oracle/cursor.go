package oracle

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf16"
)

// key is one key of an order.
type key struct {
	by     string
	number bool
	whole  bool
	desc   bool
}

// order is what a list is sorted by. The last key tells any two rows apart.
type order []key

var (
	byName       = order{{by: "name"}, {by: "id"}}
	byNameAndTie = order{{by: "name"}, {by: "id"}, {by: "tie"}}
	byScore      = order{{by: "score", number: true, desc: true}, {by: "id"}}
	byLength     = order{{by: "length", number: true, whole: true}, {by: "route"}}
	byDate       = order{{by: "date"}, {by: "what"}, {by: "change"}}
	byEnd        = order{{by: "end"}, {by: "id"}}
	byKind       = order{{by: "kind"}, {by: "fact"}}
)

// compareTexts puts texts in the order of their UTF-16 units, in which the database compares them.
func compareTexts(a, b string) int {
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}

func (o order) compare(a, b []any) int {
	for i, k := range o {
		var c int
		if k.number {
			c = cmp.Compare(float(a[i]), float(b[i]))
		} else {
			c = compareTexts(a[i].(string), b[i].(string))
		}
		if k.desc {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

func float(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	}
	panic(fmt.Sprintf("%T is no number", v))
}

func (o order) name() string {
	var parts []string
	for _, k := range o {
		parts = append(parts, k.by)
	}
	return strings.Join(parts, ",")
}

type cursor struct {
	Order string `json:"o"`
	Key   []any  `json:"k"`
}

// write makes the cursor of a row: the name of the order and the row's key in it.
func (o order) write(key []any) string {
	text, _ := json.Marshal(cursor{o.name(), key})
	return base64.RawURLEncoding.EncodeToString(text)
}

// read gives the key that a cursor holds; only one of a list in the same order will do.
func (o order) read(s string) ([]any, error) {
	text, err := base64.RawURLEncoding.DecodeString(s)
	var c cursor
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil || c.Order != o.name() || len(c.Key) != len(o) {
		return nil, errors.New("no cursor of this list")
	}
	for i, k := range o {
		if n, number := c.Key[i].(float64); number != k.number || k.whole && n != math.Trunc(n) {
			return nil, errors.New("no key of this list")
		}
		if _, text := c.Key[i].(string); text == k.number {
			return nil, errors.New("no key of this list")
		}
	}
	return c.Key, nil
}
