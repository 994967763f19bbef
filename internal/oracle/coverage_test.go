package oracle

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// coverage is what the random queries have asked for: the parts that their plans are made of, the values by which
// those parts differ, and the kinds of types that were answered.
type coverage struct {
	parts map[string]int
	types map[graphmap.Kind]int
}

// add walks the plans of a query. A root field whose plan is refused has none.
func (c *coverage) add(t dbtest.TB, p *product, q *query) {
	doc, variables, err := parse(p.m.Schema, q)
	if err != nil {
		t.Fatalf("%v", err)
	}
	op := &graphql.OperationContext{Doc: doc, Operation: doc.Operations[0], Variables: variables}
	for _, f := range graphql.CollectFields(op, doc.Operations[0].SelectionSet, []string{"Query"}) {
		if p.m.Roots[f.Name] == nil {
			continue
		}
		if made, err := p.planner.Plan(op, q.viewer, f); err == nil {
			c.walk(reflect.ValueOf(made))
		}
	}
}

func (c *coverage) count(part string) {
	if c.parts == nil {
		c.parts = map[string]int{}
	}
	c.parts[part]++
}

// walk notes the type of each part of a plan, and its words: the operators, the quantities, what is computed.
func (c *coverage) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			c.walk(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.walk(v.Index(i))
		}
	case reflect.Struct:
		if !strings.HasSuffix(v.Type().PkgPath(), "/plan") {
			return
		}
		c.count(v.Type().Name())
		if strings.HasPrefix(v.Type().Name(), "Input[") { // what a request gives
			return
		}
		for i := range v.NumField() {
			if v.Field(i).Kind() == reflect.String {
				c.count(v.Type().Name() + " " + v.Field(i).String())
			}
			c.walk(v.Field(i))
		}
	case reflect.String:
		if strings.HasSuffix(v.Type().PkgPath(), "/plan") {
			c.count(v.Type().Name() + " " + v.String())
		}
	}
}

// kinds notes which kinds of types an oracle has answered.
func (c *coverage) kinds(o *Oracle) {
	if c.types == nil {
		c.types = map[graphmap.Kind]int{}
	}
	for kind := range o.Seen {
		c.types[kind]++
	}
}

// check demands that every part that package plan declares was asked for, and every kind of type.
func (c *coverage) check(t *testing.T, m *graphmap.Map) {
	t.Helper()
	var want []string
	for _, method := range []string{"start", "source", "column", "filter"} {
		want = append(want, receivers(t, method)...)
	}
	for _, op := range []plan.Op{plan.Eq, plan.In, plan.Contains, plan.StartsWith, plan.Gt, plan.Gte, plan.Lt, plan.Lte} {
		want = append(want, "Op "+string(op))
	}
	for _, q := range []plan.Quant{plan.Some, plan.None, plan.Every, plan.One} {
		want = append(want, "Quant "+string(q))
	}
	for _, s := range []plan.Subject{plan.Things, plan.Ties, plan.Rows} {
		want = append(want, "Subject "+string(s))
	}
	for _, by := range []plan.KeyBy{
		plan.ByName, plan.ByThingID, plan.ByTieID, plan.ByProperty, plan.ByEdge, plan.ByAmount, plan.ByScore, plan.ByLength, plan.ByRoute, plan.ByDate, plan.ByWhat, plan.ByChangeID,
		plan.ByEnd, plan.ByKind, plan.ByFactID,
	} {
		want = append(want, "KeyBy "+string(by))
	}
	for _, k := range []plan.KeyKind{plan.Text, plan.Number, plan.Date, plan.Moment, plan.Truth} {
		want = append(want, "KeyKind "+string(k))
	}
	for _, m := range []string{"COUNT", "SUM", "AVG", "MIN", "MAX", "EARLIEST", "LATEST"} {
		want = append(want, "Measure "+m)
	}
	want = append(want,
		"Having", "GroupSort",
		"Computed CERTAINTY", "Computed RELATIONSHIP_TYPE", "Computed LENGTH",
		"Node START", "Node END", "Each NODES", "Each RELATIONSHIPS", "Tie relationship", "Node center", "Named score",
	)
	for _, as := range analyses(m) {
		want = append(want, "Analysis "+as)
	}
	want = slices.DeleteFunc(want, func(part string) bool { return part == "Told" }) // by code that has tests of its own
	for _, part := range want {
		if c.parts[part] == 0 {
			t.Errorf("no query's plan has the part %q", part)
		}
	}
	for _, kind := range []graphmap.Kind{
		graphmap.Thing, graphmap.Connection, graphmap.Edge, graphmap.PageInfo,
		graphmap.Relationship, graphmap.Path, graphmap.Item, graphmap.Point, graphmap.Row,
		graphmap.Aggregate, graphmap.Group, graphmap.GroupKey,
	} {
		if c.types[kind] == 0 {
			t.Errorf("no query answered a field of a %s", kind)
		}
	}
}

// receivers lists the types of package plan that have a marker method: all that there are, also those of tomorrow.
func receivers(t *testing.T, method string) []string {
	t.Helper()
	packages, err := parser.ParseDir(token.NewFileSet(), "../plan", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range packages["plan"].Files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Name.Name != method || fn.Recv == nil {
				continue
			}
			if star, ok := fn.Recv.List[0].Type.(*ast.StarExpr); ok && fn.Body != nil && len(fn.Body.List) == 0 {
				out = append(out, star.X.(*ast.Ident).Name)
			}
		}
	}
	if len(out) == 0 {
		t.Fatalf("no type of package plan has the method %s", method)
	}
	slices.Sort(out)
	return out
}
