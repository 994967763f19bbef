package oracle

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// asker draws a random operation about the network of an oracle. What one statement may hold is bounded, because the
// database plans every new text.
type asker struct {
	*rapid.T
	m      *graphmap.Map
	oracle *Oracle
	query  *query
	names  int
	budget int // fields that may still be written
	pages  int // lists that may still stand below the root field
	in     listed
}

// queries draws operations, each of which may take up a cursor that an answer to an earlier one holds.
func queries(o *Oracle) *rapid.Generator[asking] {
	return rapid.Custom(func(t *rapid.T) asking {
		var out asking
		for range documents {
			q := operation(t, o)
			for range times {
				out = append(out, o.expect(t, q))
				q = q.again()
			}
		}
		return out
	})
}

// operation draws one to three root fields.
func operation(t *rapid.T, o *Oracle) *query {
	a := &asker{T: t, m: o.Map, oracle: o, query: &query{viewer: admin}}
	for range pick(t, []int{1, 1, 1, 1, 1, 2, 3}) {
		a.budget, a.pages = 11, 2
		a.query.roots = append(a.query.roots, a.root())
	}
	if chance(t, 5) {
		a.query.roots = append(a.query.roots, &node{head: "__typename"})
	}
	if v := a.viewer(); !worksOut.MatchString(a.query.String()) || access.SightOf("STUDENT", v.Roles).Everything() {
		a.query.viewer = v
	}
	return a.query
}

// worksOut finds the analyses. How many people are in them to tell is what TestPeople of the acceptance tests is about.
var worksOut = regexp.MustCompile(`\b(coverage|capacity|ifRemoved|falls)\b`)

// viewer draws who asks.
func (a *asker) viewer() access.Viewer {
	var organizations []string
	for _, t := range a.oracle.Network.things {
		if t.is(a.m.Types["Organization"]) {
			organizations = append(organizations, t.id)
		}
	}
	v := access.Viewer{}
	for _, role := range pick(a.T, [][]access.Roles{
		{access.Admin}, {access.Admin}, {access.Admin}, {}, {}, {access.Analyst}, {access.Analyst},
		{access.Office}, {access.Office}, {access.Office}, {access.Reviewer}, {access.Reviewer}, {access.Analyst, access.Office}, {access.Office, access.Reviewer},
	}) {
		v.Roles |= role
		if len(organizations) == 0 {
			continue
		}
		switch role {
		case access.Office:
			v.Offices = []string{pick(a.T, organizations), pick(a.T, organizations)}
		case access.Reviewer:
			v.Reviews = []string{pick(a.T, organizations)}
		}
	}
	return v
}

// alias gives a field a name of its own, so that it can stand beside others of its name.
func (a *asker) alias(name string) string {
	a.names++
	return fmt.Sprintf("%s%d: %s", strings.ToLower(name[:1]), a.names, name)
}

var startKinds = []string{"ALL", "ALL", "ALL", "ALL", "ID", "ID", "ID", "ID", "ID", "IDS", "SEARCH", "PATHS", "NEIGHBORHOOD", "CHANGES", "STATS", "ENDING", "FACTS", "QUEUE", "INSURED"}

func (a *asker) root() *node {
	start := pick(a.T, startKinds)
	var roots []*graphmap.Root
	for _, f := range a.m.Schema.Query.Fields {
		if r := a.m.Roots[f.Name]; r != nil && r.Start == start {
			roots = append(roots, r)
		}
	}
	if start == "ID" && chance(a.T, 40) { // from where several hops lead on
		roots = slices.DeleteFunc(roots, func(r *graphmap.Root) bool { return !leadsFar(r.Target) })
	}
	filled := slices.DeleteFunc(slices.Clone(roots), func(r *graphmap.Root) bool { return !a.holds(r.Target) })
	if len(filled) > 0 && chance(a.T, 85) {
		roots = filled
	}
	return a.rootField(pick(a.T, roots))
}

func (a *asker) rootField(r *graphmap.Root) *node {
	a.in = listed{of: r.Target.Node}
	head := a.alias(r.Name) + a.parens(r.Def.Arguments, a.rootArguments(r)) + a.directives()
	return &node{head: head, kids: a.below(r.Target, false, 3)}
}

// leadsFar tells whether a field of the type follows several hops.
func leadsFar(t *graphmap.Type) bool {
	return slices.ContainsFunc(t.Fields, func(f *graphmap.Field) bool { return len(f.Hops) > 1 })
}

// holds tells whether the network has something of the type.
func (a *asker) holds(t *graphmap.Type) bool {
	if t.Kind == graphmap.Connection {
		t = t.Node
	}
	return slices.ContainsFunc(a.oracle.Network.things, func(n *thing) bool { return n.is(t) })
}

