// Package derive writes the part of the contract that follows from the rest by rule: for every type of things its pages,
// filters, orders and groups. schema.graphqls says what things there are and which hops lead from one to another; what
// can be asked of a list of them is the same for all, and nobody should write it sixty times.
package derive

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// Schema gives the derived part for the written one. Whatever the written part defines itself is left out.
func Schema(written string) (string, error) {
	doc, err := parser.ParseSchema(&ast.Source{Name: "schema.graphqls", Input: written})
	if err != nil {
		return "", err
	}
	d := &deriver{defs: map[string]*ast.Definition{}, done: map[string]bool{}}
	for _, def := range doc.Definitions {
		d.defs[def.Name] = def
	}
	d.b.WriteString(heading)
	for _, def := range doc.Definitions {
		if isEdge(def) {
			d.connection(strings.TrimSuffix(def.Name, "Edge"), d.node(def.Name))
		}
	}
	d.edges()
	d.content()
	for _, def := range doc.Definitions {
		if isThing(def) {
			d.pages(def)
			d.filters(def)
			d.orders(def)
			d.groups(def)
		}
	}
	for _, def := range doc.Definitions {
		if isEdge(def) {
			if row := d.defs[d.node(def.Name)]; isRecord(row) {
				d.record(row)
			}
		}
	}
	d.mutations(doc.Definitions)
	return d.b.String(), nil
}

const heading = `# Written by make generate from schema.graphqls: the pages, filters, orders and groups of every type. Not to be edited.
`

// deriver writes definitions, each once.
type deriver struct {
	defs map[string]*ast.Definition
	done map[string]bool
	b    strings.Builder
}

// isThing tells whether a type is one of things: the types with a label, and their interfaces.
func isThing(d *ast.Definition) bool {
	return d.Directives.ForName("node") != nil || d.Directives.ForName("label") != nil
}

func isEdge(d *ast.Definition) bool {
	return d.Kind == ast.Object && slices.Contains(d.Interfaces, "Edge")
}

// node names the thing on a written edge.
func (d *deriver) node(edge string) string { return d.defs[edge].Fields.ForName("node").Type.Name() }

// define writes a definition, once. A page or edge that the written part defines itself is left to it.
func (d *deriver) define(keyword, name, description, implements string, lines ...string) {
	if d.done[name] || d.defs[name] != nil && implements != "" {
		return
	}
	d.done[name] = true
	fmt.Fprintf(&d.b, "\n%q\n%s %s%s {\n  %s\n}\n", description, keyword, name, implements, strings.Join(lines, "\n  "))
}

func (d *deriver) input(name, description string, lines ...string) {
	d.define("input", name, description, "", lines...)
}

func (d *deriver) enum(name, description string, lines ...string) {
	d.define("enum", name, description, "", lines...)
}

// line writes a field with its description.
func line(description, field string, args ...any) string {
	return fmt.Sprintf("%q\n  %s", description, fmt.Sprintf(field, args...))
}

// behind names the things that a field leads to, and tells whether they are a list; "" for a field that leads nowhere.
func (d *deriver) behind(f *ast.FieldDefinition) (name string, many bool) {
	if f.Directives.ForName("traverse") == nil {
		return "", false
	}
	page, many := strings.CutSuffix(f.Type.Name(), "Connection")
	switch {
	case !many:
		return f.Type.Name(), false
	case d.defs[page] == nil: // a page with edges of its own
		return d.node(page + "Edge"), true
	}
	return page, true
}

// scalars lists the fields that hold one value, stored or, as the length of a path, known of each.
func (d *deriver) scalars(def *ast.Definition) []*ast.FieldDefinition {
	var out []*ast.FieldDefinition
	for _, f := range def.Fields {
		of, computed := d.defs[f.Type.Name()], f.Directives.ForName("computed")
		worked := computed != nil && computed.Arguments.ForName("as").Value.Raw != "LENGTH"
		if f.Type.Elem != nil || f.Directives.ForName("traverse") != nil || worked || of != nil && of.Kind != ast.Enum && of.Kind != ast.Scalar {
			continue
		}
		out = append(out, f)
	}
	return out
}

func isNumber(f *ast.FieldDefinition) bool {
	return f.Type.Name() == "Int" || f.Type.Name() == "Float"
}

// words writes a name of the schema as prose: practice base for PracticeBase, sub alliances for subAlliances.
func words(name string) string {
	if name == "on" {
		return "date"
	}
	var b strings.Builder
	for i, r := range name {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				b.WriteByte(' ')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// several is the plural of a type.
func several(name string) string {
	w := words(name)
	switch {
	case name == "Node":
		return "things"
	case name == "Person":
		return "people"
	case name == "FactToCheck":
		return "facts to check"
	case strings.HasSuffix(w, "y"):
		return strings.TrimSuffix(w, "y") + "ies"
	}
	return w + "s"
}
