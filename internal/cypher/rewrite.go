package cypher

// rewrite gives an expression with each of its own parts replaced by what f gives for it; f sees the parts and not the
// whole. The queries of subqueries are not entered.
func rewrite(e Expr, f func(Expr) Expr) Expr {
	part := func(e Expr) Expr {
		if e == nil {
			return nil
		}
		return f(e)
	}
	parts := func(list []Expr) []Expr {
		out := make([]Expr, len(list))
		for i, e := range list {
			out[i] = part(e)
		}
		return out
	}
	switch e := e.(type) {
	case Prop:
		return Prop{part(e.Of), e.Name}
	case Func:
		return Func{e.Name, parts(e.Args)}
	case Distinct:
		return Distinct{part(e.Of)}
	case Op:
		return Op{e.Sign, parts(e.Of)}
	case NotExpr:
		return NotExpr{part(e.Of)}
	case List:
		return List(parts(e))
	case Map:
		out := make(Map, len(e))
		for i, entry := range e {
			out[i] = Entry{entry.Name, part(entry.Of)}
		}
		return out
	case Index:
		return Index{part(e.Of), part(e.At)}
	case Slice:
		return Slice{part(e.Of), part(e.First)}
	case Case:
		return Case{part(e.When), part(e.Then), part(e.Else)}
	case HasLabel:
		return HasLabel{part(e.Of), e.Labels}
	case IsNull:
		return IsNull{part(e.Of)}
	case Comprehension:
		return Comprehension{e.Var, part(e.In), part(e.Where), part(e.Give)}
	case All:
		return All{e.Var, part(e.In), part(e.Where)}
	case Reduce:
		return Reduce{e.Sum, part(e.From), e.Var, part(e.In), part(e.Next)}
	}
	return e // Var, Param, Lit, Sub
}
