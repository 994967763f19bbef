package plan

import (
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// Measure is one number or date that is made of the rows of a list.
type Measure struct {
	Make string   // COUNT, SUM, AVG, MIN, MAX, EARLIEST, LATEST
	Of   *Operand // nil for a count
	Edge bool     // of the relationship behind a row rather than its thing
}

// Amount is a measure of the rows behind a connection.
type Amount struct {
	Hops    *Hops
	Of      Filter // nil: all rows
	Measure Measure
}

// Measured is a measure of the rows of the list or group that it is asked of.
type Measured struct{ Measure Measure }

// Grouped are the groups of the rows of a list. Value: a list of lists.
type Grouped struct {
	By     []Grouping
	Having []Having
	Order  []GroupSort // the largest group first when empty
	Limit  Input[int]
	Of     *Selection
}

// Grouping is one key by which rows are grouped: a value of the thing, by its year if it is a date, or what is reached
// from it.
type Grouping struct {
	Field string
	Of    *Operand
	Types []string // instead: which of these types the thing is of
	Hops  *Hops    // instead: the things reached
	Link  bool     // only the one that a link leads to
}

// Having keeps groups by a measure.
type Having struct {
	Measure Measure
	Op      Op
	Value   Bound
}

// GroupSort is a key of an order of groups: a measure, or the groups' own keys.
type GroupSort struct {
	Measure *Measure
	Desc    bool
}

// GroupKeys are what the rows of a group have in common. Value: a list of lists, one for each grouping.
type GroupKeys struct{ Of *Selection }

// KeySum is the sum of a number over the relationships that lead from the group's rows to a key.
type KeySum struct{ Property string }

func (*Measured) column()  {}
func (*Grouped) column()   {}
func (*GroupKeys) column() {}
func (*KeySum) column()    {}

// amount reads what the rows behind a connection amount to.
func (p *planning) amount(at string, f *graphmap.Field, v map[string]any) (*Amount, error) {
	target := f.Target.Node
	out := &Amount{Hops: p.hops(f, target, nil)}
	var err error
	if where, _ := v["where"].(map[string]any); len(where) > 0 {
		if out.Of, err = p.filter(target, out.Hops, where); err != nil {
			return nil, err
		}
	}
	out.Measure, err = p.measure(at, target, out.Hops, v)
	return out, err
}

// measure reads `measure` and `of` of an input object.
func (p *planning) measure(at string, t *graphmap.Type, hops *Hops, v map[string]any) (Measure, error) {
	name, _ := v["measure"].(string)
	of, named := v["of"].(string)
	switch {
	case name == "":
		return Measure{}, badInput("%s.measure: say what to make of %s: SUM, AVG, MIN or MAX", at, of)
	case name == "COUNT" && named:
		return Measure{}, badInput("%s.of: a count is of rows, not of a number: leave it out", at)
	case name == "COUNT":
		return Measure{Make: name}, nil
	case !named:
		return Measure{}, badInput("%s.of: say which number to take the %s of", at, name)
	}
	return p.measureOf(at, t, hops, name, of)
}

// measureOf reads a measure of a number or date, named in capitals.
func (p *planning) measureOf(at string, t *graphmap.Type, hops *Hops, name, of string) (Measure, error) {
	out := Measure{Make: name}
	f := t.ByCapitals(of)
	if word, edge := strings.CutPrefix(of, "EDGE_"); edge {
		f = p.Map.Types["Relationship"].ByCapitals(word)
		out.Edge = true
		if _, err := p.edgeField(at, hops, f.Name); err != nil {
			return out, err
		}
	}
	out.Of = operand(f)
	return out, nil
}

// amountColumn plans one field of an aggregate, a group or the key of one.
func (p *planning) amountColumn(t *graphmap.Type, mf *graphmap.Field, s subject, f graphql.CollectedField) (string, Column, error) {
	args, err := p.readArgs(f)
	if err != nil {
		return "", nil, err
	}
	switch {
	case mf.Name == "keys":
		of, err := p.selection(mf.Target, s, f.Selections)
		return fieldKey(f), &GroupKeys{Of: of}, err
	case mf.Name == "groupBy":
		col, err := p.grouped(mf, s, f, args)
		return fieldKey(f), col, err
	case t.Kind == graphmap.GroupKey && mf.Name == "sum":
		col, err := p.keySum(s, args)
		return fieldKey(f), col, err
	case t.Kind == graphmap.GroupKey && mf.Target != nil:
		of, err := p.thing(mf.Target, f.Selections)
		return fieldKey(f), &Node{Name: mf.Name, Of: of}, err
	case t.Kind == graphmap.GroupKey:
		return "named " + mf.Name, &Named{Name: mf.Name}, nil
	}
	m := Measure{Make: strings.ToUpper(mf.Name)}
	if m.Make != "COUNT" {
		if m, err = p.measureOf(mf.Name, s.of, s.hops, m.Make, args.word("of")); err != nil {
			return "", nil, err
		}
	}
	return fmt.Sprintf("%s %s %v", mf.Name, args.word("of"), m.Edge), &Measured{Measure: m}, nil
}

// keySum sums up a number of the relationships that lead to the things by which rows are grouped.
func (p *planning) keySum(s subject, args args) (*KeySum, error) {
	f := p.Map.Types["Relationship"].ByCapitals(args.word("of"))
	for _, g := range s.by {
		if g.Hops != nil && !g.Link && g.Hops.Single() {
			if _, err := p.edgeField("keys.sum", g.Hops, f.Name); err != nil {
				return nil, err
			}
		}
	}
	return &KeySum{Property: f.Property}, nil
}

// byType groups things by their type, and records by that of what they are about.
func (p *planning) byType(of *graphmap.Type) Grouping {
	if of.Kind == graphmap.Row {
		return Grouping{Field: "type", Of: &Operand{Property: "type", Kind: Text, Exact: true}}
	}
	return Grouping{Field: "type", Types: p.things()}
}

// grouped plans the groups of a list's rows.
func (p *planning) grouped(mf *graphmap.Field, s subject, f graphql.CollectedField, args args) (*Grouped, error) {
	out := &Grouped{}
	leading := 0
	by := args.words("by")
	if len(by) == 0 || len(by) > maxKeys {
		return nil, badInput("groupBy.by: name from one to %d keys, not %d", maxKeys, len(by))
	}
	for i, word := range by {
		for _, earlier := range by[:i] {
			if earlier == word {
				return nil, badInput("groupBy.by: names %s twice", word)
			}
		}
		if word == graphmap.ByType {
			out.By = append(out.By, p.byType(s.of))
			continue
		}
		f := s.of.ByCapitals(word)
		g := Grouping{Field: f.Name}
		switch {
		case len(f.Hops) == 0:
			g.Of = operand(f)
		case f.Target.Kind == graphmap.Connection:
			g.Hops = p.hops(f, f.Target.Node, nil)
		default:
			g.Hops, g.Link = p.hops(f, f.Target, nil), true
		}
		if g.Hops != nil {
			if leading++; leading > 1 {
				return nil, badInput("groupBy.by: at most one key leads to things, and %s is another", word)
			}
		}
		out.By = append(out.By, g)
	}
	list, _ := args["having"].([]any)
	for _, e := range list {
		e := e.(map[string]any)
		m, err := p.measure("having", s.of, s.hops, e)
		if err != nil {
			return nil, err
		}
		for _, op := range []Op{Eq, Gt, Gte, Lt, Lte} {
			if v, ok := e[string(op)]; ok {
				out.Having = append(out.Having, Having{m, op, input[float64](v)})
			}
		}
	}
	list, _ = args["orderBy"].([]any)
	for _, e := range list {
		e := e.(map[string]any)
		sort := GroupSort{Desc: e["direction"] == "DESC"}
		if e["measure"] != nil || e["of"] != nil {
			m, err := p.measure("orderBy", s.of, s.hops, e)
			if err != nil {
				return nil, err
			}
			sort.Measure = &m
		}
		out.Order = append(out.Order, sort)
	}
	var err error
	if out.Limit, err = args.between("first", defaultGroups, 1, p.most()); err != nil {
		return nil, err
	}
	s.by = out.By
	out.Of, err = p.selection(mf.Target, s, f.Selections)
	return out, err
}
