package compile

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// sortKey is one key of an order, written for the rows of a page.
type sortKey struct {
	plan.Key
	value cypher.Expr // what a cursor holds; null where a row has none
	sort  cypher.Expr // what is compared, never null
	// as names the value where it is too dear to be worked out twice; "" elsewhere.
	as cypher.Var
}

// named is a key that the rows of a fixed question bring along.
func namedKey(k plan.Key, of cypher.Expr) sortKey { return sortKey{Key: k, value: of, sort: of} }

// ownKeys writes the keys of rows that bring some along; the others are read of what each row is.
func (c *compiler) ownKeys(own map[plan.KeyBy]cypher.Expr, of cypher.Var) func(plan.Key) sortKey {
	return func(k plan.Key) sortKey {
		if value := own[k.By]; value != nil {
			return namedKey(k, value)
		}
		return c.keyOf(k, of, "")
	}
}

// keyOf writes a key of the rows (thing, tie).
func (c *compiler) keyOf(k plan.Key, thing, tie cypher.Var) sortKey {
	switch k.By {
	case plan.ByName:
		return namedKey(k, cypher.Prop{Of: thing, Name: "nameKey"})
	case plan.ByThingID:
		return namedKey(k, cypher.Prop{Of: thing, Name: "id"})
	case plan.ByTieID:
		return namedKey(k, cypher.Prop{Of: tie, Name: "id"})
	case plan.ByAmount:
		as := c.fresh("k")
		return sortKey{Key: k, value: c.amount(k.Amount, thing), sort: orLast(k, as), as: as}
	}
	of := thing
	if k.By == plan.ByEdge {
		of = tie
	}
	value := c.operand(k.Of, of)
	sort := value
	switch k.Kind {
	case plan.Text:
		sort = byUnit(value)
	case plan.Date:
		sort = prop(of, network.EarliestOf(k.Of.Property))
		value = cypher.Call("toString", sort)
	case plan.Truth:
		value = cypher.Call("toInteger", value)
		sort = value
	}
	return sortKey{Key: k, value: value, sort: orLast(k, sort)}
}

// byUnit puts texts in the order in which they are compared. Neo4j sorts texts as they are stored by code point, but compares
// them with a parameter by UTF-16 unit. A text that was put together is sorted by unit too, so that a cursor stands where its
// row does.
func byUnit(text cypher.Expr) cypher.Expr {
	return cypher.Op{Sign: "+", Of: []cypher.Expr{text, cypher.Lit("''")}}
}

// orLast puts a row without a value behind all others.
func orLast(k plan.Key, of cypher.Expr) cypher.Expr {
	if !k.Absent {
		return of
	}
	return cypher.Call("coalesce", of, cypher.Param{Value: k.Last()})
}

// operand reads a value of a thing or relationship; a text that is compared without regard to case comes folded.
func (c *compiler) operand(o *plan.Operand, of cypher.Var) cypher.Expr {
	if o.Key != "" {
		return cypher.Prop{Of: of, Name: o.Key}
	}
	return cypher.Prop{Of: of, Name: o.Property}
}

// bound is the condition that a row lies behind a key, or before it, in the order. The first key stands in a comparison
// of its own, so that an index of it finds the place.
func bound(keys []sortKey, at plan.Input[[]any], before bool) cypher.Expr {
	var out cypher.Expr
	for i, k := range slices.Backward(keys) {
		sign := ">"
		if k.Desc != before {
			sign = "<"
		}
		var v cypher.Expr = cypher.Param{Value: plan.Part(at, func(key []any) any { return key[i] })}
		if k.Kind == plan.Text { // for the index to be sure that it is one
			v = cypher.Call("toString", v)
		}
		beyond := cypher.Cmp(k.sort, sign, v)
		if out == nil {
			out = beyond
			continue
		}
		out = cypher.AndAll(cypher.Cmp(k.sort, sign+"=", v), cypher.OrAny(beyond, out))
	}
	return out
}
