package derive

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// isRecord tells whether what an edge has is no thing of the graph, but made of some: a change, a path.
func isRecord(def *ast.Definition) bool { return def != nil && def.Directives.ForName("record") != nil }

// record writes what can be asked of a list of records, by the values that each has of its own.
func (d *deriver) record(def *ast.Definition) {
	where := def.Name + "Where"
	filters := d.compared(def, where)
	var orders []string
	for _, f := range d.scalars(def) {
		orders = append(orders, line("By "+words(f.Name)+".", "%s: SortDirection", f.Name))
	}
	of := d.measured(def)
	for _, f := range def.Fields {
		switch to := d.defs[f.Type.Name()]; {
		case f.Type.Elem != nil || to == nil:
		case isThing(to):
			filters = append(filters, line("By the thing; where there is none, nothing is met.", "%s: %sWhere", f.Name, to.Name))
		case to.Name == "Relationship":
			filters = append(filters, line("By the relationship; where there is none, nothing is met.", "%s: EdgeWhere", f.Name))
			of.keys = append(of.keys, line("The type of the thing or relationship.", graphmap.ByType))
		}
	}
	d.input(where, "Which "+several(def.Name)+". All that is given must be met; an absent value meets no comparison.", filters...)
	d.input(def.Name+"Order", "A key of an order of "+several(def.Name)+"; exactly one field.", orders...)
	d.amounts(def, of)
}
