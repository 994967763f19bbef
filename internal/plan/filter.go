package plan

import (
	"maps"
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// filter reads a where-input. Its fields are named as the fields of the type that they filter, so that a field says
// once, in the schema, what holds it or which hops lead to it.
func (p *planning) filter(t *graphmap.Type, where map[string]any) (Filter, error) {
	out := &And{}
	for _, name := range slices.Sorted(maps.Keys(where)) {
		f, err := p.condition(t, name, where[name])
		if err != nil {
			return nil, err
		}
		if f != nil {
			out.Of = append(out.Of, f)
		}
	}
	if len(out.Of) == 1 {
		return out.Of[0], nil
	}
	return out, nil
}

// condition reads one field of a where-input; null asks for nothing.
func (p *planning) condition(t *graphmap.Type, name string, v any) (Filter, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case []any:
		var of []Filter
		for _, e := range v {
			f, err := p.filter(t, e.(map[string]any))
			if err != nil {
				return nil, err
			}
			of = append(of, f)
		}
		if name == "or" {
			return &Or{Of: of}, nil
		}
		return &And{Of: of}, nil
	case map[string]any:
		if name == "and" || name == "or" { // one element given for a list
			return p.filter(t, v)
		}
		if name == "not" {
			f, err := p.filter(t, v)
			return &Not{Of: f}, err
		}
		f := t.Field(name)
		if len(f.Hops) > 0 {
			return p.links(f, v)
		}
		return compare(f, v), nil
	}
	return nil, badInput("where.%s: cannot be read", name)
}

func compare(f *graphmap.Field, v map[string]any) Filter {
	out := &And{}
	for _, op := range slices.Sorted(maps.Keys(v)) {
		value := v[op]
		if value == nil {
			continue
		}
		switch {
		case Op(op) == In:
			value = texts(value)
		case f.Type.Name() == "Int":
			value = whole(value)
		}
		if f.Computed == "SOURCE_COUNT" {
			out.Of = append(out.Of, &SourceCount{Op: Op(op), Value: value})
		} else {
			out.Of = append(out.Of, &Compare{Property: f.Property, Op: Op(op), Value: value})
		}
	}
	return out
}

func (p *planning) links(f *graphmap.Field, v map[string]any) (Filter, error) {
	out := &And{}
	target := f.Target.Node
	for _, quant := range slices.Sorted(maps.Keys(v)) {
		where, ok := v[quant].(map[string]any)
		if !ok {
			continue
		}
		of, err := p.filter(target, where)
		if err != nil {
			return nil, err
		}
		out.Of = append(out.Of, &Linked{Hops: p.hops(f, target, nil), Quant: Quant(quant), Of: of})
	}
	return out, nil
}
