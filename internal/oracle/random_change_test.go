package oracle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// changer draws changes of a network: mostly by and about a few organisations, so that one change meets what another
// has made.
type changer struct {
	*asker
	cast  []string
	known *learned
	about string // the id of what is changed
}

// learned is what answers have told of what was made.
type learned struct {
	ids      map[string][]string // by the prefix of their types
	versions map[string]int
	hashes   map[string]string
}

func (k *learned) add(id string) {
	prefix, _, _ := strings.Cut(id, "_")
	if !slices.Contains(k.ids[prefix], id) {
		k.ids[prefix] = append(k.ids[prefix], id)
	}
}

// castOf are the few: hosts, and those whom bases serve.
func castOf(o *Oracle) (cast []string) {
	room := map[string]int{"Enterprise": 2, "University": 2, "ResearchCenter": 1, "School": 1, "Alliance": 1}
	for _, t := range o.Network.things {
		if room[t.of.Name] > 0 {
			room[t.of.Name]--
			cast = append(cast, t.id)
		}
	}
	return cast
}

// changes draws an operation that changes the network, once.
func changes(o *Oracle, cast []string, k *learned) *rapid.Generator[*query] {
	return rapid.Custom(func(t *rapid.T) *query {
		c := &changer{asker: &asker{T: t, m: o.Map, oracle: o, query: &query{kind: "mutation"}}, cast: cast, known: k}
		c.query.viewer = c.somebody()
		for range pick(t, []int{1, 1, 1, 2}) {
			f := c.mutation()
			input := f.Arguments.ForName("input")
			of := c.m.Schema.Types[f.Type.Name()]
			head := c.alias(f.Name) + "(" + c.argument(input, c.value(input.Type, "", of)) + ")"
			c.query.roots = append(c.query.roots, &node{head: head, kids: append(c.told(of, 3), c.learning(of)...)})
		}
		return c.query
	})
}

// mutation draws one; those of bases more often, which have the longest lives.
func (c *changer) mutation() *ast.FieldDefinition {
	about := pick(c.T, []string{"practiceBase", "practiceBase", "practiceBase", "placement", "student", ""})
	if about == "practiceBase" && chance(c.T, max(10, 70-10*len(c.known.ids["bas"]))) {
		about = "practiceBaseCreate"
	}
	var fit []*ast.FieldDefinition
	for _, f := range c.m.Schema.Mutation.Fields {
		if strings.HasPrefix(f.Name, about) {
			fit = append(fit, f)
		}
	}
	return pick(c.T, fit)
}

// somebody draws who changes: mostly who speaks for some of the few.
func (c *changer) somebody() access.Viewer {
	if chance(c.T, 10) {
		return c.viewer()
	}
	v := access.Viewer{Subject: pick(c.T, []string{"ann", "bob"})}
	for _, role := range pick(c.T, [][]access.Roles{{access.Office}, {access.Office}, {access.Office, access.Reviewer}, {access.Reviewer}, {access.Admin}, {access.Admin}, {access.Analyst}}) {
		v.Roles |= role
		switch role {
		case access.Office:
			v.Offices = []string{pick(c.T, c.cast), pick(c.T, c.cast), pick(c.T, c.cast)}
		case access.Reviewer:
			v.Reviews = []string{pick(c.T, c.cast), pick(c.T, c.cast)}
		}
	}
	return v
}

// learning asks for what later changes need.
func (c *changer) learning(payload *ast.Definition) (out []*node) {
	if payload.Fields.ForName("registration") != nil {
		out = append(out, &node{head: "known: registration", kids: []*node{{head: "practiceBase { id }"}, {head: "version"}, {head: "contentHash"}}})
	}
	if payload.Fields.ForName("standing") != nil {
		out = append(out, &node{head: "known: standing", kids: []*node{{head: "placement { id }"}, {head: "version"}}})
	}
	return out
}

// told draws what is asked of what code tells: payloads, entries of the feed, and what hangs on them.
func (a *asker) told(of *ast.Definition, depth int) (out []*node) {
	if t := a.m.Types[of.Name]; t != nil && (t.Kind == graphmap.Thing || t.Kind == graphmap.Interface) {
		a.budget, a.pages, a.in = 4, 1, listed{of: t}
		return a.below(t, t.Kind == graphmap.Interface, 1)
	}
	for _, f := range of.Fields {
		kind := a.m.Schema.Types[f.Type.Name()]
		n := &node{head: f.Name + a.directives()}
		switch {
		case strings.HasPrefix(f.Name, "__"), len(f.Arguments) > 0, !chance(a.T, 60), depth == 0 && kind.IsCompositeType():
			continue
		case kind.IsCompositeType():
			n.kids = a.told(kind, depth-1)
		}
		out = append(out, n)
	}
	if len(out) == 0 {
		out = append(out, &node{head: "__typename"})
	}
	return out
}

