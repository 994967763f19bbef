// Package cypher is a small tree of Cypher's read clauses and the writer of its text. Every statement that follows a
// selection is made here: names come from the map of the graph, values are always parameters, and equal trees give
// equal text, so that the database plans a statement once.
package cypher

// Expr is an expression.
type Expr interface{ write(*writer) }

// Var is a variable.
type Var string

// Prop is a property of a thing or relationship.
type Prop struct {
	Of   Expr
	Name string
}

// Lit is a literal that is part of the statement's form and never a value of the user's: a number of the plan, null,
// true, false, or a name from the schema.
type Lit string

// Func is a call of a function.
type Func struct {
	Name string
	Args []Expr
}

// Distinct is an argument of an aggregation that takes equal values once.
type Distinct struct{ Of Expr }

// Op is a chain of expressions joined by one operator, in brackets when it stands inside another.
type Op struct {
	Sign string
	Of   []Expr
}

// NotExpr is the negation.
type NotExpr struct{ Of Expr }

// List is a list of expressions.
type List []Expr

// Map is `{name: …}`, its entries in the given order.
type Map []Entry

// Entry is one value of a map.
type Entry struct {
	Name string
	Of   Expr
}

// Index is an element of a list.
type Index struct{ Of, At Expr }

// Slice is the first elements of a list.
type Slice struct{ Of, First Expr }

// Reduce is `reduce(sum = …, x IN list | …)`.
type Reduce struct {
	Sum  Var
	From Expr
	Var  Var
	In   Expr
	Next Expr
}

// Case is `CASE WHEN … THEN … ELSE … END`.
type Case struct{ When, Then, Else Expr }

// HasLabel tells whether a thing has one of the labels.
type HasLabel struct {
	Of     Expr
	Labels []string
}

// Comprehension is `[x IN list WHERE … | …]`; Where and Give may be nil.
type Comprehension struct {
	Var   Var
	In    Expr
	Where Expr
	Give  Expr
}

// All is `all(x IN list WHERE …)`.
type All struct {
	Var   Var
	In    Expr
	Where Expr
}

// Sub is a subquery expression: COLLECT, COUNT or EXISTS.
type Sub struct {
	Kind string
	Of   Query
}

// IsNull is `… IS NULL`.
type IsNull struct{ Of Expr }

// Call makes a Func.
func Call(name string, args ...Expr) Func { return Func{name, args} }

// Cmp compares two expressions.
func Cmp(a Expr, sign string, b Expr) Expr { return Op{sign, []Expr{a, b}} }

// AndAll joins conditions; nil ones are left out, and nil comes back when none is left.
func AndAll(of ...Expr) Expr { return join("AND", of) }

// OrAny joins alternatives.
func OrAny(of ...Expr) Expr { return join("OR", of) }

func join(sign string, of []Expr) Expr {
	var kept []Expr
	for _, e := range of {
		if same, ok := e.(Op); ok && same.Sign == sign {
			kept = append(kept, same.Of...)
		} else if e != nil {
			kept = append(kept, e)
		}
	}
	switch len(kept) {
	case 0:
		return nil
	case 1:
		return kept[0]
	}
	return Op{sign, kept}
}

func (v Var) write(w *writer)  { w.text(string(v)) }
func (l Lit) write(w *writer)  { w.text(string(l)) }
func (p Prop) write(w *writer) { w.inner(p.Of); w.text("."); w.name(p.Name) }

func (p Param) write(w *writer) { w.param(p) }

func (f Func) write(w *writer) {
	w.text(f.Name + "(")
	w.commas(f.Args)
	w.text(")")
}

func (d Distinct) write(w *writer) {
	w.text("DISTINCT ")
	d.Of.write(w)
}

func (o Op) write(w *writer) {
	for i, e := range o.Of {
		if i > 0 {
			w.text(" " + o.Sign + " ")
		}
		w.inner(e)
	}
}

func (n NotExpr) write(w *writer) { w.text("NOT "); w.inner(n.Of) }

func (l List) write(w *writer) {
	w.text("[")
	w.commas(l)
	w.text("]")
}

func (m Map) write(w *writer) {
	w.text("{")
	for i, e := range m {
		if i > 0 {
			w.text(", ")
		}
		w.name(e.Name)
		w.text(": ")
		e.Of.write(w)
	}
	w.text("}")
}

func (i Index) write(w *writer) {
	w.inner(i.Of)
	w.text("[")
	i.At.write(w)
	w.text("]")
}

func (s Slice) write(w *writer) {
	w.inner(s.Of)
	w.text("[0..")
	s.First.write(w)
	w.text("]")
}

func (r Reduce) write(w *writer) {
	w.text("reduce(" + string(r.Sum) + " = ")
	r.From.write(w)
	w.text(", " + string(r.Var) + " IN ")
	r.In.write(w)
	w.text(" | ")
	r.Next.write(w)
	w.text(")")
}

func (c Case) write(w *writer) {
	w.text("CASE WHEN ")
	c.When.write(w)
	w.text(" THEN ")
	c.Then.write(w)
	if c.Else != nil {
		w.text(" ELSE ")
		c.Else.write(w)
	}
	w.text(" END")
}

func (h HasLabel) write(w *writer) {
	w.inner(h.Of)
	w.labels(h.Labels)
}

func (c Comprehension) write(w *writer) {
	w.text("[" + string(c.Var) + " IN ")
	c.In.write(w)
	if c.Where != nil {
		w.text(" WHERE ")
		c.Where.write(w)
	}
	if c.Give != nil {
		w.text(" | ")
		c.Give.write(w)
	}
	w.text("]")
}

func (a All) write(w *writer) {
	w.text("all(" + string(a.Var) + " IN ")
	a.In.write(w)
	w.text(" WHERE ")
	a.Where.write(w)
	w.text(")")
}

func (s Sub) write(w *writer) {
	w.text(s.Kind + " {")
	w.block(s.Of)
	w.line()
	w.text("}")
}

func (n IsNull) write(w *writer) { w.inner(n.Of); w.text(" IS NULL") }
