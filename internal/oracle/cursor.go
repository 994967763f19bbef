package oracle

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

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
		if c.Key[i], err = k.read(c.Key[i]); err != nil {
			return nil, err
		}
	}
	return c.Key, nil
}

// read gives a key of a cursor the type that its order compares.
func (k key) read(v any) (any, error) {
	s, isText := v.(string)
	n, isNumber := v.(float64)
	switch {
	case v == nil && k.gaps, isNumber && (k.kind == "number" || k.kind == "whole" && n == math.Trunc(n)), isText && k.kind == "text":
		return v, nil
	case isText && k.kind == "day":
		day, err := network.ParseDay(s)
		return day.String(), err
	case isText && k.kind == "moment":
		return time.Parse(time.RFC3339Nano, s)
	}
	return nil, errors.New("no key of this list")
}
