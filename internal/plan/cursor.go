package plan

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"math"
	"strings"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
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
		parts = append(parts, k.Name)
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
		if c.Key[i], err = k.value(c.Key[i]); err != nil {
			return nil, badInput("%s: %q is not a cursor: take one from edges.cursor or pageInfo of the same list", arg, s)
		}
	}
	return c.Key, nil
}

// value gives a key of a cursor the type that its order compares. A row without a value stands at the end.
func (k Key) value(v any) (any, error) {
	if v == nil && k.Absent {
		return k.Last(), nil
	}
	n, isNumber := v.(json.Number)
	s, isText := v.(string)
	switch {
	case isNumber && (k.Kind == Whole || k.Kind == Truth):
		return n.Int64()
	case isNumber && k.Kind == Number:
		return n.Float64()
	case isText && k.Kind == Text:
		return s, nil
	case isText && k.Kind == Date:
		return network.ParseDay(s)
	case isText && k.Kind == Moment:
		t, err := time.Parse(time.RFC3339Nano, s)
		return t.UTC(), err
	}
	return nil, badInput("a key has the wrong type")
}

// Last is the value that stands for an absent one: it comes behind all others in the direction of the key.
func (k Key) Last() any {
	switch k.Kind {
	case Whole, Truth:
		if k.Desc {
			return int64(math.MinInt64)
		}
		return int64(math.MaxInt64)
	case Number:
		if k.Desc {
			return -math.MaxFloat64
		}
		return math.MaxFloat64
	case Date:
		if k.Desc {
			return beforeAll
		}
		return network.Forever
	case Moment:
		if k.Desc {
			return beforeAll.Time
		}
		return network.Forever.Time
	}
	if k.Desc {
		return ""
	}
	return "\uffff"
}

// beforeAll is before every day that can be stated.
var beforeAll = network.Day{Time: network.Always.AddDate(0, 0, -1)}
