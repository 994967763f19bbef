package oracle

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/partnergraph/partnergraph/internal/access"
)

// query is a random operation before it is text: a tree that can be cut smaller.
type query struct {
	kind      string // "" is a query
	viewer    access.Viewer
	roots     []*node
	variables []*variable
}

// node is a field or a fragment.
type node struct {
	head  string // a field with its arguments and directives; of a fragment its directives
	on    string // of a fragment: its type
	named bool   // whether the fragment stands at the end of the document
	kids  []*node
}

// variable is declared when the text uses it.
type variable struct {
	name, of  string
	byDefault string // a literal; "" for none
	given     bool
	value     any
}

// Values of arguments: nil, bool, int, float64, string, []any, and these.
type (
	word   string   // a value of an enum
	ref    string   // a variable
	fields []member // an input object
	// lower is a value in which a variable misspells what is of an enum, as the validation of variables lets it.
	lower struct{ of any }
	// redrawn is drawn anew each time that the query is asked, if a variable holds it.
	redrawn struct {
		draw  draws
		value any
	}
)

// literal writes a value into a document.
func literal(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case word:
		return string(v)
	case lower:
		return literal(v.of)
	case redrawn:
		return literal(v.value)
	case ref:
		return "$" + string(v)
	case string:
		text, _ := json.Marshal(v)
		return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(text))
	case []any:
		var parts []string
		for _, e := range v {
			parts = append(parts, literal(e))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case fields:
		var parts []string
		for _, f := range v {
			parts = append(parts, f.key+": "+literal(f.value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return fmt.Sprint(v)
}

// plain makes of a value what JSON takes.
func plain(v any) any {
	switch v := v.(type) {
	case word:
		return string(v)
	case lower:
		return misspelt(v.of)
	case redrawn:
		return plain(v.value)
	case []any:
		out := []any{}
		for _, e := range v {
			out = append(out, plain(e))
		}
		return out
	case fields:
		out := map[string]any{}
		for _, f := range v {
			out[f.key] = plain(f.value)
		}
		return out
	}
	return v
}

func misspelt(v any) any {
	switch v := v.(type) {
	case word:
		return strings.ToLower(string(v))
	case redrawn:
		return misspelt(v.value)
	case []any:
		out := slices.Clone(v)
		for i := range out {
			out[i] = misspelt(out[i])
		}
		return plain(out)
	case fields:
		out := slices.Clone(v)
		for i := range out {
			out[i].value = misspelt(out[i].value)
		}
		return plain(out)
	}
	return v
}

// String writes the document.
func (q *query) String() string {
	var body, ends strings.Builder
	fragments := 0
	var write func(b *strings.Builder, of []*node, indent string)
	write = func(b *strings.Builder, of []*node, indent string) {
		b.WriteString("{\n")
		for _, n := range of {
			b.WriteString(indent + "  ")
			kids := n.kids
			switch {
			case n.on != "" && n.named:
				fragments++
				name := "F" + strconv.Itoa(fragments)
				fmt.Fprintf(b, "...%s%s", name, n.head)
				var f strings.Builder
				fmt.Fprintf(&f, "fragment %s on %s ", name, n.on)
				write(&f, kids, "")
				ends.WriteString(f.String() + "\n")
				kids = nil
			case n.on != "":
				fmt.Fprintf(b, "... on %s%s", n.on, n.head)
			default:
				b.WriteString(n.head)
			}
			if kids != nil {
				b.WriteByte(' ')
				write(b, kids, indent+"  ")
			}
			b.WriteByte('\n')
		}
		b.WriteString(indent + "}")
	}
	write(&body, q.roots, "")
	text := body.String() + "\n" + ends.String()
	var declared []string
	for _, v := range q.variables {
		if uses(text, v) {
			s := "$" + v.name + ": " + v.of
			if v.byDefault != "" {
				s += " = " + v.byDefault
			}
			declared = append(declared, s)
		}
	}
	switch {
	case len(declared) > 0:
		return cmp.Or(q.kind, "query") + " (" + strings.Join(declared, ", ") + ") " + text
	case q.kind != "":
		return q.kind + " " + text
	}
	return text
}

// uses tells whether a text mentions a variable; no name of one begins another's.
func uses(text string, v *variable) bool { return strings.Contains(text, "$"+v.name) }

// values are the variables that go with the document.
func (q *query) values() map[string]any {
	text, out := q.String(), map[string]any{}
	for _, v := range q.variables {
		if v.given && uses(text, v) {
			out[v.name] = plain(v.value)
		}
	}
	return out
}

// again is the same document with other values.
func (q *query) again() *query {
	out := &query{kind: q.kind, viewer: q.viewer, roots: q.roots}
	for _, v := range q.variables {
		v := *v
		v.value = redraw(v.value)
		out.variables = append(out.variables, &v)
	}
	return out
}

// redraw draws anew what is redrawn in a value.
func redraw(v any) any {
	switch v := v.(type) {
	case redrawn:
		v.value = v.draw()
		return v
	case lower:
		return lower{redraw(v.of)}
	case []any:
		out := slices.Clone(v)
		for i := range out {
			out[i] = redraw(out[i])
		}
		return out
	case fields:
		out := slices.Clone(v)
		for i := range out {
			out[i].value = redraw(out[i].value)
		}
		return out
	}
	return v
}

// smaller takes out each node of the query, and what surrounds a fragment, as long as try says that the rest still fails.
func (q *query) smaller(try func(*query) bool) {
	var cut func(list *[]*node)
	cut = func(list *[]*node) {
		for i := 0; i < len(*list); {
			was := slices.Clone(*list)
			n := was[i]
			if *list = slices.Delete(slices.Clone(was), i, i+1); len(*list) == 0 {
				*list = []*node{{head: "__typename"}}
			}
			if (n.head != "__typename" || len(was) > 1) && try(q) {
				continue
			}
			if *list = slices.Concat(was[:i], n.kids, was[i+1:]); n.on != "" && try(q) {
				continue
			}
			*list = was
			cut(&n.kids)
			i++
		}
	}
	cut(&q.roots)
}
