// Package answer writes the record that a statement gave as JSON, in the form that the plan of the statement says. It
// goes from the record to bytes by position, without values in between.
package answer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/plan"
)

// Fault is a null where the schema allows none: a hole in the data, shown at the nearest place that may be null.
type Fault struct {
	Path ast.Path // below the root field
	Text string
}

// Write writes the value of a plan's statement, which was run with the given values of its inputs; nil is the value of
// a statement that gave no record. The faults come back beside what was written.
func Write(p *plan.Plan, values *plan.Values, value any) ([]byte, []Fault) {
	w := writers.Get().(*writer)
	defer w.rest()
	w.values = values
	ok := false
	switch s := p.Start.(type) {
	case *plan.ByID:
		ok = value != nil && w.object(s.Of, value)
	case *plan.ByIDs:
		ok = w.objects(s.Of, value, true)
	case *plan.List:
		ok = w.page(s.Page, value)
	case *plan.Around:
		ok = value != nil && w.object(s.Of, value)
	case *plan.Tally:
		ok = w.object(s.Of, value)
	}
	if !ok {
		return []byte("null"), w.faults
	}
	return bytes.Clone(w.b.Bytes()), w.faults
}

type writer struct {
	values *plan.Values
	b      bytes.Buffer
	path   []step
	faults []Fault
}

// step is one of a path: the name of a field, or the index of an element.
type step struct {
	name  string // "" for an element
	index int
}

// writers rest between answers, so that their buffers needn't grow for each.
var writers = sync.Pool{New: func() any { return new(writer) }}

// largest is what a writer that rests may keep, in bytes.
const largest = 64 << 10

func (w *writer) rest() {
	if w.b.Cap() > largest {
		return
	}
	w.b.Reset()
	w.values, w.path, w.faults = nil, w.path[:0], nil
	writers.Put(w)
}

// fault notes a null in a position that allows none.
func (w *writer) fault() bool {
	path := make(ast.Path, len(w.path))
	for i, s := range w.path {
		if path[i] = ast.PathName(s.name); s.name == "" {
			path[i] = ast.PathIndex(s.index)
		}
	}
	w.faults = append(w.faults, Fault{Path: path, Text: "the network holds no value where one must be"})
	return false
}

func (w *writer) text(s string) { w.b.WriteString(s) }

// key begins a field; the first of an object has no comma before it.
func (w *writer) key(i int, name string) {
	if i > 0 {
		w.b.WriteByte(',')
	}
	w.b.WriteByte('"')
	w.text(name)
	w.text(`":`)
}

// in runs a part at one step further down the path.
func (w *writer) in(at step, part func() bool) bool {
	w.path = append(w.path, at)
	ok := part()
	w.path = w.path[:len(w.path)-1]
	return ok
}

// nullable writes a part, or null in its place when the part can't be written and may be null. It tells whether what
// stands around it can still be written.
func (w *writer) nullable(nonNull bool, part func() bool) bool {
	mark := w.b.Len()
	if part() {
		return true
	}
	w.b.Truncate(mark)
	if nonNull {
		return false
	}
	w.text("null")
	return true
}

// object writes the selection of a subject.
func (w *writer) object(s *plan.Selection, value any) bool {
	row, ok := value.([]any)
	if !ok {
		return false
	}
	var typeName string
	if s.Type >= 0 {
		typeName, _ = row[s.Type].(string)
	}
	for i := range s.Cases {
		if c := &s.Cases[i]; c.Covers(typeName) {
			w.b.WriteByte('{')
			if !w.fields(c.Fields, s.Columns, row) {
				return false
			}
			w.b.WriteByte('}')
			return true
		}
	}
	return w.fault() // a type that this program doesn't know
}

func (w *writer) fields(fields []plan.Field, cols []plan.Column, row []any) bool {
	for i := range fields {
		f := &fields[i]
		w.key(i, f.Key)
		if f.IsConstant() {
			w.string(f.Constant)
			continue
		}
		ok := w.in(step{name: f.Key}, func() bool {
			if f.Here != nil {
				return w.object(f.Here, row)
			}
			return w.nullable(f.Value.NonNull, func() bool { return w.value(f, cols[f.Column], row[f.Column]) })
		})
		if !ok {
			return false
		}
	}
	return true
}

