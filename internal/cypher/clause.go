package cypher

import "strings"

// Query is a list of clauses.
type Query []Clause

// Clause is one clause, written on a line of its own.
type Clause interface{ write(*writer) }

// Match is `MATCH` or `OPTIONAL MATCH`.
type Match struct {
	Optional bool
	Patterns []Pattern
	Where    Expr
}

// Pattern is a chain of nodes and the relationships between them: one more node than relationships.
type Pattern struct {
	Path     Var    // names the path, "" for none
	Function string // shortestPath and the like, "" for none
	Open     bool   // shows nothing of what it passes: see Guard
	Nodes    []NodePattern
	Rels     []RelPattern
}

// NodePattern is `(n:Label {id: …})`.
type NodePattern struct {
	Var   Var
	Label string
	ID    Expr // of the property id, nil for none
	// Types that the thing may be of, where they are known better than by the label: see Guard.
	Types []string
	// Open leaves the thing to be counted, or guarded later.
	Open bool
}

// Direction of a relationship pattern.
type Direction int

// The directions.
const (
	Out Direction = iota
	In
	Both
)

// RelPattern is `-[r:TYPE]->`. Repeated with Where, it is a quantified group, whose condition prunes while it walks.
type RelPattern struct {
	Var         Var
	Types       []string
	Direction   Direction
	Least, Most int // both 1 (or both 0) for once
	// Inside, for a repeated one: the node that each repetition leads to, and the condition that holds each time.
	Inside NodePattern
	Where  Expr
	// Star writes a repeated one as `*least..most`, for functions that take no group.
	Star bool
}

func (r RelPattern) once() bool { return r.Most == 0 || r.Least == 1 && r.Most == 1 && !r.Star }

// Item is an expression and its name; the name may be left out for a variable.
type Item struct {
	Of Expr
	As Var
}

func (it Item) name() Var {
	if of, ok := it.Of.(Var); ok && it.As == "" {
		return of
	}
	return it.As
}

// Vars makes items that pass variables on.
func Vars(names ...Var) []Item {
	var out []Item
	for _, n := range names {
		out = append(out, Item{Of: n})
	}
	return out
}

// Sort is one key of an order.
type Sort struct {
	By   Expr
	Desc bool
}

// With is `WITH`.
type With struct {
	Distinct bool
	Items    []Item
	Order    []Sort
	Limit    Expr
	Where    Expr
}

// Return is `RETURN`.
type Return struct {
	Distinct bool
	Items    []Item
	Order    []Sort
	Limit    Expr
}

// Unwind is `UNWIND … AS …`.
type Unwind struct {
	List Expr
	As   Var
}

func (q Query) write(w *writer) {
	for _, c := range q {
		w.line()
		c.write(w)
	}
}

func (m Match) write(w *writer) {
	if m.Optional {
		w.text("OPTIONAL ")
	}
	w.text("MATCH ")
	where := m.Where
	for i, p := range m.Patterns {
		if i > 0 {
			w.text(", ")
		}
		p.write(w)
		if len(p.Rels) > 0 || p.Nodes[0].ID != nil {
			where = unseen(m.Where)
		}
	}
	w.where(where)
}

func (p Pattern) write(w *writer) {
	if p.Path != "" {
		w.text(string(p.Path) + " = ")
	}
	if p.Function != "" {
		w.text(p.Function + "(")
	}
	for i, n := range p.Nodes {
		n.write(w)
		if i < len(p.Rels) {
			p.Rels[i].write(w)
		}
	}
	if p.Function != "" {
		w.text(")")
	}
}

func (n NodePattern) write(w *writer) {
	w.text("(" + string(n.Var))
	if n.Label != "" {
		w.labels([]string{n.Label})
	}
	if n.ID != nil {
		w.text(" {id: ")
		n.ID.write(w)
		w.text("}")
	}
	w.text(")")
}

func (r RelPattern) write(w *writer) {
	if r.once() || r.Star {
		r.arrow(w)
		return
	}
	w.text("(()")
	r.arrow(w)
	r.Inside.write(w)
	if r.Where != nil {
		w.text(" WHERE ")
		r.Where.write(w)
	}
	w.text("){" + itoa(r.Least) + "," + itoa(r.Most) + "}")
}

func (r RelPattern) arrow(w *writer) {
	if r.Direction == In {
		w.text("<")
	}
	w.text("-[" + string(r.Var))
	for i, t := range r.Types {
		if i == 0 {
			w.text(":")
		} else {
			w.text("|")
		}
		w.name(t)
	}
	if r.Star {
		w.text("*" + itoa(r.Least) + ".." + itoa(r.Most))
	}
	w.text("]-")
	if r.Direction == Out {
		w.text(">")
	}
}

func (x With) write(w *writer) {
	w.text("WITH ")
	w.projection(x.Distinct, x.Items, x.Order, x.Limit)
	w.where(x.Where)
}

func (r Return) write(w *writer) {
	w.text("RETURN ")
	w.projection(r.Distinct, r.Items, r.Order, r.Limit)
}

func (u Unwind) write(w *writer) {
	w.text("UNWIND ")
	u.List.write(w)
	w.text(" AS " + string(u.As))
}

// Either is the rows of several queries, one after another. Each gives the same names, and sees of those around it what
// is said.
type Either struct {
	Sees  []Var
	Parts []Query
}

func (e Either) write(w *writer) {
	w.text("CALL (")
	w.items(Vars(e.Sees...))
	w.text(") {")
	for i, q := range e.Parts {
		if i > 0 {
			w.line()
			w.text("UNION ALL")
		}
		w.block(q)
	}
	w.line()
	w.text("}")
}

// Fixed is clauses whose text never varies: a file, with the values of its parameters.
type Fixed struct {
	Text   string
	Params map[string]any
	// What the clauses bind, and which of it are things and relationships, any of which may be null.
	Binds, Things, Ties []Var
}

func (f Fixed) write(w *writer) {
	for i, l := range strings.Split(strings.TrimSpace(f.Text), "\n") {
		if i > 0 {
			w.line()
		}
		w.withParams(l, f.Params)
	}
}
