package compile

import (
	"fmt"
	"strings"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// amount is what the rows behind a connection amount to.
func (c *compiler) amount(a *plan.Amount, n cypher.Var) cypher.Expr {
	if a.Measure.Of == nil {
		return c.count(a.Hops, a.Of, n)
	}
	rs := c.source(&plan.Page{Source: a.Hops, Filter: a.Of}, row{of: n})
	return cypher.Call("head", cypher.Sub{Kind: "COLLECT", Of: append(rs.all(nil), cypher.Return{Items: []cypher.Item{{Of: c.measure(a.Measure, rs)}}})})
}

// measure writes a measure as an aggregation over rows.
func (c *compiler) measure(m plan.Measure, rs rows) cypher.Expr {
	if m.Of == nil {
		return cypher.Call("count", cypher.Lit("*"))
	}
	of := rs.row.thing
	if m.Edge {
		of = rs.tie
	}
	switch m.Make {
	case "EARLIEST":
		return dated("min", of, m.Of.Property, network.EarliestOf)
	case "LATEST":
		return dated("max", of, m.Of.Property, network.LatestOf)
	}
	read := c.operand(m.Of, of)
	if m.Make == "AVG" {
		// Neo4j's own mean moves from row to row, so that its last digit depends on the order of the rows.
		some := cypher.Call("count", read)
		mean := cypher.Op{Sign: "/", Of: []cypher.Expr{cypher.Call("toFloat", cypher.Call("sum", read)), some}}
		return cypher.Case{When: cypher.Cmp(some, ">", cypher.Lit("0")), Then: mean}
	}
	return cypher.Call(strings.ToLower(m.Make), read)
}

// dated finds the date with the first or last bound, as it was stated.
func dated(function string, of cypher.Var, property string, bound func(string) string) cypher.Expr {
	stated := cypher.Prop{Of: of, Name: property}
	pair := orNull(stated, cypher.List{prop(of, bound(property)), stated})
	return cypher.Index{Of: cypher.Call(function, pair), At: cypher.Lit("1")}
}

// measureName tells measures of one list apart.
func measureName(m plan.Measure) string { return m.String() }

// amounts writes what the rows of a list amount to: the measures in one go, and each grouping in one of its own. Count is
// how many there are to tell, if that isn't the number of rows.
func (c *compiler) amounts(s *plan.Selection, count cypher.Expr, source func() rows) cypher.Expr {
	rs := source()
	if count == nil && isCount(s) {
		return cypher.List{rs.count()}
	}
	named := map[string]cypher.Expr{}
	var measured []cypher.Item
	var grouped []*plan.Grouped
	for _, col := range s.Columns {
		switch col := col.(type) {
		case *plan.Measured:
			if count != nil && col.Measure.Of == nil {
				named[measureName(col.Measure)] = count
				continue
			}
			name := c.fresh("m")
			named[measureName(col.Measure)] = name
			measured = append(measured, cypher.Item{Of: c.measure(col.Measure, rs), As: name})
		case *plan.Grouped:
			grouped = append(grouped, col)
		}
	}
	q := rs.all(nil)
	if len(grouped) > 0 && rs.once != nil {
		// One walk for the measures and all groupings, which begin at its rows.
		found, again := c.kept(rs)
		measured = append(measured, cypher.Item{Of: cypher.Call("collect", found.of), As: found.as})
		for _, g := range grouped {
			named[fmt.Sprintf("%p", g)] = c.groups(g, rs, again(nil))
		}
	} else {
		for _, g := range grouped {
			rs := source()
			named[fmt.Sprintf("%p", g)] = c.groups(g, rs, rs.all(nil))
		}
	}
	read := c.selection(s, row{named: named})
	if len(measured) == 0 {
		return read
	}
	return cypher.Call("head", cypher.Sub{Kind: "COLLECT", Of: append(q,
		cypher.With{Items: measured},
		cypher.Return{Items: []cypher.Item{{Of: read}}},
	)})
}

// isCount tells whether nothing is asked but how many rows there are.
func isCount(s *plan.Selection) bool {
	if len(s.Columns) != 1 {
		return false
	}
	m, ok := s.Columns[0].(*plan.Measured)
	return ok && m.Measure.Of == nil
}
