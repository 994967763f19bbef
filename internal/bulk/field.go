package bulk

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// listSign parts the values of a list: the sign that ASCII has for it.
const listSign = '\x1f'

// typeOf names the type of a value as Neo4j's bulk importer does; "" for what has none there.
func typeOf(v any) string {
	switch v.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case int64:
		return "long"
	case float64:
		return "double"
	case network.Day:
		return "date"
	case network.Point:
		return "point"
	case time.Time:
		return "datetime"
	case []string:
		return "string[]"
	case []time.Time:
		return "datetime[]"
	}
	return ""
}

// appendField writes a value as the importer reads it; what isn't there is an empty field.
func appendField(to []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return to, nil
	case string:
		return appendText(to, v)
	case bool:
		return strconv.AppendBool(to, v), nil
	case int64:
		return strconv.AppendInt(to, v, 10), nil
	case float64:
		return strconv.AppendFloat(to, v, 'g', -1, 64), nil
	case network.Day:
		return appendDay(to, v), nil
	case network.Point:
		return fmt.Appendf(to, "{latitude:%v,longitude:%v}", v.Latitude, v.Longitude), nil
	case time.Time:
		return appendTime(to, v), nil
	case []string:
		if len(v) == 0 {
			return nil, errEmptyList
		}
		for _, s := range v {
			if s == "" || strings.ContainsRune(s, listSign) {
				return nil, fmt.Errorf("the list has %q, which a file can't hold", s)
			}
		}
		return appendText(to, strings.Join(v, string(listSign)))
	case []time.Time:
		if len(v) == 0 {
			return nil, errEmptyList
		}
		for _, t := range v {
			to = append(appendTime(to, t), listSign)
		}
		return to[:len(to)-1], nil
	}
	return nil, fmt.Errorf("a %T can't be written into a file", v)
}

var errEmptyList = errors.New("the list is empty, which a file can't hold")

// appendText quotes a text where it would be read as something else.
func appendText(to []byte, s string) ([]byte, error) {
	if strings.ContainsAny(s, "\r\n") {
		return nil, errors.New("a text of several lines can't be written into a file")
	}
	if s != "" && !strings.ContainsAny(s, "\"\t") {
		return append(to, s...), nil
	}
	to = append(to, '"')
	to = append(to, strings.ReplaceAll(s, `"`, `""`)...)
	return append(to, '"'), nil
}

// appendDay writes a day; years of more than four digits have a sign.
func appendDay(to []byte, d network.Day) []byte {
	if d.Year() > 9999 {
		to = append(to, '+')
	}
	return d.AppendFormat(to, time.DateOnly)
}

// appendTime writes a moment in the zone in which the driver writes it.
func appendTime(to []byte, t time.Time) []byte {
	return append(t.UTC().AppendFormat(to, "2006-01-02T15:04:05.999999999"), "[UTC]"...)
}
