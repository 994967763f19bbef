package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// subject is what a selection is read of, beside its type.
type subject struct {
	hops *Hops          // the traversal behind an edge, or behind the rows that are summed up
	of   *graphmap.Type // the things of the rows that are summed up
	by   []Grouping     // what those are grouped by
}

// columns gathers what is read of one subject, each value once however often it is asked for.
type columns struct {
	list []Column
	at   map[string]int
	here []*Selection
}

func (c *columns) add(key string, col Column) int {
	if at, ok := c.at[key]; ok {
		return at
	}
	if c.at == nil {
		c.at = map[string]int{}
	}
	c.at[key] = len(c.list)
	c.list = append(c.list, col)
	return c.at[key]
}

// all are the columns, of which the selections among them are told.
func (c *columns) all() []Column {
	for _, s := range c.here {
		s.Columns = c.list
	}
	return c.list
}

// spread puts what is read of a thing beside the row's own values, so that the row needs no list for it.
func (c *columns) spread(key, name string, of *Selection) *Selection {
	at := make([]int, len(of.Columns))
	for i, col := range of.Columns {
		at[i] = c.add(fmt.Sprintf("%s %d", key, i), &Here{Name: name, Column: col})
	}
	of.move(at, c)
	return of
}

// move tells a selection, and those that are read in its row, where its columns are now.
func (s *Selection) move(at []int, to *columns) {
	to.here = append(to.here, s)
	if s.Type >= 0 {
		s.Type = at[s.Type]
	}
	for _, c := range s.Cases {
		for i := range c.Fields {
			f := &c.Fields[i]
			if f.Here != nil {
				f.Here.move(at, to)
			} else if f.Column >= 0 {
				f.Column = at[f.Column]
			}
		}
	}
}

// selection plans what is asked of a subject of a type.
func (p *planning) selection(t *graphmap.Type, s subject, set ast.SelectionSet) (*Selection, error) {
	if t.Kind == graphmap.Thing || t.Kind == graphmap.Interface {
		return p.thing(t, set)
	}
	var cols columns
	c, err := p.fields(t, t, s, graphql.CollectFields(p.op, set, []string{t.Name}), &cols)
	if err != nil {
		return nil, err
	}
	return &Selection{Columns: cols.all(), Type: -1, Cases: []Case{c}}, nil
}

// thing plans what is asked of a thing. Where its type is not settled, the types that are asked for the same fields
// share one case, so that a selection costs what was written and not what it is multiplied by the types.
func (p *planning) thing(t *graphmap.Type, set ast.SelectionSet) (*Selection, error) {
	var cols columns
	out := &Selection{Type: -1}
	cases := map[string]int{}
	for _, name := range t.Concrete {
		c := p.Map.Types[name]
		fields := graphql.CollectFields(p.op, set, append([]string{name}, c.Def.Interfaces...))
		sig := signature(c, fields)
		if at, ok := cases[sig]; ok {
			out.Cases[at].Types = append(out.Cases[at].Types, name)
			continue
		}
		made, err := p.fields(c, t, subject{}, fields, &cols)
		if err != nil {
			return nil, err
		}
		made.Types = []string{name}
		cases[sig] = len(out.Cases)
		out.Cases = append(out.Cases, made)
	}
	if len(out.Cases) == 1 && !asksType(out.Cases[0], t) {
		out.Cases[0].Types = nil
	} else {
		out.Type = cols.add("type", &TypeOf{Types: p.things()})
		for i := range out.Cases {
			for j, f := range out.Cases[i].Fields {
				if f.Column == typeColumn {
					out.Cases[i].Fields[j].Column = out.Type
				}
			}
		}
	}
	out.Columns = cols.all()
	return out, nil
}

func asksType(c Case, t *graphmap.Type) bool {
	return len(t.Concrete) > 1 && slices.ContainsFunc(c.Fields, func(f Field) bool { return f.Column == typeColumn })
}

