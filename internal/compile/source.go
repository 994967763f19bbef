package compile

import (
	_ "embed" // the fixed parts
	"strings"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/names"
	"github.com/partnergraph/partnergraph/internal/plan"
)

//go:embed fragments/search.cypher
var searchText string

//go:embed fragments/changes.cypher
var changesText string

// fixed is a file's clauses without the comment that heads it.
func fixed(text string, params map[string]any) cypher.Fixed {
	var kept []string
	for _, l := range strings.Split(text, "\n") {
		if !strings.HasPrefix(l, "//") {
			kept = append(kept, l)
		}
	}
	return cypher.Fixed{Text: strings.Join(kept, "\n"), Params: params}
}

// bounded ends fixed clauses with the condition that bounds the page.
func bounded(f cypher.Fixed, vars []cypher.Item, where cypher.Expr) cypher.Query {
	if where == nil {
		return cypher.Query{f}
	}
	return cypher.Query{f, cypher.With{Items: vars, Where: where}}
}

func (c *compiler) search(s *plan.Search) rows {
	q := names.ParseQuery(s.Text)
	labels := s.Labels
	if labels == nil {
		labels = []string{}
	}
	text := fixed(searchText, map[string]any{
		"lucene": q.Lucene, "folded": q.Folded, "joined": q.Joined, "words": q.Words, "scattered": q.Scattered, "labels": labels, "day": c.day,
	})
	vars := cypher.Vars("n", "score", "matched", "matchedKind")
	return rows{
		find: func(where cypher.Expr) cypher.Query { return bounded(text, vars, where) },
		vars: vars,
		key: func(by plan.KeyBy) cypher.Expr {
			if by == plan.ByScore {
				return cypher.Var("score")
			}
			return cypher.Prop{Of: cypher.Var("n"), Name: "id"}
		},
		row: row{thing: cypher.Var("n"), named: map[string]cypher.Expr{
			"score": cypher.Var("score"), "matched": cypher.Var("matched"), "matchedKind": cypher.Var("matchedKind"),
		}},
	}
}

func (c *compiler) changes(s *plan.Changes) rows {
	text := fixed(changesText, map[string]any{
		"from": s.From, "until": s.Until, "things": some(s.Things), "ties": some(s.Relationships),
		"noThings": s.NoThings, "noTies": s.NoTies, "begins": s.Begins, "ends": s.Ends,
	})
	vars := cypher.Vars("date", "what", "stated", "node", "relationship", "id")
	return rows{
		find: func(where cypher.Expr) cypher.Query { return bounded(text, vars, where) },
		vars: vars,
		key: func(by plan.KeyBy) cypher.Expr {
			return map[plan.KeyBy]cypher.Expr{
				plan.ByDate: cypher.Call("toString", cypher.Var("date")), plan.ByWhat: cypher.Var("what"), plan.ByChangeID: cypher.Var("id"),
			}[by]
		},
		row: row{named: map[string]cypher.Expr{
			"kind": cypher.Var("what"), "on": cypher.Var("stated"), "node": cypher.Var("node"), "relationship": cypher.Var("relationship"),
		}},
	}
}

func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// between are the paths between two things. No path passes a thing twice.
func (c *compiler) between(s *plan.Between) rows {
	a, b, p := c.fresh("n"), c.fresh("n"), c.fresh("p")
	pattern := cypher.Pattern{
		Path:  p,
		Nodes: []cypher.NodePattern{{Var: a}, {Var: b}},
		Rels:  []cypher.RelPattern{{Types: s.Over, Direction: cypher.Both, Least: 1, Most: s.Most, Star: true}},
	}
	nodes := cypher.Call("nodes", p)
	where := c.holdsAll(p, nodes)
	if s.Shortest {
		pattern.Function = "allShortestPaths"
	} else {
		n, m := c.fresh("n"), c.fresh("n")
		same := cypher.Comprehension{Var: m, In: nodes, Where: cypher.Cmp(m, "=", n)}
		where = cypher.AndAll(where, cypher.All{Var: n, In: nodes, Where: cypher.Cmp(cypher.Call("size", same), "=", cypher.Lit("1"))})
	}
	rel := c.fresh("r")
	route := cypher.Call("reduce", cypher.Op{Sign: "=", Of: []cypher.Expr{cypher.Var("s"), cypher.Lit("''")}},
		cypher.Lit(string(rel)+" IN relationships("+string(p)+") | s + "+string(rel)+".id + ' '"))
	return rows{
		find: func(more cypher.Expr) cypher.Query {
			return cypher.Query{
				cypher.Match{Patterns: []cypher.Pattern{
					{Nodes: []cypher.NodePattern{{Var: a, Label: "Node", ID: cypher.Param{Value: s.From}}}},
					{Nodes: []cypher.NodePattern{{Var: b, Label: "Node", ID: cypher.Param{Value: s.To}}}},
				}},
				cypher.Match{Patterns: []cypher.Pattern{pattern}, Where: cypher.AndAll(where, more)},
			}
		},
		vars: cypher.Vars(p),
		key: func(by plan.KeyBy) cypher.Expr {
			if by == plan.ByLength {
				return cypher.Call("length", p)
			}
			return route
		},
		row: row{path: p},
	}
}

