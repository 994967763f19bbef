package graphmap

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// Load is Of for the text of a schema.
func Load(name, text string) (*Map, error) {
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: name, Input: text})
	if err != nil {
		return nil, err
	}
	return Of(schema)
}

// Of reads the map from a schema and checks it against itself. The error names every fault with its file and line, one
// to a line.
func Of(schema *ast.Schema) (*Map, error) {
	l := &loader{m: &Map{
		Schema:        schema,
		Types:         map[string]*Type{},
		Relationships: map[string]*Rel{},
		Roots:         map[string]*Root{},
	}}
	l.types()
	l.relationships()
	l.fields()
	l.roots()
	slices.SortFunc(l.faults, func(a, b fault) int { return before(a.at, b.at) })
	var errs []error
	for _, f := range l.faults {
		errs = append(errs, fmt.Errorf("%s:%d: %s", f.at.Src.Name, f.at.Line, f.text))
	}
	return l.m, errors.Join(errs...)
}

type fault struct {
	at   *ast.Position
	text string
}

// before is negative where a stands before b.
func before(a, b *ast.Position) int {
	return cmp.Or(strings.Compare(a.Src.Name, b.Src.Name), a.Line-b.Line)
}

type loader struct {
	m      *Map
	faults []fault
}

func (l *loader) fail(at *ast.Position, format string, args ...any) {
	l.faults = append(l.faults, fault{at, fmt.Sprintf(format, args...)})
}

// defs lists the object and interface definitions in the order of the schema.
func (l *loader) defs() []*ast.Definition {
	var out []*ast.Definition
	for _, d := range l.m.Schema.Types {
		root := d == l.m.Schema.Query || d == l.m.Schema.Mutation || d == l.m.Schema.Subscription
		if !d.BuiltIn && !root && (d.Kind == ast.Object || d.Kind == ast.Interface) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b *ast.Definition) int { return before(a.Position, b.Position) })
	return out
}

var records = map[string]Kind{
	"RELATIONSHIP": Relationship, "PATH": Path, "ITEM": Item, "POINT": Point, "ROW": Row,
	"AGGREGATE": Aggregate, "GROUP": Group, "GROUP_KEY": GroupKey,
}

func (l *loader) types() {
	prefixes := map[string]string{}
	for _, d := range l.defs() {
		t := &Type{Name: d.Name, Def: d, byName: map[string]*Field{}}
		switch node, label, record := d.Directives.ForName("node"), d.Directives.ForName("label"), d.Directives.ForName("record"); {
		case node != nil:
			t.Kind, t.Label, t.Prefix = Thing, arg(node, "label"), arg(node, "prefix")
			t.Begins, t.Ends, t.Seen = arg(node, "begins"), arg(node, "ends"), arg(node, "seen")
			t.Survivor, t.Written = arg(node, "survivor"), arg(node, "written")
			t.Concrete = []string{d.Name}
			if t.Label != d.Name {
				l.fail(d.Position, "%s has the label %s: a thing's label is the name of its type", d.Name, t.Label)
			}
			if other, taken := prefixes[t.Prefix]; taken {
				l.fail(d.Position, "%s has the id prefix %s of %s", d.Name, t.Prefix, other)
			}
			prefixes[t.Prefix] = d.Name
			if !slices.Contains(d.Interfaces, "Node") {
				l.fail(d.Position, "%s is a @node, so it must implement Node", d.Name)
			}
			for _, p := range []string{t.Begins, t.Ends} {
				if p != "" && (d.Fields.ForName(p) == nil || d.Fields.ForName(p).Type.Name() != "PartialDate") {
					l.fail(d.Position, "%s begins or ends by %q, which is not one of its fields of type PartialDate", d.Name, p)
				} else if p != "" && d.Fields.ForName(p).Directives.ForName("confidential") != nil {
					l.fail(d.Position, "%s begins or ends by %q, which is confidential: everybody who sees it sees on which days it holds", d.Name, p)
				}
			}
			if t.Survivor != "" && (d.Fields.ForName(t.Survivor) == nil || d.Fields.ForName(t.Survivor).Type.Name() != "ID") {
				l.fail(d.Position, "%s has its survivor in %q, which is not one of its fields of type ID", d.Name, t.Survivor)
			}
		case label != nil:
			t.Kind, t.Label = Interface, arg(label, "name")
		case record != nil:
			t.Kind = records[arg(record, "of")]
		case d.Name == "PageInfo":
			t.Kind = PageInfo
		case d.Name == "Connection" || d.Name == "Edge":
			continue // the interfaces that mark the others
		case d.Directives.ForName("resolved") != nil:
			continue // not in the graph
		case slices.Contains(d.Interfaces, "Connection"):
			t.Kind = Connection
		case slices.Contains(d.Interfaces, "Edge"):
			t.Kind = Edge
		default:
			l.fail(d.Position, "type %s says nothing of how it is read: add @node, @label or @record, or implement Connection or Edge", d.Name)
			continue
		}
		l.m.Types[d.Name] = t
	}
	for _, d := range l.defs() {
		t := l.m.Types[d.Name]
		if t == nil || t.Kind != Interface {
			continue
		}
		for _, c := range l.defs() {
			if ct := l.m.Types[c.Name]; ct != nil && ct.Kind == Thing && slices.Contains(c.Interfaces, d.Name) {
				t.Concrete = append(t.Concrete, c.Name)
				t.Survivor = cmp.Or(t.Survivor, ct.Survivor)
			}
		}
	}
	for name := range l.m.Types {
		t := l.m.Types[name]
		if t.Kind == Connection || t.Kind == Edge {
			l.pageOf(t)
		}
	}
}