// signature tells apart what is asked of two types.
func signature(t *graphmap.Type, fields []graphql.CollectedField) string {
	var b strings.Builder
	for _, f := range fields {
		owner := ""
		if mf := t.Field(f.Name); mf != nil {
			owner = mf.Owner
		}
		fmt.Fprintf(&b, "%s %s %s;", f.Alias, owner, fieldKey(f))
	}
	return b.String()
}

// fieldKey is the same for two collected fields only if they were written in the same places of the document.
func fieldKey(f graphql.CollectedField) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%p", f.Field)
	for _, s := range f.Selections {
		fmt.Fprintf(&b, " %p", s)
	}
	return b.String()
}

// fields plans the fields asked of a subject of type t; of is the type of the selection it stands in.
func (p *planning) fields(t, of *graphmap.Type, s subject, fields []graphql.CollectedField, cols *columns) (Case, error) {
	var out Case
	for _, f := range fields {
		if f.Name == "__typename" {
			field := Field{Key: f.Alias, Column: constantColumn, Constant: t.Name, Value: Value{Scalar: "String", NonNull: true}}
			if len(of.Concrete) > 1 {
				field.Column = typeColumn
			}
			out.Fields = append(out.Fields, field)
			continue
		}
		mf := t.Field(f.Name)
		key, col, err := p.column(t, of, mf, s, f)
		if err != nil {
			return out, err
		}
		field := Field{Key: f.Alias, Value: valueOf(mf)}
		if n, ok := col.(*Node); ok && n.spreads(mf.Type.NonNull) {
			field.Here = cols.spread(key, n.Name, n.Of)
		} else {
			field.Column = cols.add(key, col)
		}
		out.Fields = append(out.Fields, field)
	}
	return out, nil
}

func valueOf(f *graphmap.Field) Value {
	v := Value{NonNull: f.Type.NonNull, List: f.Type.Elem != nil}
	if v.List {
		v.ElemNull = !f.Type.Elem.NonNull
	}
	if f.Target == nil {
		v.Scalar = f.Type.Name()
	}
	return v
}

// column plans one field of a subject.
func (p *planning) column(t, of *graphmap.Type, mf *graphmap.Field, s subject, f graphql.CollectedField) (string, Column, error) {
	if t.Kind == graphmap.Aggregate || t.Kind == graphmap.Group || t.Kind == graphmap.GroupKey {
		return p.amountColumn(t, mf, s, f)
	}
	args, err := p.readArgs(f)
	if err != nil {
		return "", nil, err
	}
	key := mf.Owner + "." + fieldKey(f)
	switch {
	case mf.Resolved:
		return key, &Told{Name: t.Name + "." + mf.Name, If: p.guard(of, f), Field: f}, nil
	case len(mf.Hops) > 0:
		col, err := p.traversal(of, mf, f, args)
		return key, col, err
	case mf.Analysis != nil:
		col, err := p.analysis(of, mf, f, args)
		return key, col, err
	case t.Kind == graphmap.Edge && mf.Computed == "PATHS":
		limit, err := args.between("first", 10, 1, maxPaths)
		if err != nil {
			return "", nil, err
		}
		sel, err := p.selection(mf.Target, s, f.Selections)
		return key, &Paths{Limit: limit, Of: sel}, err
	case mf.Target == nil:
		col := p.scalar(t, mf, s, args)
		return fmt.Sprintf("%T%v", col, col), col, nil
	}
	sel, err := p.selection(mf.Target, s, f.Selections)
	if err != nil {
		return "", nil, err
	}
	switch {
	case mf.Target.Kind == graphmap.Item:
		return key, &Zip{Length: mf.Target.Fields[0].Property, Of: sel}, nil
	case mf.Target.Kind == graphmap.Point:
		return key, &Globe{Property: mf.Property, Of: sel}, nil
	case mf.Computed == "SOURCE":
		return key, &Lookup{Property: mf.Property, Label: mf.Target.Label, Of: sel}, nil
	case mf.Computed == "START" || mf.Computed == "END":
		return key, &Node{Name: mf.Computed, Of: sel}, nil
	case mf.Computed == "NODES":
		return key, &Each{Name: "NODES", Over: Things, Of: sel}, nil
	case mf.Computed == "RELATIONSHIPS":
		return key, &Each{Name: "RELATIONSHIPS", Over: Ties, Of: sel}, nil
	case t.Kind == graphmap.Edge && mf.Target.Kind == graphmap.Path:
		return key, &Route{Of: sel}, nil
	case t.Kind == graphmap.Edge && mf.Target.Kind == graphmap.Row:
		return key, &Tie{Name: "ROW", Of: sel}, nil
	case t.Kind == graphmap.Edge:
		return key, &Node{Of: sel}, nil
	case mf.Type.Elem != nil:
		limit, err := p.some(f, args)
		return key, &Each{Name: mf.Name, Over: overOf(mf.Target), Limit: limit, Of: sel}, err
	case mf.Target.Kind == graphmap.Row:
		return key, &Inner{Name: mf.Name, Of: sel}, nil
	case mf.Target.Kind == graphmap.Relationship:
		return key, &Tie{Name: mf.Name, Of: sel}, nil
	default:
		return key, &Node{Name: mf.Name, Of: sel}, nil
	}
}

