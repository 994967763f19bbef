package compile

import (
	"strconv"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// The places of a cell's member and column, before its totals.
func cellMember(cell cypher.Expr) cypher.Expr { return cypher.Index{Of: cell, At: cypher.Lit("0")} }
func cellColumn(cell cypher.Expr) cypher.Expr { return cypher.Index{Of: cell, At: cypher.Lit("1")} }

// allCells are the facts of each member by column, in the order of members and then of columns.
func (v *covering) allCells() cypher.Expr {
	i, j, fact := v.fresh("i"), v.fresh("j"), v.fresh("f")
	totals, named := v.totals("cells", factBase(fact), factPlaces(fact))
	cell := cypher.List{i, j}
	for _, total := range named {
		cell = append(cell, total.Of)
	}
	return collect(
		cypher.Unwind{List: indices(v.grouped), As: j},
		cypher.Unwind{List: prop(cypher.Index{Of: v.grouped, At: j}, "facts"), As: fact},
		cypher.Unwind{List: factServed(fact), As: i},
		cypher.With{Distinct: len(totals) == 0, Items: append(cypher.Vars(i, j), totals...), Order: []cypher.Sort{{By: i}, {By: j}}},
		give(cell),
	)
}

// cell is how a cell is read.
func (v *covering) cell(x cypher.Var) row {
	member, column := cypher.Index{Of: v.all, At: cellMember(x)}, prop(cypher.Index{Of: v.grouped, At: cellColumn(x)}, "column")
	out := row{named: map[string]cypher.Expr{"member": member, "column": column}}
	_, totals := v.totals("cells", cypher.Lit("null"), cypher.Lit("null"))
	for k, total := range totals {
		out.named[total.Name] = cypher.Index{Of: x, At: cypher.Lit(strconv.Itoa(2 + k))}
	}
	if v.asks("cells", "students") {
		out.named["students"] = v.studentsIn(cypher.Index{Of: v.members, At: cellMember(x)}, column)
	}
	out.read = func(of *plan.Here) cypher.Expr {
		at := cellMember(x)
		if of.Name == "column" {
			at = cellColumn(x)
		}
		return cypher.Index{Of: v.read[of], At: at}
	}
	return out
}

// readInCells is what cells read of their members and columns.
func (v *covering) readInCells() []*plan.Here {
	var out []*plan.Here
	for _, col := range v.of.Of.Columns {
		if cells, ok := col.(*plan.Each); ok && cells.Name == "cells" {
			for _, of := range cells.Of.Columns {
				if of, ok := of.(*plan.Here); ok {
					out = append(out, of)
				}
			}
		}
	}
	return out
}

// ofAll reads a value of each member, or of each column.
func (v *covering) ofAll(of *plan.Here) cypher.Expr {
	if of.Name == "column" {
		return v.from(v.grouped, func(x cypher.Var) cypher.Expr { return v.column(of.Column, row{of: prop(x, "column")}) })
	}
	return v.from(v.all, func(x cypher.Var) cypher.Expr { return v.column(of.Column, row{of: x}) })
}

// membersOf counts the cells of each column, in the order of columns, all of which have some.
func (v *covering) membersOf() cypher.Expr {
	x, j, n := v.fresh("x"), v.fresh("j"), v.fresh("n")
	return collect(
		cypher.Unwind{List: v.cells, As: x},
		cypher.With{Items: []cypher.Item{item(cellColumn(x), j), item(cypher.Call("count", cypher.Lit("*")), n)}, Order: []cypher.Sort{{By: j}}},
		give(n),
	)
}
