package oracle

import (
	"errors"
	"fmt"
	"strings"
	"time"
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
	err := x.checkWords(f)
	if err != nil { // the rest reads values that are of their types
		return err
	}
	_, err = args.days(x.Today)
	checkList := func(own order) error { return x.checkList(own, root.Target.Node, nil, args) }
	switch root.Start {
	case "IDS":
		if n := len(args.texts("ids")); n > 200 {
			err = errors.Join(err, fmt.Errorf("%d ids", n))
		}
	case "ALL", "QUEUE":
		err = errors.Join(err, checkList(byName))
	case "INSURED":
		_, e := args.within("within", 0, 1, 3660)
		err = errors.Join(err, e, checkList(byName))
	case "SEARCH":
		err = errors.Join(err, checkText(args.text("query")), checkList(byScore))
	case "PATHS":
		longest := int64(8)
		if args.text("mode") == "ALL" {
			longest = 5
		}
		_, e := args.within("maxLength", 5, 1, longest)
		if args.text("from") == args.text("to") {
			e = errors.Join(e, errors.New("both ends are one"))
		}
		err = errors.Join(err, e, checkList(byLength))
	case "ENDING":
		_, e := args.within("within", 0, 1, 3660)
		err = errors.Join(err, e, checkList(byEnd))
	case "FACTS":
		err = errors.Join(err, checkList(byKind))
	case "NEIGHBORHOOD":
		_, e := args.within("depth", 1, 1, 3)
		_, e2 := args.within("first", 50, 1, 200)
		err = errors.Join(err, e, e2)
	case "CHANGES":
		err = errors.Join(err, checkSpan(args), checkList(byDate))
	}
	return errors.Join(err, x.checkBelow(root.Target, f.selections, listed{}))
}

// listed is the list in which something is asked: the hops that lead to its rows, and by what they are grouped.
type listed struct {
	of   *graphmap.Type
	hops []graphmap.Hop
	by   []string
}

// checkBelow checks what is asked of a type; of an interface, what is asked of each type that it stands for.
func (x *execution) checkBelow(t *graphmap.Type, set ast.SelectionSet, in listed) error {
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
			if err := x.checkWords(f); err != nil {
				errs = append(errs, err)
				continue
			}
			args, in := f.arguments(x.variables), in
			switch {
			case len(mf.Hops) > 0 && mf.Target.Kind == graphmap.Connection:
				in = listed{of: mf.Target.Node, hops: switchedOn(mf, args)}
				errs = append(errs, x.checkList(orderOfHops(in.hops), in.of, in.hops, args))
			case t.Kind == graphmap.Connection:
				in.of = t.Node
			case t.Kind == graphmap.Aggregate || t.Kind == graphmap.Group || t.Kind == graphmap.GroupKey:
				errs = append(errs, x.checkAmount(mf, &in, args))
			case mf.Computed == "PATHS":
				_, err := args.within("first", 10, 1, 50)
				errs = append(errs, err)
			}
			errs = append(errs, checkAnalysis(t, mf, args), x.checkBelow(mf.Target, f.selections, in))
		}
	}
	return errors.Join(errs...)
}

// checkWords finds what is no value of its enum, and no date. Of enums validation finds it in a document, in variables
// only if it isn't one in small letters either.
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
			if e := checkDate(def.Name, v); e != nil {
				errs = append(errs, e)
			}
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

func checkDate(scalar, s string) error {
	var err error
	switch scalar {
	case "Date":
		_, err = network.ParseDay(s)
	case "PartialDate":
		_, err = network.ParsePartialDate(s)
	case "DateTime":
		_, err = time.Parse(time.RFC3339, s)
	}
	return err
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