// pageOf finds what is on the page of a connection or edge.
func (l *loader) pageOf(t *Type) {
	field := "node"
	if t.Kind == Connection {
		field = "nodes"
		if t.Def.Fields.ForName("edges") == nil {
			l.fail(t.Def.Position, "connection %s lacks the field edges", t.Name)
		}
	}
	f := t.Def.Fields.ForName(field)
	if f == nil || l.m.Types[f.Type.Name()] == nil {
		l.fail(t.Def.Position, "%s lacks the field %s with what is on the page", t.Name, field)
		return
	}
	t.Node = l.m.Types[f.Type.Name()]
}

func (l *loader) relationships() {
	enum := l.m.Schema.Types["RelationshipType"]
	if enum == nil {
		l.fail(l.m.Schema.Query.Position, "the enum RelationshipType is missing")
		return
	}
	for _, v := range enum.EnumValues {
		d := v.Directives.ForName("relationship")
		if d == nil {
			l.fail(v.Position, "relationship %s does not say what it joins: add @relationship", v.Name)
			continue
		}
		rel := &Rel{Type: v.Name, Noun: arg(d, "noun"), At: "FROM"}
		if arg(d, "at") == "TO" {
			rel.At = "TO"
		}
		for _, join := range list(d, "joins") {
			j := Join{From: l.ends(d, child(join, "from")), To: l.ends(d, child(join, "to"))}
			rel.Joins = append(rel.Joins, j)
		}
		for _, p := range list(d, "properties") {
			rel.Properties = append(rel.Properties, p.Raw)
			if rt := l.m.Schema.Types["Relationship"]; rt == nil || rt.Fields.ForName(p.Raw) == nil {
				l.fail(d.Position, "relationship %s carries %q, which is not a field of the type Relationship", v.Name, p.Raw)
			}
		}
		l.m.Relationships[v.Name] = rel
	}
	things := l.m.Schema.Types["NodeType"]
	for _, t := range l.m.Types {
		if t.Kind == Thing && (things == nil || things.EnumValues.ForName(t.Name) == nil) {
			l.fail(t.Def.Position, "type %s is missing from the enum NodeType", t.Name)
		}
	}
}

func (l *loader) ends(d *ast.Directive, name string) []string {
	t := l.m.Types[name]
	if t == nil || len(t.Concrete) == 0 {
		l.fail(d.Position, "@relationship names %q, which is no type of things", name)
		return nil
	}
	return t.Concrete
}

func (l *loader) roots() {
	for _, d := range l.m.Schema.Query.Fields {
		if strings.HasPrefix(d.Name, "__") || d.Directives.ForName("resolved") != nil {
			continue
		}
		start := d.Directives.ForName("start")
		if start == nil {
			l.fail(d.Position, "root field %s does not say where it begins: add @start, or @resolved if code answers it", d.Name)
			continue
		}
		t := l.m.Types[d.Type.Name()]
		if t == nil {
			l.fail(d.Position, "root field %s answers %s, which is not on the map", d.Name, d.Type.Name())
			continue
		}
		if d.Type.NonNull {
			l.fail(d.Position, "root field %s must be nullable, so that its failure leaves the others whole", d.Name)
		}
		l.m.Roots[d.Name] = &Root{Name: d.Name, Start: arg(start, "at"), Target: t, Def: d}
	}
}

// arg is the text of an argument as written; "" when it is absent.
func arg(d *ast.Directive, name string) string {
	if a := d.Arguments.ForName(name); a != nil {
		return a.Value.Raw
	}
	return ""
}

func list(d *ast.Directive, name string) []*ast.Value {
	if a := d.Arguments.ForName(name); a != nil {
		return elements(a.Value)
	}
	return nil
}

func elements(of *ast.Value) []*ast.Value {
	var out []*ast.Value
	if of != nil {
		for _, c := range of.Children {
			out = append(out, c.Value)
		}
	}
	return out
}

func child(v *ast.Value, name string) string {
	if c := v.Children.ForName(name); c != nil {
		return c.Raw
	}
	return ""
}