func (a *asker) parens(defs ast.ArgumentDefinitionList, values map[string]any) string {
	var parts []string
	for _, def := range defs {
		if v, given := values[def.Name]; given {
			parts = append(parts, a.argument(def, v))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// directives draws @skip or @include, now and then.
func (a *asker) directives() string {
	if !chance(a.T, 4) {
		return ""
	}
	name := pick(a.T, []string{"include", "skip"})
	truth := chance(a.T, 50)
	return fmt.Sprintf(" @%s(if: %s)", name, literal(a.perhapsVariable(ast.NonNullNamedType("Boolean", nil), truth, 50)))
}

func (a *asker) rootArguments(r *graphmap.Root) map[string]any {
	out := map[string]any{}
	if r.Def.Arguments.ForName("asOf") != nil {
		a.days(out)
	}
	node := a.m.Types["Node"]
	switch r.Start {
	case "ID":
		out["id"] = draws(func() any { return a.id(r.Target) })
	case "IDS":
		out["ids"] = draws(func() any {
			ids := []any{}
			for range number(a.T, 0, 4) {
				ids = append(ids, a.id(node))
			}
			return ids
		})
	case "ALL":
		a.list(r.Def, nil, out)
	case "SEARCH":
		out["query"] = draws(func() any {
			if chance(a.T, 3) {
				return a.wrong("", " - ", strings.Repeat("long ", 41))
			}
			return a.searched()
		})
		a.some(r.Def, "types", 25, out)
		a.listBy(byScore, node, nil, nil, out)
	case "PATHS":
		out["from"], out["to"] = draws(func() any { return a.id(node) }), draws(func() any { return a.id(node) })
		a.some(r.Def, "over", 25, out)
		if chance(a.T, 50) {
			out["mode"] = word("ALL")
		}
		if chance(a.T, 50) {
			out["maxLength"] = number(a.T, 1, 4)
			if chance(a.T, 5) {
				out["maxLength"] = pick(a.T, []int{0, 6, 8, 9})
			}
		}
		a.listBy(byLength, r.Target.Node, nil, nil, out)
	case "QUEUE":
		a.list(r.Def, nil, out)
	case "INSURED":
		a.list(r.Def, nil, out)
		out["within"] = draws(func() any { return pick(a.T, []int{1, 365, 3660, 1, 365, 3660, 400, 3660, 3660, 0, 3661}) })
	case "ENDING":
		out["within"] = draws(func() any { return pick(a.T, []int{1, 365, 3660, 1, 365, 3660, 400, 3660, 3660, 0, 3661}) })
		a.listBy(byEnd, r.Target.Node, nil, nil, out)
	case "FACTS":
		a.some(r.Def, "kinds", 40, out)
		a.some(r.Def, "types", 30, out)
		a.some(r.Def, "relationships", 30, out)
		a.listBy(byKind, r.Target.Node, nil, nil, out)
	case "NEIGHBORHOOD":
		out["of"] = draws(func() any { return a.id(node) })
		a.some(r.Def, "over", 25, out)
		if chance(a.T, 60) {
			out["depth"] = pick(a.T, []int{1, 2, 3, 2, 3, 1, 2, 3, 0, 4})
		}
		if chance(a.T, 50) {
			out["first"] = draws(func() any { return pick(a.T, []int{1, 2, 3, 5, 200, 1, 2, 3, 5, 0}) })
		}
	case "CHANGES":
		// Drawn apart, so that a few come the wrong way round.
		out["from"] = draws(func() any { return min(a.day(), a.day(), a.day()) })
		out["until"] = draws(func() any { return max(a.day(), a.day(), a.day()) })
		a.some(r.Def, "types", 30, out)
		a.some(r.Def, "relationships", 30, out)
		a.listBy(byDate, r.Target.Node, nil, nil, out)
	}
	return out
}

// days draws the day or the days that are looked at.
func (a *asker) days(out map[string]any) {
	oneDay := draws(func() any {
		if chance(a.T, 1) {
			return a.wrong("2023-02-30", "2023", "yesterday")
		}
		return a.day()
	})
	n := number(a.T, 0, 99)
	if n < 50 || n == 99 {
		out["asOf"] = oneDay
	}
	if n >= 70 {
		span := a.m.Schema.Types["Span"].Fields
		out["during"] = fields{ // drawn apart, so that a few come the wrong way round
			{"from", a.perhapsVariable(span.ForName("from").Type, draws(func() any { return min(a.day(), a.day(), a.day(), a.day()) }), 30)},
			{"to", a.perhapsVariable(span.ForName("to").Type, draws(func() any { return max(a.day(), a.day(), a.day()) }), 30)},
		}
	}
}

// some draws values of an enum, mostly those of which the network has something.
func (a *asker) some(f *ast.FieldDefinition, argument string, percent int, out map[string]any) {
	if !chance(a.T, percent) {
		return
	}
	list := []any{}
	for range number(a.T, 1, 4) {
		of := f.Arguments.ForName(argument).Type.Name()
		switch ties := a.oracle.Network.ties; {
		case of == "NodeType" && chance(a.T, 80):
			list = append(list, word(pick(a.T, a.oracle.Network.things).of.Name))
		case of == "RelationshipType" && len(ties) > 0 && chance(a.T, 80):
			list = append(list, word(pick(a.T, ties).kind))
		default:
			list = append(list, word(pick(a.T, a.m.Schema.Types[of].EnumValues).Name))
		}
	}
	out[argument] = list
}
