package plan

import (
	"fmt"
	"reflect"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Input is a value that a statement takes as a parameter: written in the document, or given by a variable. A plan is
// made once for a document; its inputs are read at each request. Their errors are of the code BAD_USER_INPUT.
type Input[T any] struct {
	read  func(*Values) (T, error)
	fixed bool // the same at each request
	shown string
}

// Values is what inputs are read from.
type Values struct {
	Variables map[string]any
	Today     network.Day
	Viewer    access.Viewer
	ID        string // of the thing that a plan by Of reads
	// Tell writes what code answers of a thing, from the value of its column.
	Tell func(*Told, any) []byte

	known map[any]any // what was read already, of inputs that are read more than once
}

// Bound is an input of any type.
type Bound interface {
	Bind(*Values) (any, error)
	// Varies tells whether requests may give other values.
	Varies() bool
}

// Varies tells whether requests may give other values.
func (i Input[T]) Varies() bool { return i.read != nil && !i.fixed }

// Bind reads the input.
func (i Input[T]) Bind(v *Values) (any, error) { return i.read(v) }

// Zero is a value of the input's type.
func (Input[T]) Zero() any {
	var zero T
	return zero
}

// Read reads the input.
func (i Input[T]) Read(v *Values) (T, error) { return i.read(v) }

// IsGiven tells whether there is an input at all.
func (i Input[T]) IsGiven() bool { return i.read != nil }

// String is the value, or the variable that gives it, for Plan to show.
func (i Input[T]) String() string { return i.shown }

// Fixed is an input that is known already.
func Fixed[T any](v T) Input[T] {
	shown := fmt.Sprint(v)
	if s, ok := any(v).(string); ok {
		shown = fmt.Sprintf("%q", s)
	}
	return Input[T]{read: func(*Values) (T, error) { return v, nil }, fixed: true, shown: valueBegins + shown + valueEnds}
}

// then works an input out from another. What is known already is worked out at once, so that its error comes early.
func then[T, U any](in Input[T], work func(T) (U, error)) (Input[U], error) {
	return both(in, Fixed(struct{}{}), func(v T, _ struct{}) (U, error) { return work(v) })
}

// both works an input out from two others.
func both[T, U, R any](a Input[T], b Input[U], work func(T, U) (R, error)) (Input[R], error) {
	read := func(v *Values) (out R, err error) {
		x, err := a.read(v)
		if err != nil {
			return out, err
		}
		y, err := b.read(v)
		if err != nil {
			return out, err
		}
		return work(x, y)
	}
	if !a.fixed || !b.fixed {
		return Input[R]{read: read, shown: a.shown}, nil
	}
	v, err := read(nil)
	if err != nil {
		return Input[R]{}, err
	}
	out := Fixed(v)
	out.shown = a.shown
	return out, nil
}

// Part takes a part of an input that can't fail.
func Part[T, U any](in Input[T], part func(T) U) Input[U] {
	out, _ := then(in, func(v T) (U, error) { return part(v), nil }) // a fixed one was read without error before
	return out
}

// once remembers what was read, for inputs of which several parts are taken.
func once[T any](in Input[T]) Input[T] {
	if in.fixed {
		return in
	}
	key := new(int)
	read := in.read
	in.read = func(v *Values) (T, error) {
		if known, ok := v.known[key]; ok {
			return known.(T), nil
		}
		out, err := read(v)
		if err == nil {
			if v.known == nil {
				v.known = map[any]any{}
			}
			v.known[key] = out
		}
		return out, err
	}
	return in
}

// inputs finds the inputs in a plan that vary.
func inputs(v reflect.Value) []Bound {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return inputs(v.Elem())
		}
	case reflect.Slice:
		var out []Bound
		for i := range v.Len() {
			out = append(out, inputs(v.Index(i))...)
		}
		return out
	case reflect.Struct:
		if in, ok := v.Interface().(Bound); ok {
			if in.Varies() {
				return []Bound{in}
			}
			return nil
		}
		var out []Bound
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out = append(out, inputs(v.Field(i))...)
			}
		}
		return out
	}
	return nil
}

// Bind reads those of the parameters that are inputs.
func Bind(params map[string]any, v *Values) (map[string]any, error) {
	out := make(map[string]any, len(params))
	for name, p := range params {
		if in, ok := p.(Bound); ok {
			var err error
			if p, err = in.Bind(v); err != nil {
				return nil, err
			}
		}
		out[name] = p
	}
	return out, nil
}