// value writes one field. False is null.
func (w *writer) value(f *plan.Field, col plan.Column, v any) bool {
	if here, ok := col.(*plan.Here); ok {
		col = here.Column
	}
	switch col := col.(type) {
	case *plan.Connection:
		return v != nil && w.page(col.Page, v) || w.absent(f, v)
	case *plan.Told:
		w.b.Write(w.values.Tell(col, v))
		return true
	case *plan.Zip:
		return w.objects(col.Of, v, f.Value.ElemNull)
	case *plan.Paths:
		return w.objects(col.Of, v, f.Value.ElemNull)
	case *plan.Each:
		return w.objects(col.Of, v, f.Value.ElemNull)
	case *plan.Grouped:
		return w.objects(col.Of, v, f.Value.ElemNull)
	case *plan.GroupKeys:
		return w.objects(col.Of, v, f.Value.ElemNull)
	}
	if of := selectionOf(col); of != nil {
		return w.object(of, v) || w.absent(f, v)
	}
	if !f.Value.List {
		return w.scalar(f.Value.Scalar, v) || w.absent(f, v)
	}
	list, ok := v.([]any)
	if !ok {
		return w.absent(f, v)
	}
	w.b.WriteByte('[')
	for i, e := range list {
		if i > 0 {
			w.b.WriteByte(',')
		}
		if !w.nullable(!f.Value.ElemNull, func() bool { return w.scalar(f.Value.Scalar, e) }) {
			return false
		}
	}
	w.b.WriteByte(']')
	return true
}

// absent is a null that is there: a fault only where none may be.
func (w *writer) absent(f *plan.Field, v any) bool {
	if f.Value.NonNull && v == nil {
		return w.fault()
	}
	return false
}

func selectionOf(col plan.Column) *plan.Selection {
	switch col := col.(type) {
	case *plan.Globe:
		return col.Of
	case *plan.Lookup:
		return col.Of
	case *plan.Link:
		return col.Of
	case *plan.Node:
		return col.Of
	case *plan.Tie:
		return col.Of
	case *plan.Route:
		return col.Of
	case *plan.Analysis:
		return col.Of
	case *plan.Inner:
		return col.Of
	}
	return nil
}

// objects writes a list of subjects.
func (w *writer) objects(s *plan.Selection, v any, elemNull bool) bool {
	list, ok := v.([]any)
	if !ok {
		return w.fault()
	}
	w.b.WriteByte('[')
	for i, e := range list {
		if i > 0 {
			w.b.WriteByte(',')
		}
		ok := w.in(step{index: i}, func() bool {
			return w.nullable(!elemNull, func() bool { return w.object(s, e) })
		})
		if !ok {
			return false
		}
	}
	w.b.WriteByte(']')
	return true
}

// string writes a text; one that needs no escaping, as nearly all do, is written as it is.
func (w *writer) string(s string) {
	if !isPlain(s) {
		text, _ := json.Marshal(s)
		w.b.Write(text)
		return
	}
	w.b.WriteByte('"')
	w.b.WriteString(s)
	w.b.WriteByte('"')
}

// isPlain tells whether a text stands in JSON as it is. What begins with E2 may be a separator of lines, which a script
// must not meet.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0xE2 {
			return false
		}
	}
	return utf8.ValidString(s)
}

// scalar writes a value as its scalar demands; false is null.
func (w *writer) scalar(as string, v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		if v == "" { // in parallel lists, which hold no null, what nobody said; nothing else is stored empty
			return false
		}
		w.string(v)
	case bool:
		w.text(strconv.FormatBool(v))
	case int64:
		if as == "Int" && (v > math.MaxInt32 || v < math.MinInt32) {
			return w.fault()
		}
		w.b.Write(strconv.AppendInt(w.b.AvailableBuffer(), v, 10))
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return w.fault()
		}
		w.b.Write(strconv.AppendFloat(w.b.AvailableBuffer(), v, 'f', -1, 64))
	case time.Time:
		w.string(v.UTC().Format(time.RFC3339))
	default:
		panic(fmt.Sprintf("a %s came back as %T", as, v))
	}
	return true
}
