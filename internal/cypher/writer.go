package cypher

import (
	"regexp"
	"strconv"
	"strings"
)

// Statement is text with its parameters, by their names as the text writes them behind the $: `day`, or `p.v1` for a
// value in the map p.
type Statement struct {
	Text   string
	Params map[string]any
}

// Write gives the text of a query, one clause a line, and its parameters by name.
func Write(q Query) Statement {
	w := &writer{params: map[string]any{}}
	(&hoister{}).query(q).write(w)
	return Statement{Text: strings.TrimPrefix(w.b.String(), "\n"), Params: w.params}
}

type writer struct {
	b      strings.Builder
	indent int
	params map[string]any
}

func (w *writer) text(s string) { w.b.WriteString(s) }

func (w *writer) line() {
	w.b.WriteByte('\n')
	for range w.indent {
		w.b.WriteString("  ")
	}
}

// block writes clauses that stand in braces.
func (w *writer) block(q Query) {
	w.indent++
	q.write(w)
	w.indent--
}

var plainName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// name writes a label, type or property. They come from the schema, whose names are plain; another one is quoted.
func (w *writer) name(s string) {
	if plainName.MatchString(s) {
		w.text(s)
		return
	}
	w.text("`" + strings.ReplaceAll(s, "`", "``") + "`")
}

func (w *writer) labels(labels []string) {
	for i, l := range labels {
		if i == 0 {
			w.text(":")
		} else {
			w.text("|")
		}
		w.name(l)
	}
}

func (w *writer) commas(of []Expr) {
	for i, e := range of {
		if i > 0 {
			w.text(", ")
		}
		e.write(w)
	}
}

// inner writes an expression that stands inside another, in brackets where its operators could bind otherwise.
func (w *writer) inner(e Expr) {
	switch e.(type) {
	case Op, NotExpr, IsNull, HasLabel:
		w.text("(")
		e.write(w)
		w.text(")")
	default:
		e.write(w)
	}
}

// never is a condition that nothing meets and that the planner doesn't see through. Neo4j 5.26 takes what stands under a
// plain false out of the plan, and in a subquery within another it then misses variables that it expects. Where all
// things of a label would be gone through, the plain false stays.
const never = Lit("size([]) > 0")

// unseen is a condition of a match as the planner may see it.
func unseen(of Expr) Expr {
	switch e := of.(type) {
	case Lit:
		if e == "false" {
			return never
		}
	case Op:
		if e.Sign == "AND" {
			parts := make([]Expr, len(e.Of))
			for i, part := range e.Of {
				parts[i] = unseen(part)
			}
			return Op{e.Sign, parts}
		}
	}
	return of
}

func (w *writer) where(e Expr) {
	if e == nil {
		return
	}
	w.indent++
	w.line()
	w.text("WHERE ")
	e.write(w)
	w.indent--
}

func (w *writer) items(items []Item) {
	for i, it := range items {
		if i > 0 {
			w.text(", ")
		}
		it.Of.write(w)
		if it.As != "" {
			w.text(" AS " + string(it.As))
		}
	}
}

func (w *writer) projection(distinct bool, items []Item, order []Sort, limit Expr) {
	if distinct {
		w.text("DISTINCT ")
	}
	w.items(items)
	if len(order) > 0 {
		w.text(" ORDER BY ")
		for i, s := range order {
			if i > 0 {
				w.text(", ")
			}
			s.By.write(w)
			if s.Desc {
				w.text(" DESC")
			}
		}
	}
	if limit != nil {
		w.text(" LIMIT ")
		limit.write(w)
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
