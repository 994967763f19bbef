package plan

import (
	"maps"
	"slices"
	"time"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/names"
	"github.com/partnergraph/partnergraph/internal/network"
)

// filter reads a where-input on the things of a type. Its fields are named as the fields of the type that they filter,
// so that a field says once, in the schema, what holds it or which hops lead to it; hops are those that lead to the
// things, nil when nothing does.
func (p *planning) filter(t *graphmap.Type, hops *Hops, where map[string]any) (Filter, error) {
	return p.all(where, func(name string, v map[string]any) (Filter, error) {
		switch name {
		case "near":
			return p.near(t, v)
		case "edge":
			if _, err := p.edgeField("where.edge", hops, "since"); err != nil {
				return nil, err
			}
			of, err := p.onEdge(hops, v)
			return &OnEdge{Of: of}, err
		}
		switch f := t.Field(name); {
		case t.Kind == graphmap.Row && f.Target != nil:
			return p.about(f, v)
		case len(f.Hops) == 0:
			return compare(f, v)
		case f.Target.Kind == graphmap.Connection:
			return p.links(f, v)
		default:
			to := p.hops(f, f.Target, nil)
			of, err := p.filter(f.Target, nil, v)
			return &Linked{Hops: to, Quant: One, Of: of}, err
		}
	}, func(name string, v any) (Filter, error) { // inside, the one field with a value of its own
		return &Inside{Hops: p.inside(t), Place: input[string](v)}, nil
	})
}

// onEdge reads a where-input on the relationship behind an edge.
func (p *planning) onEdge(hops *Hops, where map[string]any) (Filter, error) {
	return p.all(where, func(name string, v map[string]any) (Filter, error) {
		f, err := p.edgeField("where.edge", hops, name)
		if err != nil {
			return nil, err
		}
		return compare(f, v)
	}, nil)
}

// about reads a where-input on the thing or relationship that a record is about. A relationship may be of any type, so that
// any of its fields may be asked for.
func (p *planning) about(f *graphmap.Field, where map[string]any) (*About, error) {
	out := &About{Name: f.Name, Tie: f.Target.Kind == graphmap.Relationship}
	var err error
	if !out.Tie {
		out.Of, err = p.filter(f.Target, nil, where)
		return out, err
	}
	out.Of, err = p.all(where, func(name string, v map[string]any) (Filter, error) { return compare(f.Target.Field(name), v) }, nil)
	return out, err
}

// all joins the conditions of a where-input, its and, or and not among them.
func (p *planning) all(where map[string]any, field func(string, map[string]any) (Filter, error), plain func(string, any) (Filter, error)) (Filter, error) {
	out := &And{}
	for _, name := range slices.Sorted(maps.Keys(where)) {
		var f Filter
		var err error
		switch v := where[name].(type) {
		case []any: // and, or
			var of []Filter
			for _, e := range v {
				one, err := p.all(e.(map[string]any), field, plain)
				if err != nil {
					return nil, err
				}
				of = append(of, one)
			}
			if f = (&And{Of: of}); name == "or" {
				f = &Or{Of: of}
			}
		case map[string]any:
			if name == "not" {
				f, err = p.all(v, field, plain)
				f = &Not{Of: f}
			} else {
				f, err = field(name, v)
			}
		default:
			f, err = plain(name, v)
		}
		if err != nil {
			return nil, err
		}
		out.Of = append(out.Of, f)
	}
	if len(out.Of) == 1 {
		return out.Of[0], nil
	}
	return out, nil
}

// compare reads the comparisons of one field.
func compare(f *graphmap.Field, v map[string]any) (Filter, error) {
	out, of := &And{}, operand(f)
	for _, name := range slices.Sorted(maps.Keys(v)) {
		value, op := v[name], Op(name)
		var one Filter
		var err error
		switch {
		case name == "present":
			one = &Present{Of: of, Not: value == false}
		case of.Kind == Date:
			one, err = during(f, op, value)
		default:
			one = &Compare{Of: of, Op: op, Value: compared(of, op, value)}
		}
		if err != nil {
			return nil, err
		}
		out.Of = append(out.Of, one)
	}
	return out, nil
}

// compared reads what a value is compared with; texts are folded as what is stored is, unless they are exact.
func compared(of *Operand, op Op, v any) Bound {
	fold := names.Lower
	if of.Key != "" {
		fold = names.Key
	}
	switch {
	case of.Kind == Text && op == In:
		if of.Exact {
			return texts(v)
		}
		return Part(texts(v), func(list []string) []string {
			out := make([]string, len(list))
			for i, s := range list {
				out[i] = fold(s)
			}
			return out
		})
	case op == In:
		return listed(v)
	case of.Kind == Text && !of.Exact:
		return Part(input[string](v), fold)
	case of.Kind == Moment:
		return input[time.Time](v)
	}
	return input[any](v)
}

func during(f *graphmap.Field, op Op, v any) (Filter, error) {
	date, err := then(input[string](v), func(s string) (network.PartialDate, error) {
		d, err := network.ParsePartialDate(s)
		if err != nil {
			return d, badInput("%s.%s: %v", f.Name, op, err)
		}
		return d, nil
	})
	return &During{Property: f.Property, Op: op, First: Part(date, network.PartialDate.Earliest), Last: Part(date, network.PartialDate.Latest)}, err
}

// links reads how many of the things behind a connection must meet a filter.
func (p *planning) links(f *graphmap.Field, v map[string]any) (Filter, error) {
	out := &And{}
	target := f.Target.Node
	hops := p.hops(f, target, nil)
	for _, quant := range []Quant{Every, None, Some} {
		where, ok := v[string(quant)].(map[string]any)
		if !ok {
			continue
		}
		of, err := p.filter(target, hops, where)
		if err != nil {
			return nil, err
		}
		out.Of = append(out.Of, &Linked{Hops: hops, Quant: quant, Of: of})
	}
	count, counts := v["count"].(map[string]any)
	where, narrowed := v["where"].(map[string]any)
	if narrowed && !counts {
		return nil, badInput("where.%s.where: says which ones count counts, and count is missing; for at least one write some", f.Name)
	}
	var of Filter
	if narrowed {
		var err error
		if of, err = p.filter(target, hops, where); err != nil {
			return nil, err
		}
	}
	for _, op := range slices.Sorted(maps.Keys(count)) {
		if op == "present" {
			return nil, badInput("where.%s.count.present: a count is always there: compare it", f.Name)
		}
		out.Of = append(out.Of, &Counted{Hops: hops, Of: of, Op: Op(op), Value: compared(&Operand{Kind: Number}, Op(op), count[op])})
	}
	return out, nil
}
