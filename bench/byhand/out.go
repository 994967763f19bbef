package byhand

import (
	"strconv"
	"unicode/utf8"
)

// out is JSON being written.
type out struct{ b []byte }

func (o *out) text(s string) { o.b = append(o.b, s...) }

// field writes a key, with what stands before it, and a value.
func (o *out) field(key string, v any) {
	o.b = append(o.b, key...)
	o.value(v)
}

func (o *out) value(v any) {
	switch v := v.(type) {
	case nil:
		o.b = append(o.b, "null"...)
	case string:
		o.string(v)
	case int64:
		o.b = strconv.AppendInt(o.b, v, 10)
	case float64:
		o.b = strconv.AppendFloat(o.b, v, 'f', -1, 64)
	case bool:
		o.b = strconv.AppendBool(o.b, v)
	default:
		panic("no JSON for this value")
	}
}

const hex = "0123456789abcdef"

func (o *out) string(s string) {
	o.b = append(o.b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' || c >= utf8.RuneSelf {
			continue
		}
		o.b = append(o.b, s[from:i]...)
		o.b = append(o.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		from = i + 1
	}
	o.b = append(o.b, s[from:]...)
	o.b = append(o.b, '"')
}

// list writes a list, each row by the given function.
func (o *out) list(v any, each func(row []any)) {
	o.b = append(o.b, '[')
	for i, row := range v.([]any) {
		if i > 0 {
			o.b = append(o.b, ',')
		}
		each(row.([]any))
	}
	o.b = append(o.b, ']')
}

// idsAndNames writes a list of things as [id, name].
func (o *out) idsAndNames(v any) {
	o.list(v, func(t []any) { o.idAndName(t[0], t[1]); o.text("}") })
}

// idAndName begins a thing.
func (o *out) idAndName(id, name any) {
	o.field(`{"id":`, id)
	o.field(`,"name":`, name)
}
