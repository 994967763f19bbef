package plan

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// String draws the plan as a tree for people: where it starts, what it follows, what it reads.
func (p *Plan) String() string {
	return strings.NewReplacer(valueBegins, "", valueEnds, "").Replace(p.drawn())
}

// Outline is String without the values that stand in the document, for who may not know them.
func (p *Plan) Outline() string { return values.ReplaceAllString(p.drawn(), "…") }

// An input that is known already is drawn between these.
const valueBegins, valueEnds = "\x02", "\x03"

var values = regexp.MustCompile(valueBegins + "[^" + valueBegins + "]*" + valueEnds)

func (p *Plan) drawn() string {
	w := &printer{}
	if p.Days.First.shown == p.Days.Last.shown {
		w.line("%s on %s", p.Field, p.Days.First)
	} else {
		w.line("%s from %s to %s", p.Field, p.Days.First, p.Days.Last)
	}
	w.in(func() { w.start(p.Start) })
	return w.b.String()
}

type printer struct {
	b     strings.Builder
	depth int
}

func (w *printer) line(format string, args ...any) {
	w.b.WriteString(strings.Repeat("  ", w.depth))
	fmt.Fprintf(&w.b, format, args...)
	w.b.WriteByte('\n')
}

func (w *printer) in(part func()) {
	w.depth++
	part()
	w.depth--
}

func survived(by string) string {
	if by == "" {
		return ""
	}
	return ", or the one named by its " + by
}

func (w *printer) start(s Start) {
	switch s := s.(type) {
	case *ByID:
		w.line("the %s with id %s%s", s.Label, s.ID, survived(s.Survivor))
		w.selection(s.Of)
	case *ByIDs:
		w.line("each %s with an id of %s%s", s.Label, s.IDs, survived(s.Survivor))
		w.selection(s.Of)
	case *List:
		w.page(s.Page)
	case *Around:
		w.line("around %s, depth %d, over %s, at most %s", s.ID, s.Depth, anyOf(s.Over), s.Limit)
		w.selection(s.Of)
	case *Tally:
		w.line("counts by type")
		w.selection(s.Of)
	}
}

func anyOf(list []string) string {
	if len(list) == 0 {
		return "all"
	}
	return strings.Join(list, ", ")
}

func (w *printer) selection(s *Selection) {
	w.in(func() {
		w.columns(s.Columns)
		for _, c := range s.Cases {
			w.line("answer%s: %s", ofTypes(c.Types), fieldList(c.Fields))
		}
	})
}

func ofTypes(types []string) string {
	if len(types) == 0 {
		return ""
	}
	return " for " + strings.Join(types, ", ")
}

func fieldList(fields []Field) string {
	var parts []string
	for _, f := range fields {
		switch {
		case f.IsCursor():
			parts = append(parts, f.Key+"=cursor")
		case f.IsConstant():
			parts = append(parts, fmt.Sprintf("%s=%q", f.Key, f.Constant))
		case f.Here != nil:
			parts = append(parts, f.Key+"="+here(f.Here))
		default:
			parts = append(parts, fmt.Sprintf("%s=%d", f.Key, f.Column))
		}
	}
	return strings.Join(parts, " ")
}

// here draws an object whose values stand in the row around it.
func here(s *Selection) string {
	var cases []string
	for _, c := range s.Cases {
		cases = append(cases, fmt.Sprintf("{%s}%s", fieldList(c.Fields), ofTypes(c.Types)))
	}
	return strings.Join(cases, " or ")
}

func (w *printer) columns(cols []Column) {
	for i, c := range cols {
		w.column(strconv.Itoa(i), c)
	}
}

