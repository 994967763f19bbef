package derive

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// groups writes what a list of a type amounts to, as a whole and in groups.
func (d *deriver) groups(def *ast.Definition) {
	var numbers, dates, keys []string
	if def.Kind == ast.Interface {
		keys = append(keys, line("The type.", graphmap.ByType))
	}
	for _, f := range d.scalars(def) {
		text := "The " + words(f.Name) + "."
		switch {
		case f.Name == "version":
		case isNumber(f):
			numbers = append(numbers, line(text, "%s", graphmap.Capitals(f.Name)))
		case f.Type.Name() == "PartialDate":
			dates = append(dates, line(text, "%s", graphmap.Capitals(f.Name)))
			keys = append(keys, line("The year of "+words(f.Name)+".", "%s", graphmap.Capitals(f.Name)))
		case f.Type.Name() == "Boolean" || d.defs[f.Type.Name()] != nil && d.defs[f.Type.Name()].Kind == ast.Enum:
			keys = append(keys, line(text, "%s", graphmap.Capitals(f.Name)))
		}
	}
	for _, f := range def.Fields {
		if to, _ := d.behind(f); to != "" {
			keys = append(keys, line("Each of the "+words(f.Name)+" behind it.", "%s", graphmap.Capitals(f.Name)))
		}
	}
	for _, f := range d.scalars(d.defs["Relationship"]) {
		switch text := "The " + words(f.Name) + " of the relationship that ties it to where the list was asked."; {
		case f.Name == "sourceCount":
		case isNumber(f):
			numbers = append(numbers, line(text, "EDGE_%s", graphmap.Capitals(f.Name)))
		case f.Type.Name() == "PartialDate":
			dates = append(dates, line(text, "EDGE_%s", graphmap.Capitals(f.Name)))
		}
	}
	number, date := def.Name+"Number", def.Name+"Date"
	d.enum(number, "Numbers of "+several(def.Name)+".", numbers...)
	d.enum(date, "Dates of "+several(def.Name)+".", dates...)
	d.enum(def.Name+"GroupBy", "What "+several(def.Name)+" can be grouped by.", keys...)
	d.input(def.Name+"Having", "Which groups of "+several(def.Name)+" are kept: those whose measure compares so.",
		line("What is measured.", "measure: Measure! = COUNT"),
		line("Of which number; not for a count.", "of: %s", number),
		line("The same.", "eq: Float"), line("More than.", "gt: Float"), line("At least.", "gte: Float"),
		line("Less than.", "lt: Float"), line("At most.", "lte: Float"),
	)
	d.input(def.Name+"GroupOrder", "A key of an order of groups.",
		line("By this measure; by the groups' keys when absent.", "measure: Measure"),
		line("Of which number; not for a count.", "of: %s", number),
		line("The direction.", "direction: SortDirection! = ASC"),
	)
	measures := []string{
		line("The sum of a number over the rows; 0 when none has it.", "sum(%q of: %s!): Float!", "Of which number.", number),
		line("The mean of a number over the rows that have it.", "avg(%q of: %s!): Float", "Of which number.", number),
		line("The least of a number.", "min(%q of: %s!): Float", "Of which number.", number),
		line("The greatest of a number.", "max(%q of: %s!): Float", "Of which number.", number),
		line("The date that begins first.", "earliest(%q of: %s!): PartialDate", "Of which date.", date),
		line("The date that ends last.", "latest(%q of: %s!): PartialDate", "Of which date.", date),
	}
	d.define("type", def.Name+"Aggregate", "What a list of "+several(def.Name)+" amounts to: over the rows that all its pages have together.",
		" @record(of: AGGREGATE)", append(append([]string{d.count(def.Name, "How many rows", "count")}, measures...),
			line("The same for each group of rows. A row is in the group of each thing behind a connection, and in one without a thing when there is none.",
				`groupBy(%q by: [%s!]!, %q having: [%s!], %q orderBy: [%s!], %q first: Int = 50): [%s!]!`,
				"By which keys; at most three, of which one leads to things.", def.Name+"GroupBy",
				"Only groups that meet all of these.", def.Name+"Having",
				"In this order; the largest first when absent.", def.Name+"GroupOrder",
				"At most so many groups; from 1 to 200.", def.Name+"Group"))...)
	d.define("type", def.Name+"Group", "A group of "+several(def.Name)+".", " @record(of: GROUP)", append([]string{
		line("What its rows have in common, in the order of `by`.", "keys: [GroupKey!]!"),
		line("How many rows.", "count: Int!"),
	}, measures...)...)
}
