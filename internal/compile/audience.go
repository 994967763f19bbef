package compile

import (
	"fmt"
	"strings"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/cypher"
)

// Audience are circles of viewers before things with a label.
type Audience struct {
	Label   string // "" for all other things
	Circles []access.Circle
}

// Keys writes a part of a statement that gives, as `keys`, the keys by which viewers are let into the thing n.
func Keys(n string, of []Audience) string {
	c := &compiler{names: map[string]int{}}
	var out cypher.Expr = cypher.List{}
	for i := len(of) - 1; i >= 0; i-- {
		keys := c.keys(of[i].Circles, cypher.Var(n))
		if of[i].Label != "" {
			keys = cypher.Case{When: cypher.HasLabel{Of: cypher.Var(n), Labels: []string{of[i].Label}}, Then: keys, Else: out}
		}
		out = keys
	}
	return strings.TrimSpace(cypher.Write(cypher.Query{cypher.Return{Items: []cypher.Item{item(out, "keys")}}}).Text)
}

func (c *compiler) keys(of []access.Circle, n cypher.Var) cypher.Expr {
	var parts []cypher.Expr
	for _, circle := range of {
		if keys := c.circle(circle, circle.Of, n); keys != nil {
			parts = append(parts, keys)
		}
	}
	return concat(parts)
}

// circle gives the keys of a circle: its own as a whole, or one for each organisation at the end of its walks.
func (c *compiler) circle(of access.Circle, cond access.Condition, n cypher.Var) cypher.Expr {
	switch cond := cond.(type) {
	case access.Never:
		return nil
	case access.Always:
		return cypher.List{text(of.Key)}
	case access.Having:
		return cypher.Case{When: always(c.meets(cond, n)), Then: cypher.List{text(of.Key)}, Else: cypher.List{}}
	case access.Tied:
		pattern, end := c.walk(cond, n)
		key := cypher.Op{Sign: "+", Of: []cypher.Expr{text(of.Key + ":"), prop(end, "id")}}
		return cypher.Sub{Kind: "COLLECT", Of: cypher.Query{
			cypher.Match{Patterns: []cypher.Pattern{pattern}},
			cypher.Return{Distinct: true, Items: []cypher.Item{{Of: key, As: c.fresh("key")}}},
		}}
	case access.Either:
		var parts []cypher.Expr
		for _, part := range cond {
			if keys := c.circle(of, part, n); keys != nil {
				parts = append(parts, keys)
			}
		}
		return concat(parts)
	case access.Both:
		var when []cypher.Expr
		var then cypher.Expr
		for _, part := range cond {
			if !walks(part) {
				when = append(when, c.meets(part, n))
			} else if then == nil {
				then = c.circle(of, part, n)
			} else {
				panic("no keys for two walks that must both be there")
			}
		}
		return cypher.Case{When: always(cypher.AndAll(when...)), Then: then, Else: cypher.List{}}
	}
	panic(fmt.Sprintf("no keys for a condition such as %T", cond))
}

func concat(parts []cypher.Expr) cypher.Expr {
	switch len(parts) {
	case 0:
		return nil
	case 1:
		return parts[0]
	}
	return cypher.Op{Sign: "+", Of: parts}
}

// walks tells whether a condition asks for a walk.
func walks(cond access.Condition) bool {
	switch cond := cond.(type) {
	case access.Tied:
		return true
	case access.Either:
		return len(cond) > 0 && walks(cond[0])
	}
	return false
}
