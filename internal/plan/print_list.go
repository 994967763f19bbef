package plan

import (
	"fmt"
	"strings"
)

func orderText(order []Key) string {
	var parts []string
	for _, k := range order {
		s := string(k.By)
		switch k.By {
		case ByProperty:
			s = k.Of.String()
		case ByEdge:
			s = "edge " + k.Of.String()
		case ByAmount:
			s = fmt.Sprintf("%s over %s%s", k.Amount.Measure, k.Amount.Hops, which(k.Amount.Of))
		}
		if k.Desc {
			s += " descending"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ", ")
}

// which narrows a list, if a filter does.
func which(f Filter) string {
	if f == nil {
		return ""
	}
	return " where " + filterText(f)
}

func cursorText(p *Page) string {
	out := ""
	if p.After.IsGiven() {
		out += " after " + p.After.String()
	}
	if p.Before.IsGiven() {
		out += " before " + p.Before.String()
	}
	return out
}

// String names a measure: `sum of places`.
func (m Measure) String() string {
	out := strings.ToLower(m.Make)
	if m.Of == nil {
		return out
	}
	if m.Edge {
		return out + " of edge " + m.Of.String()
	}
	return out + " of " + m.Of.String()
}

// String names an operand.
func (o *Operand) String() string { return o.Property }

func groupings(by []Grouping) string {
	var parts []string
	for _, g := range by {
		switch {
		case g.Types != nil:
			parts = append(parts, "type")
		case g.Of != nil && (g.Of.Kind == Date || g.Of.Kind == Moment):
			parts = append(parts, "year of "+g.Of.String())
		case g.Of != nil:
			parts = append(parts, g.Of.String())
		case g.Link:
			parts = append(parts, "one "+g.Hops.String())
		default:
			parts = append(parts, g.Hops.String())
		}
	}
	return strings.Join(parts, ", ")
}

func havings(of []Having) string {
	out := ""
	for _, h := range of {
		out += fmt.Sprintf(" having %s %s %s", h.Measure, h.Op, h.Value)
	}
	return out
}

func groupOrder(order []GroupSort) string {
	out := ""
	for i, s := range order {
		if out += ", "; i == 0 {
			out = " by "
		}
		if s.Measure == nil {
			out += "keys"
		} else {
			out += s.Measure.String()
		}
		if s.Desc {
			out += " descending"
		}
	}
	return out
}

func filterText(f Filter) string {
	switch f := f.(type) {
	case *And:
		return listText(f.Of, " and ")
	case *Or:
		return listText(f.Of, " or ")
	case *Not:
		return "not " + filterText(f.Of)
	case *Compare:
		return fmt.Sprintf("%s %s %s", f.Of, f.Op, f.Value)
	case *During:
		return fmt.Sprintf("%s %s %s", f.Property, f.Op, f.First)
	case *Present:
		if f.Not {
			return f.Of.String() + " absent"
		}
		return f.Of.String() + " present"
	case *OnEdge:
		return "edge " + filterText(f.Of)
	case *About:
		return f.Name + " meets " + filterText(f.Of)
	case *Linked:
		return fmt.Sprintf("%s %s meets %s", f.Quant, f.Hops, filterText(f.Of))
	case *Counted:
		return fmt.Sprintf("count of %s%s %s %s", f.Hops, which(f.Of), f.Op, f.Value)
	case *Near:
		if f.Thing.IsGiven() {
			return fmt.Sprintf("within %s m of the thing %s", f.Meters, f.Thing)
		}
		return fmt.Sprintf("within %s m of %s", f.Meters, f.Point)
	case *Inside:
		return fmt.Sprintf("%s to %s", f.Hops, f.Place)
	}
	return "anything"
}

func listText(of []Filter, sep string) string {
	var parts []string
	for _, f := range of {
		parts = append(parts, filterText(f))
	}
	return "(" + strings.Join(parts, sep) + ")"
}
