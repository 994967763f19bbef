package derive

import "github.com/vektah/gqlparser/v2/ast"

// orders writes what a list of a type can be sorted by.
func (d *deriver) orders(def *ast.Definition) {
	var lines []string
	for _, f := range d.scalars(def) {
		lines = append(lines, line("By "+words(f.Name)+".", "%s: SortDirection", f.Name))
	}
	for _, f := range def.Fields {
		if to, many := d.behind(f); many {
			lines = append(lines, line("By what the "+words(f.Name)+" behind it amount to.", "%s: %sMeasure", f.Name, to))
		}
	}
	lines = append(lines, line("By the relationship that ties it to where the list was asked; only where one relationship does.", "edge: EdgeOrder"))
	d.input(def.Name+"Order", "A key of an order of "+several(def.Name)+"; exactly one field. What has no value comes last.", lines...)
	d.input(def.Name+"Measure", "What the "+several(def.Name)+" behind a connection amount to.",
		line("Which ones; all when absent.", "where: %sWhere", def.Name),
		line("What is measured.", "measure: Measure! = COUNT"),
		line("Of which number; not for a count.", "of: %sNumber", def.Name),
		line("The direction.", "direction: SortDirection! = ASC"),
	)
}
