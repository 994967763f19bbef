package oracle

import (
	"errors"
	"fmt"
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// checkList holds the arguments of a list, which has an order of its own, against what they may be.
func (x *execution) checkList(own order, of *graphmap.Type, hops []graphmap.Hop, args arguments) error {
	err := errors.Join(x.checkWhere(of, hops, where(args)), x.checkOrder(of, hops, args["orderBy"]))
	if err != nil {
		return err
	}
	return checkPage(x.order(of, own, args), args)
}

// checkCarried tells whether a list has one relationship for each row, and that carries a property.
func (x *execution) checkCarried(hops []graphmap.Hop, property string) error {
	if !isSingle(hops) {
		return errors.New("no single relationship leads there")
	}
	carried := append([]string{"since", "until", "sourceCount"}, x.Map.Relationships[hops[0].Over].Properties...)
	if !slices.Contains(carried, property) {
		return fmt.Errorf("%s carries no %s", hops[0].Over, property)
	}
	return nil
}

// checkWhere checks a filter at any depth; the hops are those that lead to what it is asked of.
func (x *execution) checkWhere(of *graphmap.Type, hops []graphmap.Hop, where any) error {
	fields, _ := where.(map[string]any)
	var errs []error
	for name, v := range fields {
		if v == nil {
			continue
		}
		switch name {
		case "and", "or", "not":
			for _, w := range list(v) {
				errs = append(errs, x.checkWhere(of, hops, w))
			}
			continue
		case "edge":
			errs = append(errs, x.checkEdge(hops, v))
			continue
		case "near":
			errs = append(errs, checkNear(v.(map[string]any)))
			continue
		case "inside":
			continue
		}
		f := of.Field(name)
		switch {
		case len(f.Hops) == 0 && (f.Target == nil || f.Target.Kind == graphmap.Relationship):
		case len(f.Hops) == 0: // the thing that a record is about
			errs = append(errs, x.checkWhere(f.Target, nil, v))
		case f.Target.Kind != graphmap.Connection:
			errs = append(errs, x.checkWhere(f.Target, nil, v))
		default:
			links := v.(map[string]any)
			count, counts := links["count"].(map[string]any)
			if links["where"] != nil && !counts {
				errs = append(errs, errors.New("which ones count counts, and no count"))
			}
			if count["present"] != nil {
				errs = append(errs, errors.New("a count is always there"))
			}
			for _, name := range []string{"some", "none", "every", "where"} {
				errs = append(errs, x.checkWhere(f.Target.Node, switchedOn(f, nil), links[name]))
			}
		}
	}
	return errors.Join(errs...)
}

func (x *execution) checkEdge(hops []graphmap.Hop, where any) error {
	if !isSingle(hops) {
		return errors.New("no single relationship leads there")
	}
	var errs []error
	for name, v := range where.(map[string]any) {
		switch {
		case v == nil:
		case name == "and" || name == "or" || name == "not":
			for _, w := range list(v) {
				errs = append(errs, x.checkEdge(hops, w))
			}
		default:
			errs = append(errs, x.checkCarried(hops, name))
		}
	}
	return errors.Join(errs...)
}

func checkNear(near map[string]any) error {
	at, hasPoint := near["position"].(map[string]any)
	switch {
	case hasPoint == (near["thing"] != nil):
		return errors.New("near neither or both of a position and a thing")
	case float(near["km"]) < 0:
		return errors.New("near by less than nothing")
	case hasPoint && (float(at["latitude"]) < -90 || float(at["latitude"]) > 90):
		return errors.New("beyond the poles")
	case hasPoint && (float(at["longitude"]) < -180 || float(at["longitude"]) > 180):
		return errors.New("more than around the globe")
	}
	return nil
}

// checkOrder checks the entries of an order, each of which names one field.
func (x *execution) checkOrder(of *graphmap.Type, hops []graphmap.Hop, entries any) error {
	var errs []error
	for _, entry := range list(entries) {
		if given(entry) != 1 {
			errs = append(errs, errors.New("an entry of an order has other than one field"))
			continue
		}
		name, v := only(entry)
		if name == "edge" {
			if given(v) != 1 {
				errs = append(errs, errors.New("an entry of an order has other than one property"))
				continue
			}
			name, _ := only(v)
			errs = append(errs, x.checkCarried(hops, name))
			continue
		}
		if f := of.Field(name); len(f.Hops) > 0 {
			m, behind := v.(map[string]any), switchedOn(f, nil)
			errs = append(errs,
				x.checkMeasure(f.Target.Node, behind, measured(m), m["of"]),
				x.checkWhere(f.Target.Node, behind, m["where"]))
		}
	}
	return errors.Join(errs...)
}

// given counts the fields of an input that are not null.
func given(input any) int {
	n := 0
	for _, v := range input.(map[string]any) {
		if v != nil {
			n++
		}
	}
	return n
}

// checkMeasure checks what is measured: a number, if it is no count, that the rows have.
func (x *execution) checkMeasure(of *graphmap.Type, hops []graphmap.Hop, measure string, word any) error {
	if (measure == "COUNT") != (word == nil) {
		return fmt.Errorf("%s of %v", measure, word)
	}
	if word == nil {
		return nil
	}
	return x.checkWord(of, hops, textOf(word))
}
