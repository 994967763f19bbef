package oracle

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// row is one row of a list: what is on it, and the key of its place.
type row struct {
	node  any   // a thing, or a record: a path, a change, what should be checked
	own   []any // the keys of the order that its list has when none is asked for, if they aren't a thing's
	key   []any
	hops  []graphmap.Hop // that lead to it, if any do
	paths []*path        // by which they do
	hit   *hit           // of a search
}

// tie is the one relationship that a row stands for; nil when it stands for none, or for several.
func (r row) tie() *tie {
	if !isSingle(r.hops) {
		return nil
	}
	return r.paths[0].ties[0]
}

// page is a part of a list.
type page struct {
	order   order
	of      *graphmap.Type // what the rows are
	rows    []row          // of the page
	whole   []row          // of the list
	earlier bool           // whether rows of the list come before those of the page
	later   bool
	total   any // how many there are to tell
}

type pageInfo struct{ *page }

type edge struct {
	row
	order order
}

// cut takes a page out of a list, as first, after, last and before say.
func cut(rows []row, o order, args arguments) *page {
	slices.SortFunc(rows, func(a, b row) int { return o.compare(a.key, b.key) })
	begin, end := 0, len(rows)
	if args["after"] != nil {
		key, _ := o.read(args.text("after"))
		begin = slices.IndexFunc(append(rows, row{}), func(r row) bool { return r.key == nil || o.compare(r.key, key) > 0 })
	}
	if args["before"] != nil {
		key, _ := o.read(args.text("before"))
		end = slices.IndexFunc(append(rows, row{}), func(r row) bool { return r.key == nil || o.compare(r.key, key) >= 0 })
	}
	out := &page{order: o, whole: rows, total: len(rows), earlier: begin > 0, later: end < len(rows)}
	if begin < end {
		out.rows = rows[begin:end]
	}
	if args["last"] != nil {
		if n := int(args.whole("last", 0)); n < len(out.rows) {
			out.rows, out.earlier = out.rows[len(out.rows)-n:], true
		}
	} else if n := int(args.whole("first", 20)); n < len(out.rows) {
		out.rows, out.later = out.rows[:n], true
	}
	return out
}

func (x *execution) ofPage(f *graphmap.Field, p *page) any {
	switch f.Name {
	case "totalCount":
		return p.total
	case "aggregate":
		return amount{p.of, p.whole, p.total}
	case "pageInfo":
		return pageInfo{p}
	case "nodes":
		out := []any{}
		for _, r := range p.rows {
			out = append(out, r.node)
		}
		return out
	default: // edges
		out := []any{}
		for _, r := range p.rows {
			out = append(out, edge{r, p.order})
		}
		return out
	}
}

func (x *execution) ofPageInfo(f *graphmap.Field, p pageInfo) any {
	switch f.Name {
	case "hasNextPage":
		return p.later
	case "hasPreviousPage":
		return p.earlier
	}
	if len(p.rows) == 0 {
		return nil
	}
	if f.Name == "startCursor" {
		return x.cursor(p.order, p.rows[0].key)
	}
	return x.cursor(p.order, p.rows[len(p.rows)-1].key)
}

func (x *execution) cursor(o order, key []any) string {
	c := o.write(key)
	if !slices.Contains(x.Cursors[o.name()], c) {
		x.Cursors[o.name()] = append(x.Cursors[o.name()], c)
	}
	return c
}

// behind lists the rows behind a connection: one for each relationship where there is but one hop, or for each thing
// reached, with all paths to it.
func (x *execution) behind(f *graphmap.Field, from *thing, args arguments) []row {
	hops := switchedOn(f, args)
	var rows []row
	for _, p := range x.reach(from, hops, f.Target.Node) {
		at := -1
		if !isSingle(hops) {
			at = slices.IndexFunc(rows, func(r row) bool { return r.node == p.end() })
		}
		if at < 0 {
			at = len(rows)
			rows = append(rows, row{node: p.end(), hops: hops})
		}
		rows[at].paths = append(rows[at].paths, p)
	}
	return rows
}

// list answers a list: those rows that meet the filter, in the order that is asked for and then in that of its own.
func (x *execution) list(of *graphmap.Type, own order, rows func(*execution) []row, args arguments) *page {
	o := x.order(of, own, args)
	var met []row
	for _, r := range rows(x) {
		if x.meets(of, r, where(args)) {
			r.key = o.keyOf(r)
			met = append(met, r)
		}
	}
	out := cut(met, o, args)
	out.of = of
	if asksNothing(where(args)) && x.rounds(of) {
		all := &execution{Oracle: x.open, doc: x.doc, variables: x.variables, days: x.days}
		out.total = told(len(met), len(rows(all)))
	}
	return out
}