func (w *printer) column(place string, c Column) {
	head := func(format string, args ...any) { w.line("%s: %s", place, fmt.Sprintf(format, args...)) }
	switch c := c.(type) {
	case *Property:
		if c.Else != "" {
			head("%s, else %s", c.Name, c.Else)
		} else {
			head("%s", c.Name)
		}
	case *TypeOf:
		head("type")
	case *Computed:
		head("%s", strings.ToLower(c.As))
	case *Span:
		head("span, until=%v", c.Until)
	case *Named:
		head("row %s", c.Name)
	case *Zip:
		head("each place of %s", c.Length)
		w.selection(c.Of)
	case *Globe:
		head("point %s", c.Property)
		w.selection(c.Of)
	case *Lookup:
		head("the %s whose id is in %s", c.Label, c.Property)
		w.selection(c.Of)
	case *Link:
		head("one%s %s", ofTypes(c.If), c.Hops)
		w.selection(c.Of)
	case *Connection:
		head("page%s", ofTypes(c.If))
		w.in(func() { w.page(c.Page) })
	case *Here:
		of := c.Name
		if of == "" {
			of = "the thing"
		}
		w.column(place+" of "+of, c.Column)
	case *Node:
		head("thing %s", c.Name)
		w.selection(c.Of)
	case *Tie:
		head("%s", strings.ToLower(c.Name))
		w.selection(c.Of)
	case *Route:
		head("path")
		w.selection(c.Of)
	case *Paths:
		head("paths, at most %s", c.Limit)
		w.selection(c.Of)
	case *Each:
		if c.Limit.IsGiven() {
			head("each %s of %s, at most %s", c.Over, c.Name, c.Limit)
		} else {
			head("each %s of %s", c.Over, c.Name)
		}
		w.selection(c.Of)
	case *Analysis:
		head("%s%s", c, ofTypes(c.If))
		w.in(func() {
			for _, l := range c.Legs {
				w.line("%s", l)
			}
		})
		w.selection(c.Of)
	case *Inner:
		head("row %s", c.Name)
		w.selection(c.Of)
	case *Told:
		head("told %s", c.Name)
	case *Measured:
		head("%s", c.Measure)
	case *Grouped:
		head("groups by %s%s%s, at most %s", groupings(c.By), havings(c.Having), groupOrder(c.Order), c.Limit)
		w.selection(c.Of)
	case *GroupKeys:
		head("keys")
		w.selection(c.Of)
	case *KeySum:
		head("sum of %s of the ties to the key", c.Property)
	}
}

// String draws hops as `<MEMBER_OF-(Organization)`, repetitions behind the type.
func (h *Hops) String() string {
	var b strings.Builder
	for i, s := range h.Steps {
		times := ""
		if s.Least != 1 || s.Most != 1 {
			times = fmt.Sprintf("*%d..%d", s.Least, s.Most)
		}
		if s.Out {
			fmt.Fprintf(&b, "-%s%s>", s.Over, times)
		} else {
			fmt.Fprintf(&b, "<%s%s-", s.Over, times)
		}
		label := s.Through
		if i == len(h.Steps)-1 {
			label = h.Label
		}
		fmt.Fprintf(&b, "(%s)", label)
	}
	return b.String()
}

func (w *printer) page(p *Page) {
	switch s := p.Source.(type) {
	case *Hops:
		w.line("%s", s)
	case *All:
		w.line("all %s", s.Label)
	case *Search:
		w.line("search %s among %s", s.Text, anyOf(s.Labels))
	case *Between:
		w.line("paths from %s to %s over %s, at most %d long, shortest=%v", s.From, s.To, anyOf(s.Over), s.Most, s.Shortest)
	case *Ending:
		w.line("%s ending by %s", s.Label, s.Last)
	case *Facts:
		w.line("facts to check, %s, of %s and %s", anyOf(s.Kinds), kinds(s.NoThings, s.Things), kinds(s.NoTies, s.Relationships))
	case *Changes:
		w.line("changes from %s until %s of %s and %s", s.From, s.Until, kinds(s.NoThings, s.Things), kinds(s.NoTies, s.Relationships))
	}
	w.in(func() {
		if p.Filter != nil {
			w.line("where %s", filterText(p.Filter))
		}
		side := "first"
		if p.Backward {
			side = "last"
		}
		w.line("%s %s by %s%s", side, p.Limit, orderText(p.Order), cursorText(p))
		w.columns(p.Columns)
		for i, a := range p.Amounts {
			w.line("amount %d of all rows", i)
			w.selection(a)
		}
		for _, f := range p.Fields {
			w.pageField(f)
		}
	})
}

func kinds(none bool, list []string) string {
	if none {
		return "none"
	}
	return anyOf(list)
}

func (w *printer) pageField(f PageField) {
	switch f.Part {
	case PageTotal:
		w.line("answer %s: total", f.Key)
	case PageAmount:
		w.line("answer %s: amount %d", f.Key, f.Node)
	case PageTypename:
		w.line("answer %s: %q", f.Key, f.Name)
	case PageInfo:
		var parts []string
		for _, i := range f.Info {
			parts = append(parts, i.Key+"="+i.Name)
		}
		w.line("answer %s: %s", f.Key, strings.Join(parts, " "))
	case PageNodes:
		if f.Here != nil {
			w.line("answer %s: each %s", f.Key, here(f.Here))
			return
		}
		w.line("answer %s: each %d", f.Key, f.Node)
	case PageEdges:
		w.line("answer %s: each %s", f.Key, fieldList(f.Edge[0].Fields))
	}
}
