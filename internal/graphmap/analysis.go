package graphmap

import (
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// Analysis is a question whose answer is worked out from what several traversals reach.
type Analysis struct {
	As     string
	Routes []Route
}

// Route is one traversal of an analysis.
type Route struct {
	Name string
	From string // the route that it goes on from, "" for where the field is asked
	To   *Type
	Hops []Hop
	Sure bool // whether the hops lead to nothing else
}

// Route finds a route by name; nil if there is none.
func (a *Analysis) Route(name string) *Route {
	if i := slices.IndexFunc(a.Routes, func(r Route) bool { return r.Name == name }); i >= 0 {
		return &a.Routes[i]
	}
	return nil
}

// walked are the routes that each analysis walks: those that the schema must declare.
var walked = map[string][]string{
	"CAPACITY": {"offers", "placements", "student", "studied"},
	"ENDING":   {"bases", "programs", "baseAgreements", "programAgreements", "placements"},
	"REMOVAL":  {"hosted", "hosts", "placements", "served", "bases", "offers", "agreements", "governed"},
	"COVERAGE": {"members", "bases", "served", "disciplines", "industries", "locations", "larger", "hosts", "students", "studied", "placements", "placedAt"},
}

// analysis reads the routes of a field and follows each from where it begins.
func (l *loader) analysis(t *Type, d *ast.FieldDefinition, directive *ast.Directive) *Analysis {
	out := &Analysis{As: arg(directive, "as")}
	if target := l.m.Types[d.Type.Name()]; target == nil || target.Kind != Row {
		l.fail(d.Position, "%s.%s is worked out, but %s is no @record of a ROW", t.Name, d.Name, d.Type.Name())
	}
	start := t.Concrete
	if t.Kind == Edge {
		start = t.Node.Concrete
	}
	for _, v := range list(directive, "routes") {
		r := Route{Name: child(v, "name"), From: child(v, "from"), To: l.m.Types[child(v, "to")]}
		at, from := start, out.Route(r.From)
		switch {
		case r.To == nil || len(r.To.Concrete) == 0:
			l.fail(directive.Position, "%s.%s: route %q leads to %q, which is no type of things", t.Name, d.Name, r.Name, child(v, "to"))
			continue
		case from != nil:
			at = from.To.Concrete
		case r.From != "":
			l.fail(directive.Position, "%s.%s: route %q goes on from %q, which no route before it is", t.Name, d.Name, r.Name, r.From)
			continue
		}
		w := &walk{name: fmt.Sprintf("%s.%s: route %q", t.Name, d.Name, r.Name), position: directive.Position, arguments: d.Arguments}
		r.Hops, r.Sure = l.follow(w, elements(v.Children.ForName("hops")), at, r.To)
		out.Routes = append(out.Routes, r)
	}
	for _, name := range walked[out.As] {
		if out.Route(name) == nil {
			l.fail(directive.Position, "%s.%s: the analysis %s walks a route %q, which is not declared", t.Name, d.Name, out.As, name)
		}
	}
	for _, r := range out.Routes {
		if !slices.Contains(walked[out.As], r.Name) {
			l.fail(directive.Position, "%s.%s: the analysis %s walks no route %q", t.Name, d.Name, out.As, r.Name)
		}
	}
	return out
}
