package registration

import (
	"encoding/json"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
)

var (
	idForm   = regexp.MustCompile(`^[a-z]{3}_[a-z0-9][a-z0-9-]*$`)
	hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// forms says which of the values that are there are not well-formed.
func forms(f Field, v any, path []string) []Problem {
	if v == nil {
		return nil
	}
	var out []Problem
	switch {
	case f.List > 0:
		elements := v.([]any)
		for i, e := range elements {
			out = append(out, forms(f.element(), e, at(path, i))...)
		}
		return append(out, twice(f, elements, path)...)
	case f.Kind == Object:
		for _, g := range f.Fields {
			out = append(out, forms(g, v.(map[string]any)[g.Name], at(path, g.Name))...)
		}
		return out
	}
	if p, bad := malformed(f, v, path); bad {
		return []Problem{p}
	}
	return nil
}

func malformed(f Field, v any, path []string) (Problem, bool) {
	wrong := func(code Code) (Problem, bool) {
		return problem(code, path, say("%s is %s: give %s", "%s不能是 %s：应为%s", f.label(), shown(v), f.wants())), true
	}
	s, _ := v.(string)
	switch f.Kind {
	case Whole, Decimal:
		if n, _ := number(v); n < float64(f.Least) || n > float64(f.Most) {
			return wrong(OutOfRange)
		}
	case Choice:
		if !slices.Contains(f.Choices, s) {
			return wrong(NoChoice)
		}
	case ID:
		if !idForm.MatchString(s) || !slices.ContainsFunc(f.Choices, func(prefix string) bool { return strings.HasPrefix(s, prefix) }) {
			return wrong(BadFormat)
		}
	case Date:
		if _, err := network.ParsePartialDate(s); err != nil {
			return wrong(BadFormat)
		}
	case SHA256:
		if !hashForm.MatchString(s) {
			return wrong(BadFormat)
		}
	case Email:
		if a, err := mail.ParseAddress(s); err != nil || a.Address != s {
			return wrong(BadFormat)
		}
	case CodeOfCN:
		if err := network.CheckCreditCode(s); err != nil {
			return problem(BadFormat, path, text{err.Error(), creditCodeZh(s)}), true
		}
	}
	return Problem{}, false
}

// creditCodeZh says in Chinese what network.CheckCreditCode says in English.
func creditCodeZh(s string) string {
	if len(s) == 18 {
		if right := network.CreditCode(s[:17]); network.CheckCreditCode(right) == nil {
			return fmt.Sprintf("%s 不是统一社会信用代码：按前 17 位，校验码应为 %s", shown(s), right[17:])
		}
	}
	return shown(s) + " 不是统一社会信用代码：应为 18 位，由数字和大写字母（不含 I、O、S、V、Z）组成"
}

// twice names the elements that repeat an earlier one: the same text, or an object with the same key.
func twice(f Field, elements []any, path []string) []Problem {
	var out []Problem
	met := map[string]bool{}
	for i, e := range elements {
		name, where := nameOf(f, e), at(path, i)
		if name == "" {
			continue
		}
		if f.Key != "" {
			where = at(where, f.Key)
		}
		if met[name] {
			out = append(out, problem(Twice, where, say("%s names %s twice: name it once", "%s重复列出 %s：请只保留一项", f.label(), shown(name))))
		}
		met[name] = true
	}
	return out
}

// nameOf is what an element of a list is known by: its key, the text that it is, or all that it holds; "" for an object
// whose key isn't there yet.
func nameOf(f Field, e any) string {
	object, ok := e.(map[string]any)
	switch {
	case !ok:
		s, _ := e.(string)
		return s
	case f.Key == "":
		b, _ := json.Marshal(object)
		return string(b)
	}
	s, _ := object[f.Key].(string)
	return s
}
