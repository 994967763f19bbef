package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// page plans a connection: which rows, in which order, and what is read of each.
func (p *planning) page(src Source, t *graphmap.Type, f graphql.CollectedField, args args) (*Page, error) {
	out := &Page{Source: src}
	hops, _ := src.(*Hops)
	s := subject{hops: hops}
	var err error
	orderBy, _ := args["orderBy"].([]any)
	if out.Order, err = p.order(t.Node, src, orderBy); err != nil {
		return nil, err
	}
	if err := out.bounds(args, p.most()); err != nil {
		return nil, err
	}
	if where, _ := args["where"].(map[string]any); len(where) > 0 { // an empty one asks for nothing
		if out.Filter, err = p.filter(t.Node, hops, where); err != nil {
			return nil, err
		}
	}
	var cols columns
	fields := graphql.CollectFields(p.op, f.Selections, []string{t.Name, "Connection"})
	out.needKeys(fields, p.op, &cols, t)
	for _, f := range fields {
		field := PageField{Key: f.Alias, Name: f.Name}
		switch f.Name {
		case "__typename":
			field.Part, field.Name = PageTypename, t.Name
		case "totalCount":
			field.Part, out.Parts.Total = PageTotal, true
			field.NonNull = t.Field("totalCount").Type.NonNull
		case "pageInfo":
			field.Part, out.Parts.Rows = PageInfo, true
			for _, i := range graphql.CollectFields(p.op, f.Selections, []string{"PageInfo"}) {
				field.Info = append(field.Info, PageField{Key: i.Alias, Name: i.Name})
				out.Parts.Earlier = out.Parts.Earlier || i.Name == "hasPreviousPage" && out.After.IsGiven()
				out.Parts.Later = out.Parts.Later || i.Name == "hasNextPage" && out.Before.IsGiven()
			}
		case "aggregate":
			field.Part, field.Node = PageAmount, len(out.Amounts)
			of, err := p.selection(t.Field(f.Name).Target, subject{hops: hops, of: t.Node}, f.Selections)
			if err != nil {
				return nil, err
			}
			out.Amounts = append(out.Amounts, of)
		case "nodes":
			field.Part, out.Parts.Rows = PageNodes, true
			if err = p.pageNode(t.Field("nodes").Target, s, f, &cols, &field); err != nil {
				return nil, err
			}
		case "edges":
			field.Part, out.Parts.Rows = PageEdges, true
			edge := t.Field("edges").Target
			c, err := p.edge(edge, s, f, &cols)
			if err != nil {
				return nil, err
			}
			field.Edge = []Case{c}
		}
		out.Fields = append(out.Fields, field)
	}
	out.Columns = cols.all()
	return out, nil
}

// pageNode plans what `nodes` asks of each row.
func (p *planning) pageNode(t *graphmap.Type, s subject, f graphql.CollectedField, cols *columns, out *PageField) error {
	sel, err := p.selection(t, s, f.Selections)
	if err != nil {
		return err
	}
	key := "nodes." + fieldKey(f)
	switch t.Kind {
	case graphmap.Path:
		out.Node = cols.add(key, &Route{Of: sel})
	case graphmap.Row:
		out.Node = cols.add(key, &Tie{Name: "ROW", Of: sel})
	default:
		out.Here = cols.spread(key, "", sel)
	}
	return nil
}

func (p *planning) edge(t *graphmap.Type, s subject, f graphql.CollectedField, cols *columns) (Case, error) {
	all := graphql.CollectFields(p.op, f.Selections, []string{t.Name, "Edge"})
	var out Case
	for _, f := range all {
		if f.Name == "cursor" {
			out.Fields = append(out.Fields, Field{Key: f.Alias, Column: cursorColumn, Value: Value{Scalar: "String", NonNull: true}})
			continue
		}
		c, err := p.fields(t, t, s, []graphql.CollectedField{f}, cols)
		if err != nil {
			return out, err
		}
		out.Fields = append(out.Fields, c.Fields...)
	}
	return out, nil
}

// needKeys puts the order's keys first among the columns when a cursor is asked for anywhere.
func (out *Page) needKeys(fields []graphql.CollectedField, op *graphql.OperationContext, cols *columns, t *graphmap.Type) {
	for _, f := range fields {
		switch f.Name {
		case "edges":
			for _, e := range graphql.CollectFields(op, f.Selections, []string{t.Field("edges").Target.Name, "Edge"}) {
				out.Keys = out.Keys || e.Name == "cursor"
			}
		case "pageInfo":
			for _, e := range graphql.CollectFields(op, f.Selections, []string{"PageInfo"}) {
				out.Keys = out.Keys || e.Name == "startCursor" || e.Name == "endCursor"
			}
		}
	}
	if out.Keys {
		for _, k := range out.Order {
			cols.add("key "+k.Name, &Named{Name: "KEY " + k.Name})
		}
	}
}

// bounds reads first, after, last and before.
func (out *Page) bounds(args args, most int) error {
	if args.has("first") && args.has("last") {
		return badInput("first, last: give one of them, not both")
	}
	var err error
	if args.has("last") {
		out.Backward = true
		out.Limit, err = args.between("last", 0, 0, most)
	} else {
		out.Limit, err = args.between("first", defaultPage, 0, most)
	}
	if err != nil {
		return err
	}
	if args.has("after") {
		if out.After, err = cursorInput("after", args, out.Order); err != nil {
			return err
		}
	}
	if args.has("before") {
		out.Before, err = cursorInput("before", args, out.Order)
	}
	return err
}

func cursorInput(name string, args args, order []Key) (Input[[]any], error) {
	key, err := then(args.text(name), func(s string) ([]any, error) { return ReadCursor(name, s, order) })
	return once(key), err
}