func overOf(t *graphmap.Type) Subject {
	switch t.Kind {
	case graphmap.Relationship:
		return Ties
	case graphmap.Row:
		return Rows
	default:
		return Things
	}
}

func (p *planning) scalar(t *graphmap.Type, mf *graphmap.Field, s subject, args args) Column {
	several := t.Kind == graphmap.Edge && s.hops != nil && !s.hops.Single()
	switch {
	case several && (mf.Name == "since" || mf.Name == "until"):
		return &Span{Until: mf.Name == "until"}
	case mf.Computed != "":
		return &Computed{As: mf.Computed}
	case t.Kind == graphmap.Row || t.Kind == graphmap.Edge && s.hops == nil:
		return &Named{Name: mf.Name}
	case mf.Chinese != "" && args.word("lang") == "ZH":
		return &Property{Name: mf.Chinese, Else: mf.Property}
	default:
		return &Property{Name: mf.Property}
	}
}

// traversal plans a field that follows hops: one thing, or a page of them.
func (p *planning) traversal(of *graphmap.Type, mf *graphmap.Field, f graphql.CollectedField, args args) (Column, error) {
	guard := p.guard(of, f)
	if mf.Target.Kind != graphmap.Connection {
		sel, err := p.thing(mf.Target, f.Selections)
		return &Link{Hops: p.hops(mf, mf.Target, args), If: guard, Of: sel}, err
	}
	page, err := p.page(p.hops(mf, mf.Target.Node, args), mf.Target, f, args)
	return &Connection{If: guard, Page: page}, err
}

// guard are the labels that a thing must have for a field to be asked of it; none when everything there has them.
func (p *planning) guard(of *graphmap.Type, f graphql.CollectedField) []string {
	if within := p.Map.Types[f.ObjectDefinition.Name]; within != nil && len(within.Concrete) < len(of.Concrete) {
		return []string{within.Label}
	}
	return nil
}

// hops are the hops of a field that its arguments leave switched on.
func (p *planning) hops(mf *graphmap.Field, target *graphmap.Type, args args) *Hops {
	return p.steps(mf.Hops, target, mf.Sure, args)
}

func (p *planning) steps(hops []graphmap.Hop, target *graphmap.Type, sure bool, args args) *Hops {
	out := &Hops{Label: target.Label, Types: target.Concrete, Dated: p.Map.HasValidity(target)}
	if sure { // no need to ask each thing for its label
		out.Label = ""
	}
	for _, h := range hops {
		if h.When == "" || args.truth(h.When) {
			out.Steps = append(out.Steps, Step{Over: h.Over, Out: h.Out, Least: h.Least, Most: h.Most, Through: h.Through, Reaches: h.Reaches})
		}
	}
	return out
}
