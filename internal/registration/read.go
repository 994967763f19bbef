package registration

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// reading takes what somebody gave for a field, as JSON has it, and makes it what a Content holds: texts without space
// around them and in one normal form, numbers whole, nothing that is empty. It notes what can't be held.
type reading struct{ problems []Problem }

func (r *reading) note(code Code, path []string, t text) {
	r.problems = append(r.problems, problem(code, path, t))
}

// value is the value of a field, nil where there is none.
func (r *reading) value(f Field, v any, path []string) any {
	if v == nil {
		return nil
	}
	if f.List > 0 {
		return r.list(f, v, path)
	}
	switch f.Kind {
	case Object:
		return r.object(f, v, path)
	case YesNo:
		if b, ok := v.(bool); ok {
			return b
		}
	case Whole:
		if n, ok := number(v); ok && n == math.Trunc(n) && math.Abs(n) < 1<<53 {
			return int64(n)
		}
	case Decimal:
		if n, ok := number(v); ok {
			return n + 0 // minus zero is zero
		}
	default:
		if s, ok := v.(string); ok {
			return r.text(f, s, path)
		}
	}
	r.note(WrongType, path, say("%s is %s: give %s", "%s不能是 %s：应为%s", f.label(), shown(v), f.wants()))
	return nil
}

func (r *reading) object(f Field, v any, path []string) any {
	given, ok := v.(map[string]any)
	if !ok {
		r.note(WrongType, path, say("%s is %s: give %s", "%s不能是 %s：应为%s", f.label(), shown(v), f.wants()))
		return nil
	}
	out := map[string]any{}
	for _, g := range f.Fields { // in this order, so that problems come in the order of the form
		if got := r.value(g, given[g.Name], at(path, g.Name)); got != nil {
			out[g.Name] = got
		}
	}
	for _, name := range sorted(given) {
		if _, known := f.field(name); !known {
			r.note(UnknownField, at(path, name), say("there is no field %s here: there are %s", "此处没有字段 %s：可用字段为 %s", shown(name), f.names()))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (r *reading) list(f Field, v any, path []string) any {
	var given []any
	switch v := v.(type) {
	case []any:
		given = v
	case []string:
		for _, s := range v {
			given = append(given, s)
		}
	case []map[string]any:
		for _, m := range v {
			given = append(given, m)
		}
	default:
		r.note(WrongType, path, say("%s is %s: give %s", "%s不能是 %s：应为%s", f.label(), shown(v), f.wants()))
		return nil
	}
	if len(given) > f.List {
		r.note(TooLong, path, say("%s has %d elements: give at most %d", "%s有 %d 项：最多 %d 项", f.label(), len(given), f.List))
		return nil
	}
	var out []any
	for i, e := range given {
		if e == nil {
			r.note(WrongType, at(path, i), say("element %d of %s is null: leave it out or give %s", "第 %d 项（%s）为 null：请删除或填写%s", i+1, f.label(), f.element().wants()))
			continue
		}
		got := r.value(f.element(), e, at(path, i))
		if got == nil && f.Kind == Object {
			got = map[string]any{} // an element that nothing is said of yet keeps its place in the form
		}
		if got != nil {
			out = append(out, got)
		}
	}
	if out == nil {
		return nil
	}
	return out
}

func (r *reading) text(f Field, s string, path []string) any {
	if !utf8.ValidString(s) {
		r.note(WrongType, path, say("%s is no text: its bytes are not UTF-8", "%s不是文本：不是 UTF-8 编码", f.label()))
		return nil
	}
	s = strings.TrimSpace(norm.NFC.String(strings.ReplaceAll(s, "\r\n", "\n")))
	for _, c := range s {
		if unicode.IsControl(c) && !(f.Most == long && (c == '\n' || c == '\t')) {
			r.note(BadFormat, path, say("%s holds the control character U+%04X: leave it out", "%s含有控制字符 U+%04X：请删除", f.label(), c))
			return nil
		}
	}
	most := f.Most
	if f.Kind != Text && most == 0 {
		most = short
	}
	if n := utf8.RuneCountInString(s); n > most {
		r.note(TooLong, path, say("%s has %d characters: give at most %d", "%s有 %d 字：最多 %d 字", f.label(), n, most))
		return nil
	}
	if s == "" {
		return nil
	}
	return s
}

// number takes numbers in every form in which JSON and GraphQL bring them.
func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int:
		return float64(v), true
	case int32:
		return float64(v), true
	case int64:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	case json.Number:
		n, err := strconv.ParseFloat(v.String(), 64)
		return n, err == nil
	}
	return 0, false
}
