package derive

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// measured are the words for what rows are summed up and grouped by.
type measured struct{ numbers, dates, keys []string }

// measured sorts the values that each row has of its own by what can be made of them.
func (d *deriver) measured(def *ast.Definition) measured {
	var out measured
	for _, f := range d.scalars(def) {
		text, word := "The "+words(f.Name)+".", graphmap.Capitals(f.Name)
		switch {
		case f.Name == "version":
		case isNumber(f):
			out.numbers = append(out.numbers, line(text, "%s", word))
			if f.Type.Name() == "Int" {
				out.keys = append(out.keys, line(text, "%s", word))
			}
		case f.Type.Name() == "PartialDate":
			out.dates = append(out.dates, line(text, "%s", word))
			out.keys = append(out.keys, line("The year of "+words(f.Name)+".", "%s", word))
		case f.Type.Name() == "DateTime":
			out.keys = append(out.keys, line("The year of "+words(f.Name)+".", "%s", word))
		case f.Type.Name() == "String" || f.Type.Name() == "Boolean" || d.defs[f.Type.Name()] != nil && d.defs[f.Type.Name()].Kind == ast.Enum:
			out.keys = append(out.keys, line(text, "%s", word))
		}
	}
	return out
}

// groups writes what a list of things of a type amounts to.
func (d *deriver) groups(def *ast.Definition) {
	of := d.measured(def)
	if def.Kind == ast.Interface {
		of.keys = append([]string{line("The type.", graphmap.ByType)}, of.keys...)
	}
	for _, f := range def.Fields {
		if to, _ := d.behind(f); to != "" {
			of.keys = append(of.keys, line("Each of the "+words(f.Name)+" behind it.", "%s", graphmap.Capitals(f.Name)))
		}
	}
	for _, f := range d.scalars(d.defs["Relationship"]) {
		switch text := "The " + words(f.Name) + " of the relationship that ties it to where the list was asked."; {
		case f.Name == "sourceCount":
		case isNumber(f):
			of.numbers = append(of.numbers, line(text, "EDGE_%s", graphmap.Capitals(f.Name)))
		case f.Type.Name() == "PartialDate":
			of.dates = append(of.dates, line(text, "EDGE_%s", graphmap.Capitals(f.Name)))
		}
	}
	d.amounts(def, of)
}

// amounts writes what a list amounts to, as a whole and in groups.
func (d *deriver) amounts(def *ast.Definition, of measured) {
	number, date := def.Name+"Number", def.Name+"Date"
	measures := d.measures(def, of, number, date)
	made, ofNumber := "CountMeasure", []string(nil)
	if len(of.numbers) > 0 {
		made, ofNumber = "Measure", []string{line("Of which number; not for a count.", "of: %s", number)}
	}
	having := slices.Concat([]string{line("What is measured.", "measure: %s! = COUNT", made)}, ofNumber, []string{
		line("The same.", "eq: Float"), line("More than.", "gt: Float"), line("At least.", "gte: Float"),
		line("Less than.", "lt: Float"), line("At most.", "lte: Float"),
	})
	order := slices.Concat([]string{line("By this measure; by the groups' keys when absent.", "measure: %s", made)}, ofNumber,
		[]string{line("The direction.", "direction: SortDirection! = ASC")})
	grouped, keys := "The same for each group of rows.", "By which keys; at most three."
	if isThing(def) {
		grouped += " A row is in the group of each thing behind a connection, and in one without a thing when there is none."
		keys = "By which keys; at most three, of which one leads to things."
	}
	d.enum(def.Name+"GroupBy", "What "+several(def.Name)+" can be grouped by.", of.keys...)
	d.input(def.Name+"Having", "Which groups of "+several(def.Name)+" are kept: those whose measure compares so.", having...)
	d.input(def.Name+"GroupOrder", "A key of an order of groups.", order...)
	d.define("type", def.Name+"Aggregate", "What a list of "+several(def.Name)+" amounts to: over the rows that all its pages have together.",
		" @record(of: AGGREGATE)", append(append([]string{d.count(def.Name, "How many rows", "count")}, measures...),
			line(grouped, `groupBy(%q by: [%s!]!, %q having: [%s!], %q orderBy: [%s!], %q first: Int = 50): [%s!]!`,
				keys, def.Name+"GroupBy",
				"Only groups that meet all of these.", def.Name+"Having",
				"In this order; the largest first when absent.", def.Name+"GroupOrder",
				"At most so many groups; from 1 to 200.", def.Name+"Group"))...)
	d.define("type", def.Name+"Group", "A group of "+several(def.Name)+".", " @record(of: GROUP)", append([]string{
		line("What its rows have in common, in the order of `by`.", "keys: [GroupKey!]!"),
		line("How many rows.", "count: Int!"),
	}, measures...)...)
}

// measures writes the fields that make one value of many rows, and the enums of what those can be made of.
func (d *deriver) measures(def *ast.Definition, of measured, number, date string) []string {
	var out []string
	if len(of.numbers) > 0 {
		d.enum(number, "Numbers of "+several(def.Name)+".", of.numbers...)
		out = append(out,
			line("The sum of a number over the rows; 0 when none has it.", "sum(%q of: %s!): Float!", "Of which number.", number),
			line("The mean of a number over the rows that have it.", "avg(%q of: %s!): Float", "Of which number.", number),
			line("The least of a number.", "min(%q of: %s!): Float", "Of which number.", number),
			line("The greatest of a number.", "max(%q of: %s!): Float", "Of which number.", number),
		)
	}
	if len(of.dates) > 0 {
		d.enum(date, "Dates of "+several(def.Name)+".", of.dates...)
		out = append(out,
			line("The date that begins first.", "earliest(%q of: %s!): PartialDate", "Of which date.", date),
			line("The date that ends last.", "latest(%q of: %s!): PartialDate", "Of which date.", date),
		)
	}
	return out
}
