package derive

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// filters writes the where-input of a type, and how the things behind a connection are held against it.
func (d *deriver) filters(def *ast.Definition) {
	where := def.Name + "Where"
	lines := d.compared(def, where)
	for _, f := range def.Fields {
		switch to, many := d.behind(f); {
		case to == "":
		case many:
			lines = append(lines, line("By the "+words(f.Name)+" behind it.", "%s: %sLinks", f.Name, to))
		default:
			lines = append(lines, line("By its "+words(f.Name)+"; none meets nothing.", "%s: %sWhere", f.Name, to))
		}
	}
	if def.Fields.ForName("locations") != nil || def.Fields.ForName("position") != nil {
		lines = append(lines, line("By how far it is from somewhere.", "near: Near"),
			line("By the id of a place: it is in that place or in a part of it, at any depth to 5.", "inside: ID"))
	}
	lines = append(lines, line("By the relationship that ties it to where the list was asked; only where one relationship does.", "edge: EdgeWhere"))
	d.input(where, "Which "+several(def.Name)+". All that is given must be met; an absent value meets no comparison.", lines...)
	d.input(def.Name+"Links", "How many of the "+several(def.Name)+" behind a connection must meet a filter.",
		line("At least one meets it.", "some: %s", where),
		line("None meets it.", "none: %s", where),
		line("Each one meets it; so it is where there is none.", "every: %s", where),
		line("Which ones `count` counts; all when absent.", "where: %s", where),
		line("There are so many.", "count: IntFilter"),
	)
}

// compared writes how a where-input joins others of its kind, and compares the values that each row has of its own.
func (d *deriver) compared(def *ast.Definition, where string) []string {
	lines := []string{
		line("All of these.", "and: [%s!]", where),
		line("Any of these.", "or: [%s!]", where),
		line("Not this.", "not: %s", where),
	}
	for _, f := range d.scalars(def) {
		lines = append(lines, line("By "+words(f.Name)+".", "%s: %s", f.Name, d.filter(f)))
	}
	return lines
}

// filter names the comparisons of a field, and writes those of its enum.
func (d *deriver) filter(f *ast.FieldDefinition) string {
	name := f.Type.Name()
	switch name {
	case "ID":
		return "IdFilter"
	case "String":
		return "TextFilter"
	}
	if of := d.defs[name]; of != nil && of.Kind == ast.Enum && !d.done[name+"Filter"] {
		d.input(name+"Filter", "Compares "+name+".",
			line("The same.", "eq: %s", name),
			line("One of them.", "in: [%s!]", name),
			line("Whether there is one.", "present: Boolean"),
		)
	}
	return name + "Filter"
}

// edges writes what can be asked of the relationship behind an edge.
func (d *deriver) edges() {
	rel := d.defs["Relationship"]
	lines := []string{
		line("All of these.", "and: [EdgeWhere!]"),
		line("Any of these.", "or: [EdgeWhere!]"),
		line("Not this.", "not: EdgeWhere"),
	}
	var orders, numbers []string
	for _, f := range d.scalars(rel) {
		if f.Name == "id" {
			continue
		}
		lines = append(lines, line("By "+words(f.Name)+".", "%s: %s", f.Name, d.filter(f)))
		orders = append(orders, line("By "+words(f.Name)+".", "%s: SortDirection", f.Name))
		if isNumber(f) {
			numbers = append(numbers, line("The "+words(f.Name)+".", "%s", graphmap.Capitals(f.Name)))
		}
	}
	d.input("EdgeWhere", "Which relationships: those that tie the things of a list to where it was asked, or those that its rows are about.", lines...)
	d.input("EdgeOrder", "An order by the relationship between a thing and where its list was asked; exactly one field.", orders...)
	d.enum("EdgeNumber", "Numbers of a relationship.", numbers...)
}