// value draws what an input gives for the field of a name. Most of it makes sense.
func (c *changer) value(of *ast.Type, name string, payload *ast.Definition) any {
	if of.Elem != nil {
		list := []any{}
		for range pick(c.T, []int{1, 1, 1, 2, 0}) {
			list = append(list, c.value(of.Elem, name, payload))
		}
		return list
	}
	switch def := c.m.Schema.Types[of.NamedType]; {
	case def.Kind == ast.Enum:
		return word(pick(c.T, def.EnumValues).Name)
	case def.Kind == ast.InputObject:
		share := pick(c.T, []int{15, 60, 100, 100})
		var out fields
		for _, f := range def.Fields {
			switch {
			case f.Name == "idempotencyKey" && !chance(c.T, 20):
			case f.Type.NonNull || chance(c.T, share):
				out = append(out, member{f.Name, c.value(f.Type, f.Name, payload)})
			case chance(c.T, 3):
				out = append(out, member{f.Name, nil})
			}
		}
		return out
	}
	switch of.NamedType {
	case "ID":
		c.about = c.idOf(name, payload)
		return c.about
	case "Int":
		return c.whole(name)
	case "Float":
		return pick(c.T, []float64{0.5, 1, 0, -1, 1e300})
	case "Boolean":
		return chance(c.T, 50)
	case "Date", "PartialDate":
		return c.date(name, of.NamedType == "PartialDate")
	}
	return c.words(name)
}

// date draws a day: an end after most beginnings.
func (c *changer) date(name string, partial bool) string {
	days := []string{"2025-09-01", "2026-02-01", "2026-11-21"}
	if partial {
		days = append(days, "2025", "2026-09")
	}
	if strings.HasSuffix(strings.ToLower(name), "until") || name == "on" {
		days = []string{"2026-12-01", "2027-06-30", "2029-02-01"}
	}
	if chance(c.T, 3) {
		days = []string{"0000-01-01", "9999-12-31", "2026-02-30", "0001-01-01"}
	}
	return pick(c.T, days)
}

// fittingIn are the prefixes of the organisations that a field of an input takes; any where it has none here.
var fittingIn = map[string][]string{
	"organization": {"ent", "res"}, "organizations": {"uni", "sch", "all"}, "lead": {"uni"}, "enrolledAt": {"uni", "sch"},
}

// referred are the types of what a field of an input names.
var referred = map[string]string{
	"practiceBase": "PracticeBase", "survivor": "PracticeBase", "distinct": "PracticeBase", "student": "Student", "seen": "Placement",
	"place": "Place", "discipline": "Discipline", "disciplines": "Discipline", "source": "Source", "sources": "Source",
}

// idOf draws an id for the field of an input.
func (c *changer) idOf(name string, payload *ast.Definition) string {
	of := c.m.Types[referred[name]]
	if of == nil && name == "id" {
		for _, f := range payload.Fields {
			if t := c.m.Types[f.Type.Name()]; t != nil && t.Kind == graphmap.Thing {
				of = t
			}
		}
	}
	made := c.known.ids["rel"]
	switch {
	case of != nil:
		made = c.known.ids[of.Prefix]
	case name != "id":
		of, made = c.m.Types["Organization"], slices.Clone(c.cast)
		if own := slices.Concat(c.query.viewer.Offices, c.query.viewer.Reviews); len(own) > 0 && chance(c.T, 85) {
			made = own
		}
		made = slices.DeleteFunc(made, func(id string) bool {
			return fittingIn[name] != nil && !slices.Contains(fittingIn[name], id[:3]) && !chance(c.T, 5)
		})
	case strings.HasPrefix(payload.Name, "Students"):
		of, made = c.m.Types["Student"], c.known.ids["stu"]
	}
	switch {
	case len(made) > 0 && chance(c.T, 80):
		if recent := made[max(0, len(made)-6):]; name == "id" && chance(c.T, 60) {
			made = recent
		}
		return pick(c.T, made)
	case of == nil:
		return "rel_none"
	}
	return c.id(of)
}

// whole draws a number; of a version mostly the one that is.
func (c *changer) whole(name string) int {
	if known := c.known.versions[c.about]; name == "version" && known > 0 && chance(c.T, 90) {
		return known
	}
	if chance(c.T, 4) {
		return pick(c.T, []int{0, -1, 1<<31 - 1})
	}
	return pick(c.T, []int{1, 1, 2, 8, 20, 24})
}

// worded are words, by the fields whose values are not free.
var worded = map[string][]string{
	"creditCode": {"91330100716105852F"},
	"email":      {"a@example.com"},
	"website":    {"https://example.org/"},
	"code":       {"OTHER", "INCOMPLETE", "POLICY", "AGREED", "INCIDENT", "WHY"},
	"rule":       {"hours", "term", "capacity", "night"},
	"fileHash":   {strings.Repeat("0a", 32)},
	"phone":      {"+86 571 0000"},
	"cohort":     {"2024", "2025"},
}

// words draws a text.
func (c *changer) words(name string) string {
	switch {
	case name == "hash" && c.known.hashes[c.about] != "" && chance(c.T, 85):
		return c.known.hashes[c.about]
	case name == "idempotencyKey":
		return fmt.Sprintf("key %d", number(c.T, 1, 30))
	case name == "studentNumber":
		return fmt.Sprintf("%06d", number(c.T, 1, 999_999))
	case worded[name] != nil && chance(c.T, 97):
		return pick(c.T, worded[name])
	case chance(c.T, 4):
		return pick(c.T, []string{"", " ", "\u0000", "'} ) DETACH DELETE n //", "<script>", strings.Repeat("长", 3000), "\u202e", "`", "${x}", "*:*"})
	}
	return fmt.Sprintf("%s %d", pick(c.T, []string{"Cloud practice base", "云计算实践基地", "Li Na", "On site"}), number(c.T, 1, 50))
}
