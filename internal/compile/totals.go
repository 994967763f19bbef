package compile

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// total is how many rows a list has: those that the viewer sees, and of those that are hidden, where everybody may know
// about how many there are, the number to the nearest 5; null when there is nothing to tell.
func (c *compiler) total(source plan.Source, f plan.Filter, from row) cypher.Expr {
	list := &plan.Page{Source: source, Filter: f}
	seen := c.source(list, from).count()
	if !c.rounds(source, f) {
		return seen
	}
	return c.people(seen, func() cypher.Expr { return c.source(list, from).count() })
}

// counted writes a part out of which nothing comes but a number: what everybody may know the number of stays unguarded.
func (c *compiler) counted(part func() cypher.Expr) cypher.Expr {
	c.open = true
	defer func() { c.open = false }()
	return part()
}

// mayCount tells whether things of some types may be counted by everybody.
func (c *compiler) mayCount(types []string) bool {
	hidden := c.hidden(types)
	return len(hidden) > 0 && len(hidden) == len(types) && !slices.ContainsFunc(hidden, func(h plan.Hidden) bool { return !h.Totals })
}

// people is a number of students or placements, of which the viewer may see a part: seen is how many of them they see,
// and count how many there are, worked out again.
func (c *compiler) people(seen cypher.Expr, count func() cypher.Expr) cypher.Expr {
	some, all := c.hidesPeople()
	if !some {
		return seen
	}
	if all {
		seen = cypher.Lit("0")
	}
	return c.roughly(seen, c.counted(count))
}

// hidesPeople tells whether some students or placements are hidden, and whether all are.
func (c *compiler) hidesPeople() (some, all bool) {
	all = true
	for _, h := range c.sight.Hidden {
		if h.Totals {
			some, all = some || !h.Everything(), all && h.Nothing()
		}
	}
	return some, all
}

// roughly adds the hidden part of a number to what is seen of it, to the nearest 5.
func (c *compiler) roughly(seen, all cypher.Expr) cypher.Expr {
	x := c.fresh("x")
	five := cypher.Lit("5")
	s := cypher.Index{Of: x, At: cypher.Lit("0")}
	hidden := cypher.Op{Sign: "-", Of: []cypher.Expr{cypher.Index{Of: x, At: cypher.Lit("1")}, s}}
	fifths := cypher.Op{Sign: "/", Of: []cypher.Expr{cypher.Op{Sign: "+", Of: []cypher.Expr{hidden, cypher.Lit("2")}}, five}}
	return cypher.Call("head", cypher.Comprehension{Var: x, In: cypher.List{cypher.List{seen, all}}, Give: cypher.Case{
		When: cypher.Cmp(hidden, ">=", five),
		Then: cypher.Op{Sign: "+", Of: []cypher.Expr{s, cypher.Op{Sign: "*", Of: []cypher.Expr{fifths, five}}}},
		Else: cypher.Case{When: cypher.Cmp(s, ">", cypher.Lit("0")), Then: s},
	}})
}

// rounds tells whether a list holds things that the viewer doesn't see but may know the number of. A filter looks at
// things, and so at those only that are seen.
func (c *compiler) rounds(source plan.Source, f plan.Filter) bool {
	some, _ := c.hidesPeople()
	return some && f == nil && c.mayCount(c.typesOf(source))
}

// typesOf are the types of what a list holds; none where that isn't things of its own.
func (c *compiler) typesOf(source plan.Source) []string {
	switch s := source.(type) {
	case *plan.All:
		return c.sight.Types[s.Label]
	case *plan.Hops:
		return among(s.Steps[len(s.Steps)-1].Reaches, s.Types)
	}
	return nil
}
