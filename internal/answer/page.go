package answer

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/plan"
)

// cut is a page without the row that was read beyond its limit.
type cut struct {
	rows    [][]any
	total   any
	more    bool // a row was cut off
	earlier bool
	later   bool
	amounts []any
}

func (w *writer) cut(p *plan.Page, value []any) cut {
	var out cut
	next := func() any {
		v := value[0]
		value = value[1:]
		return v
	}
	if p.Parts.Rows {
		list, _ := next().([]any)
		out.rows = make([][]any, 0, len(list))
		for _, r := range list {
			out.rows = append(out.rows, r.([]any))
		}
		limit, _ := p.Limit.Read(w.values) // the statement was run with it
		if out.more = len(out.rows) > limit; out.more {
			out.rows = out.rows[:limit]
		}
		if p.Backward {
			slices.Reverse(out.rows)
		}
	}
	if p.Parts.Total {
		out.total = next()
	}
	if p.Parts.Earlier {
		out.earlier, _ = next().(bool)
	}
	if p.Parts.Later {
		out.later, _ = next().(bool)
	}
	out.amounts = value
	return out
}

// page writes a connection object.
func (w *writer) page(p *plan.Page, value any) bool {
	list, ok := value.([]any)
	if !ok {
		return w.fault()
	}
	c := w.cut(p, list)
	w.b.WriteByte('{')
	for i := range p.Fields {
		f := &p.Fields[i]
		w.key(i, f.Key)
		if !w.in(step{name: f.Key}, func() bool { return w.part(p, f, c) }) {
			return false
		}
	}
	w.b.WriteByte('}')
	return true
}

func (w *writer) part(p *plan.Page, f *plan.PageField, c cut) bool {
	switch f.Part {
	case plan.PageTypename:
		w.string(f.Name)
	case plan.PageTotal:
		return w.nullable(f.NonNull, func() bool { return w.scalar("Int", c.total) })
	case plan.PageAmount:
		return w.object(p.Amounts[f.Node], c.amounts[f.Node])
	case plan.PageInfo:
		w.info(p, f, c)
	case plan.PageNodes:
		return w.each(c.rows, func(row []any) bool {
			if f.Here != nil {
				return w.object(f.Here, row)
			}
			return w.object(selectionOf(p.Columns[f.Node]), row[f.Node])
		})
	case plan.PageEdges:
		return w.each(c.rows, func(row []any) bool {
			w.b.WriteByte('{')
			for i := range f.Edge[0].Fields {
				e := &f.Edge[0].Fields[i]
				if e.IsCursor() {
					w.key(i, e.Key)
					w.string(cursorOf(p, row))
					continue
				}
				if i > 0 {
					w.b.WriteByte(',')
				}
				if !w.fields(f.Edge[0].Fields[i:i+1], p.Columns, row) {
					return false
				}
			}
			w.b.WriteByte('}')
			return true
		})
	}
	return true
}

func (w *writer) each(rows [][]any, part func([]any) bool) bool {
	w.b.WriteByte('[')
	for i, row := range rows {
		if i > 0 {
			w.b.WriteByte(',')
		}
		if !w.in(step{index: i}, func() bool { return part(row) }) {
			return false
		}
	}
	w.b.WriteByte(']')
	return true
}

func cursorOf(p *plan.Page, row []any) string {
	return plan.WriteCursor(p.Order, row[:len(p.Order)])
}

func (w *writer) info(p *plan.Page, f *plan.PageField, c cut) {
	w.b.WriteByte('{')
	for i, e := range f.Info {
		w.key(i, e.Key)
		switch e.Name {
		case "__typename":
			w.string("PageInfo")
		case "hasNextPage":
			w.scalar("Boolean", !p.Backward && c.more || c.later)
		case "hasPreviousPage":
			w.scalar("Boolean", p.Backward && c.more || c.earlier)
		case "startCursor", "endCursor":
			if len(c.rows) == 0 {
				w.text("null")
				continue
			}
			row := c.rows[0]
			if e.Name == "endCursor" {
				row = c.rows[len(c.rows)-1]
			}
			w.string(cursorOf(p, row))
		}
	}
	w.b.WriteByte('}')
}
