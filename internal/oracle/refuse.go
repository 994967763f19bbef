package oracle

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// A wrong value is refused before anything is read, wherever it stands below a root field: whether the network happens
// to hold something there doesn't matter. Only what no object can ever reach is passed over.

// checkRoot holds the values of a root field, and of all below it, against what they may be.
func (x *execution) checkRoot(root *graphmap.Root, f *asked, args arguments) error {
	_, err := args.day("asOf", x.Today)
	switch root.Start {
	case "IDS":
		if n := len(args.texts("ids")); n > 200 {
			err = errors.Join(err, fmt.Errorf("%d ids", n))
		}
	case "ALL":
		err = errors.Join(err, checkPage(byName, args))
	case "SEARCH":
		err = errors.Join(err, checkText(args.text("query")), checkPage(byScore, args))
	case "PATHS":
		longest := int64(8)
		if args.text("mode") == "ALL" {
			longest = 5
		}
		_, e := args.within("maxLength", 5, 1, longest)
		if args.text("from") == args.text("to") {
			e = errors.Join(e, errors.New("both ends are one"))
		}
		err = errors.Join(err, e, checkPage(byLength, args))
	case "ENDING":
		_, e := args.within("within", 0, 1, 3660)
		err = errors.Join(err, e, checkPage(byEnd, args))
	case "FACTS":
		err = errors.Join(err, checkPage(byKind, args))
	case "NEIGHBORHOOD":
		_, e := args.within("depth", 1, 1, 3)
		_, e2 := args.within("first", 50, 1, 200)
		err = errors.Join(err, e, e2)
	case "CHANGES":
		err = errors.Join(err, checkSpan(args), checkPage(byDate, args))
	}
	return errors.Join(err, x.checkWords(f), x.checkBelow(root.Target, f.selections))
}

// checkBelow checks what is asked of a type; of an interface, what is asked of each type that it stands for.
func (x *execution) checkBelow(t *graphmap.Type, set ast.SelectionSet) error {
	if t == nil {
		return nil
	}
	of := []*graphmap.Type{t}
	if t.Kind == graphmap.Interface {
		of = nil
		for _, name := range t.Concrete {
			of = append(of, x.Map.Types[name])
		}
	}
	var errs []error
	for _, t := range of {
		for _, f := range x.collect(set, typesOf(t)) {
			mf := t.Field(f.Name)
			if mf == nil { // __typename
				continue
			}
			args := f.arguments(x.variables)
			errs = append(errs, x.checkWords(f))
			if len(mf.Hops) > 0 && mf.Target.Kind == graphmap.Connection {
				errs = append(errs, checkPage(orderOfHops(switchedOn(mf, args)), args))
			}
			if mf.Computed == "PATHS" {
				_, err := args.within("first", 10, 1, 50)
				errs = append(errs, err)
			}
			errs = append(errs, checkAnalysis(t, mf, args), x.checkBelow(mf.Target, f.selections))
		}
	}
	return errors.Join(errs...)
}

// checkWords finds what is no value of its enum. In a document validation finds it, in variables only if it isn't one
// in small letters either.
func (x *execution) checkWords(f *asked) error {
	var errs []error
	var check func(of *ast.Type, v any)
	check = func(of *ast.Type, v any) {
		if of.Elem != nil {
			for _, e := range list(v) {
				check(of.Elem, e)
			}
			return
		}
		def := x.Map.Schema.Types[of.NamedType]
		switch v := v.(type) {
		case string:
			if def.Kind == ast.Enum && def.EnumValues.ForName(v) == nil {
				errs = append(errs, fmt.Errorf("%s is no %s", v, def.Name))
			}
		case map[string]any:
			for name, e := range v {
				check(def.Fields.ForName(name).Type, e)
			}
		}
	}
	for name, v := range f.arguments(x.variables) {
		check(f.Definition.Arguments.ForName(name).Type, v)
	}
	return errors.Join(errs...)
}

// checkPage holds the arguments of a page against what they may be.
func checkPage(o order, args arguments) error {
	_, err := args.within("first", 20, 0, 200)
	_, err2 := args.within("last", 20, 0, 200)
	err = errors.Join(err, err2)
	if args["first"] != nil && args["last"] != nil {
		err = errors.Join(err, errors.New("both first and last"))
	}
	for _, name := range []string{"after", "before"} {
		if args[name] != nil {
			_, e := o.read(args.text(name))
			err = errors.Join(err, e)
		}
	}
	return err
}

// checkSpan holds the days from one until before another against each other.
func checkSpan(args arguments) error {
	from, err := args.day("from", network.Always)
	until, err2 := args.day("until", network.Forever)
	if err == nil && err2 == nil && !from.Before(until.Time) {
		err = errors.New("no days between")
	}
	return errors.Join(err, err2)
}

func checkText(s string) error {
	if utf8.RuneCountInString(s) > 200 {
		return errors.New("the text is too long")
	}
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return errors.New("nothing to look for")
	}
	return nil
}