// around is a thing, the things around it, nearest first, and the relationships among all that is shown.
func (c *compiler) around(s *plan.Around) cypher.Query {
	center, far, path := c.fresh("n"), c.fresh("n"), c.fresh("p")
	found, shown, distance := cypher.Var("found"), cypher.Var("shown"), cypher.Var("distance")
	a, b, r := c.fresh("n"), c.fresh("n"), c.fresh("r")
	all := cypher.Op{Sign: "+", Of: []cypher.Expr{shown, cypher.List{center}}}
	walk := cypher.Query{
		cypher.Match{
			Patterns: []cypher.Pattern{{
				Path:  path,
				Nodes: []cypher.NodePattern{{Var: center}, {Var: far}},
				Rels:  []cypher.RelPattern{{Types: s.Over, Direction: cypher.Both, Least: 1, Most: s.Depth, Star: true}},
			}},
			// The thing in the middle was named by its id, which finds it on any day.
			Where: cypher.AndAll(c.holdsAll(path, cypher.Call("tail", cypher.Call("nodes", path))), cypher.Cmp(far, "<>", center)),
		},
		cypher.With{Items: []cypher.Item{{Of: far}, {Of: cypher.Call("min", cypher.Call("length", path)), As: distance}}, Order: []cypher.Sort{
			{By: distance}, {By: cypher.Prop{Of: far, Name: "name"}}, {By: cypher.Prop{Of: far, Name: "id"}},
		}},
		cypher.Return{Items: cypher.Vars(far)},
	}
	among := cypher.Sub{Kind: "COLLECT", Of: cypher.Query{
		cypher.Unwind{List: all, As: a},
		cypher.Match{
			Patterns: []cypher.Pattern{{
				Nodes: []cypher.NodePattern{{Var: a}, {Var: b}},
				Rels:  []cypher.RelPattern{{Var: r, Types: s.Over, Direction: cypher.Out}},
			}},
			Where: cypher.AndAll(c.holds(r), cypher.Cmp(b, "IN", all)),
		},
		cypher.Return{Items: cypher.Vars(r), Order: []cypher.Sort{{By: cypher.Prop{Of: r, Name: "id"}}}},
	}}
	limit := cypher.Param{Name: "limit", Value: s.Limit}
	return cypher.Query{
		cypher.Match{Patterns: []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: center, Label: "Node", ID: cypher.Param{Value: s.ID}}}}}},
		cypher.With{Items: []cypher.Item{{Of: center}, {Of: cypher.Sub{Kind: "COLLECT", Of: walk}, As: found}}},
		cypher.With{Items: []cypher.Item{{Of: center}, {Of: found}, {Of: cypher.Comprehension{
			Var: "i", In: cypher.Call("range", cypher.Lit("0"), cypher.Op{Sign: "-", Of: []cypher.Expr{limit, cypher.Lit("1")}}),
			Where: cypher.Cmp(cypher.Var("i"), "<", cypher.Call("size", found)), Give: cypher.Index{Of: found, At: cypher.Var("i")},
		}, As: shown}}},
		cypher.With{Items: []cypher.Item{{Of: center}, {Of: found}, {Of: shown}, {Of: among, As: "ties"}}},
		answer(c.selection(s.Of, row{named: map[string]cypher.Expr{
			"center": center, "nodes": shown, "relationships": cypher.Var("ties"),
			"totalCount": cypher.Call("size", found),
			"truncated":  cypher.Cmp(cypher.Call("size", found), ">", limit),
		}})),
	}
}

// tally counts by type, once for each list that is asked for.
func (c *compiler) tally(s *plan.Tally) cypher.Query {
	n, r, l := c.fresh("n"), c.fresh("r"), c.fresh("l")
	label := cypher.Call("head", cypher.Comprehension{
		Var: l, In: cypher.Call("labels", n), Where: cypher.Cmp(l, "IN", cypher.Param{Name: "types", Value: s.Types}),
	})
	things := cypher.Match{Patterns: []cypher.Pattern{{Nodes: []cypher.NodePattern{{Var: n, Label: "Node"}}}}, Where: c.holds(n)}
	ties := cypher.Match{Patterns: []cypher.Pattern{{
		Nodes: []cypher.NodePattern{{Label: "Node"}, {}},
		Rels:  []cypher.RelPattern{{Var: r, Direction: cypher.Out}},
	}}, Where: c.holds(r)}
	lists := map[string]cypher.Expr{
		"nodes":         counts(things, label),
		"relationships": counts(ties, cypher.Call("type", r)),
	}
	var counted []cypher.Item
	named := map[string]cypher.Expr{}
	for _, col := range s.Of.Columns {
		name := col.(*plan.Each).Name
		if named[name] == nil {
			named[name] = cypher.Var(name)
			counted = append(counted, cypher.Item{Of: lists[name], As: cypher.Var(name)})
		}
	}
	if len(counted) == 0 { // only __typename
		return cypher.Query{answer(cypher.List{})}
	}
	return cypher.Query{cypher.With{Items: counted}, answer(c.selection(s.Of, row{named: named}))}
}

// counts lists how many rows there are of each type, most first.
func counts(of cypher.Match, kind cypher.Expr) cypher.Expr {
	name, count := cypher.Var("type"), cypher.Var("count")
	return cypher.Sub{Kind: "COLLECT", Of: cypher.Query{
		of,
		cypher.With{Items: []cypher.Item{{Of: kind, As: name}}},
		cypher.With{
			Items: []cypher.Item{{Of: name}, {Of: cypher.Call("count", cypher.Lit("*")), As: count}},
			Order: []cypher.Sort{{By: count, Desc: true}, {By: name}},
		},
		cypher.Return{Items: []cypher.Item{{Of: cypher.List{name, count}}}},
	}}
}
