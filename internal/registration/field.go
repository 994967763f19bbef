package registration

import (
	"fmt"
	"strings"
)

// Kind says what a field holds.
type Kind string

// The kinds of fields.
const (
	Object   Kind = "OBJECT"
	Text     Kind = "TEXT"
	ID       Kind = "ID"
	Choice   Kind = "CHOICE"
	Date     Kind = "DATE"
	Whole    Kind = "WHOLE"
	Decimal  Kind = "DECIMAL"
	YesNo    Kind = "YES_NO"
	Email    Kind = "EMAIL"
	CodeOfCN Kind = "CREDIT_CODE"
	SHA256   Kind = "SHA256"
)

// Field is one field of a Content: what a form, a spreadsheet and the API need to know of it.
type Field struct {
	Name     string
	Kind     Kind
	Required bool     // needed to submit; in an optional object or an element of a list, once that is there
	List     int      // of a list, the most elements
	Key      string   // of a list of objects, the field by which elements are known
	Least    int      // of numbers
	Most     int      // of numbers; of texts, characters
	Choices  []string // of a choice, its values; of an id, the prefixes it may have
	Fields   []Field  // of an object
	Label    string
	LabelZh  string
}

func (f Field) label() text {
	if f.Label == "" {
		return text{f.Name, f.Name}
	}
	return text{f.Label, f.LabelZh}
}

func (f Field) field(name string) (Field, bool) {
	for _, g := range f.Fields {
		if g.Name == name {
			return g, true
		}
	}
	return Field{}, false
}

func (f Field) names() string {
	names := make([]string, len(f.Fields))
	for i, g := range f.Fields {
		names[i] = g.Name
	}
	return strings.Join(names, ", ")
}

// element is the field that each element of a list is.
func (f Field) element() Field {
	f.List = 0
	return f
}

// wants says what would be right.
func (f Field) wants() text {
	if f.List > 0 {
		return say("a list of at most %d, each %s", "列表，最多 %d 项，每项为%s", f.List, f.element().wants())
	}
	choices := strings.Join(f.Choices, ", ")
	switch f.Kind {
	case Object:
		return say("an object with %s", "含 %s 的对象", f.names())
	case ID:
		return say("the id of a thing, which begins with %s", "以 %s 开头的编号", choices)
	case Choice:
		return say("one of %s", " %s 之一", choices)
	case Date:
		return text{"a date such as 2026-09-01, 2026-09 or 2026", "日期，如 2026-09-01、2026-09 或 2026"}
	case Whole:
		return say("a whole number from %d to %d", " %d 至 %d 的整数", f.Least, f.Most)
	case Decimal:
		return say("a number from %d to %d", " %d 至 %d 的数", f.Least, f.Most)
	case YesNo:
		return text{"true or false", " true 或 false"}
	case Email:
		return text{"an e-mail address such as office@example.edu.cn", "电子邮箱，如 office@example.edu.cn"}
	case CodeOfCN:
		return text{"a unified social credit code of 18 characters", " 18 位统一社会信用代码"}
	case SHA256:
		return text{"a SHA-256, 64 digits of 0-9 and a-f", " SHA-256 值，64 位十六进制小写字符（0-9、a-f）"}
	default:
		return say("a text of at most %d characters", "不超过 %d 字的文本", f.Most)
	}
}

// at is the path to something below a path, which stays as it is.
func at(path []string, name any) []string {
	return append(path[:len(path):len(path)], fmt.Sprint(name))
}

// FieldAt is the field at a path, without places in lists, and the path. It panics where there is none.
func FieldAt(path ...string) (Field, []string) {
	f := Fields
	for _, name := range path {
		g, ok := f.field(name)
		if !ok {
			panic("there is no field " + strings.Join(path, "."))
		}
		f = g
	}
	return f, path
}
