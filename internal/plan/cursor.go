package plan

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// A cursor is the order key of its row, so that a page begins at a place and not at a number: it neither skips nor
// repeats a row while others write. It names the order, so that a cursor of another list is refused.

type cursor struct {
	Order string `json:"o"`
	Key   []any  `json:"k"`
}

func orderName(order []Key) string {
	var parts []string
	for _, k := range order {
		parts = append(parts, string(k.By))
	}
	return strings.Join(parts, ",")
}

// WriteCursor makes the cursor of a row from the values of its order key.
func WriteCursor(order []Key, key []any) string {
	text, _ := json.Marshal(cursor{orderName(order), key})
	return base64.RawURLEncoding.EncodeToString(text)
}

// ReadCursor gives the order key that a cursor holds.
func ReadCursor(arg, s string, order []Key) ([]any, error) {
	text, err := base64.RawURLEncoding.DecodeString(s)
	var c cursor
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		err = d.Decode(&c)
	}
	if err != nil || len(c.Key) != len(order) {
		return nil, badInput("%s: %q is not a cursor: take one from edges.cursor or pageInfo of the same list", arg, s)
	}
	if c.Order != orderName(order) {
		return nil, badInput("%s: the cursor is of a list in another order (%s, not %s)", arg, c.Order, orderName(order))
	}
	for i, k := range order {
		if c.Key[i], err = keyValue(k.By, c.Key[i]); err != nil {
			return nil, badInput("%s: %q is not a cursor: take one from edges.cursor or pageInfo of the same list", arg, s)
		}
	}
	return c.Key, nil
}

// keyValue gives a key of a cursor the type that its order compares.
func keyValue(by KeyBy, v any) (any, error) {
	n, number := v.(json.Number)
	switch {
	case by == ByScore && number:
		return n.Float64()
	case by == ByLength && number:
		return n.Int64()
	}
	if s, ok := v.(string); ok && by != ByScore && by != ByLength {
		return s, nil
	}
	return nil, badInput("a key has the wrong type")
}
