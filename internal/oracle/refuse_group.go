package oracle

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// checkWord checks a number or a date that is asked of the rows of a list.
func (x *execution) checkWord(of *graphmap.Type, hops []graphmap.Hop, word string) error {
	if word, ofEdge := strings.CutPrefix(word, "EDGE_"); ofEdge {
		return x.checkCarried(hops, fieldIn(x.Map.Types["Relationship"], word).Name)
	}
	fieldIn(of, word)
	return nil
}

// checkAmount checks a field of an aggregate, of a group or of its key; a list that is grouped is asked by its keys.
func (x *execution) checkAmount(f *graphmap.Field, in *listed, args arguments) error {
	switch f.Name {
	case "groupBy":
		in.by = args.texts("by")
		return x.checkGroups(*in, args)
	case "sum", "avg", "min", "max", "earliest", "latest":
		if f.Def.Arguments.ForName("of").Type.Name() == "EdgeNumber" {
			return x.checkKeySum(*in, args.text("of"))
		}
		return x.checkWord(in.of, in.hops, args.text("of"))
	}
	return nil
}

func (x *execution) checkGroups(in listed, args arguments) error {
	_, err := args.within("first", 50, 1, 200)
	errs := []error{err}
	leading := 0
	for i, word := range in.by {
		if len(fieldIn(in.of, word).Hops) > 0 {
			leading++
		}
		if slices.Contains(in.by[:i], word) {
			errs = append(errs, fmt.Errorf("%s twice", word))
		}
	}
	if len(in.by) == 0 || len(in.by) > 3 || leading > 1 {
		errs = append(errs, fmt.Errorf("%d keys, %d that lead to things", len(in.by), leading))
	}
	for _, h := range list(args["having"]) {
		h := h.(map[string]any)
		errs = append(errs, x.checkMeasure(in.of, in.hops, measured(h), h["of"]))
	}
	for _, o := range list(args["orderBy"]) {
		switch o := o.(map[string]any); {
		case o["measure"] != nil:
			errs = append(errs, x.checkMeasure(in.of, in.hops, measured(o), o["of"]))
		case o["of"] != nil:
			errs = append(errs, errors.New("of which number, but no measure"))
		}
	}
	return errors.Join(errs...)
}

// checkKeySum checks what is summed over the relationships that lead to the thing of a key: they must carry it. The
// other keys have no sum.
func (x *execution) checkKeySum(in listed, word string) error {
	for _, by := range in.by {
		f := fieldIn(in.of, by)
		if f.Target == nil || f.Target.Kind != graphmap.Connection || !isSingle(switchedOn(f, nil)) {
			continue
		}
		if err := x.checkCarried(switchedOn(f, nil), fieldIn(x.Map.Types["Relationship"], word).Name); err != nil {
			return err
		}
	}
	return nil
}
