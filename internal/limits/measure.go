package limits

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partnergraph/partnergraph/internal/network"
)

// extent is how much a part of a document is, with its fragments put in place.
type extent struct {
	selections  int
	nesting     int
	depth       int
	schemaDepth int // from __schema and __type on, which clients ask for deeper than for anything else
	lists       int // that the schema's own types have: what costs most of an introspection
	schemaLists int // of these, those below __schema and __type
	aliases     int
	directives  int
	fields      int // not counting those within fields
}

// most is more than any bound. Sums stop there, for fragments within fragments double at each step.
const most = 1 << 30

func plus(a, b int) int { return min(a+b, most) }

// beside is the extent of two parts that stand beside each other.
func (e extent) beside(o extent) extent {
	return extent{
		selections: plus(e.selections, o.selections), nesting: max(e.nesting, o.nesting),
		depth: max(e.depth, o.depth), schemaDepth: max(e.schemaDepth, o.schemaDepth),
		lists: plus(e.lists, o.lists), schemaLists: plus(e.schemaLists, o.schemaLists),
		aliases: plus(e.aliases, o.aliases), directives: plus(e.directives, o.directives), fields: plus(e.fields, o.fields),
	}
}

// lists are the fields of the schema's own types that answer with lists.
var lists = map[string]bool{
	"types": true, "directives": true, "fields": true, "inputFields": true, "args": true, "interfaces": true,
	"enumValues": true, "possibleTypes": true,
}

// measuring measures each fragment of a document once.
type measuring struct {
	fragments map[string]*ast.FragmentDefinition
	measured  map[string]extent
	within    map[string]bool // being measured
}

// check holds the form of a document against the limits. It needs no schema, and takes time in proportion to the
// document; what validates the document takes much more for some.
func (l Limits) check(doc *ast.QueryDocument) *gqlerror.Error {
	m := &measuring{map[string]*ast.FragmentDefinition{}, map[string]extent{}, map[string]bool{}}
	for _, f := range doc.Fragments {
		if m.fragments[f.Name] != nil {
			return refusal(network.BadUserInput, f.Position, "there are two fragments with the name %.*s", maxName, f.Name)
		}
		m.fragments[f.Name] = f
	}
	if err := l.checkWords(doc); err != nil {
		return err
	}
	total := 0
	for _, f := range doc.Fragments { // also those that nothing uses
		e, err := m.fragment(f)
		if err != nil {
			return err
		}
		if total = plus(total, e.selections); total > maxSelections {
			return tooMuch(f.Position, "the document selects more than %d fields and fragments with its fragments put in place: spread them less often within each other", maxSelections)
		}
		if e.nesting > maxNesting {
			return tooNested(f.Position, e.nesting)
		}
	}
	aliases, directives := 0, 0
	for _, op := range doc.Operations {
		e, err := m.set(op.SelectionSet)
		if err != nil {
			return err
		}
		e.directives = plus(e.directives, len(op.Directives))
		for _, v := range op.VariableDefinitions {
			e.directives = plus(e.directives, len(v.Directives))
		}
		if total = plus(total, e.selections); total > maxSelections {
			return tooMuch(op.Position, "the document selects more than %d fields and fragments with its fragments put in place: ask in several requests", maxSelections)
		}
		if e.fields > l.RootFields {
			return tooMuch(op.Position, "the operation has %d root fields, more than %d: ask in several requests", e.fields, l.RootFields)
		}
		aliases, directives = plus(aliases, e.aliases), plus(directives, e.directives)
		e.aliases, e.directives = aliases, directives
		if err := l.checkExtent(e, op.Position); err != nil {
			return err
		}
	}
	return nil
}

// checkExtent holds an operation or a fragment against the limits.
func (l Limits) checkExtent(e extent, at *ast.Position) *gqlerror.Error {
	switch {
	case e.nesting > maxNesting:
		return tooNested(at, e.nesting)
	case e.depth > l.Depth:
		return tooMuch(at, "the document asks for fields %d deep, more than %d: ask for what lies deeper by its id", e.depth, l.Depth)
	case e.schemaDepth > maxIntrospection:
		return tooMuch(at, "the document asks %d deep about the schema, more than %d: /schema.graphql has all of it", e.schemaDepth, maxIntrospection)
	case e.schemaLists > maxSchemaLists:
		return tooMuch(at, "the document asks for %d lists about the schema, more than %d: /schema.graphql has all of it", e.schemaLists, maxSchemaLists)
	case e.aliases > l.Aliases:
		return tooMuch(at, "the document has %d aliases, more than %d: ask in several requests", e.aliases, l.Aliases)
	case e.directives > l.Directives:
		return tooMuch(at, "the document uses %d directives, more than %d", e.directives, l.Directives)
	}
	return nil
}

func (m *measuring) set(selections ast.SelectionSet) (extent, *gqlerror.Error) {
	var out extent
	for _, s := range selections {
		e, err := m.selection(s)
		if err != nil {
			return out, err
		}
		out = out.beside(e)
	}
	return out, nil
}

func (m *measuring) selection(s ast.Selection) (e extent, err *gqlerror.Error) {
	switch s := s.(type) {
	case *ast.Field:
		if e, err = m.set(s.SelectionSet); err != nil {
			return e, err
		}
		e.depth++
		if lists[s.Name] {
			e.lists = plus(e.lists, 1)
		}
		if s.Name == "__schema" || s.Name == "__type" {
			e.depth, e.schemaDepth = 1, max(e.depth, e.schemaDepth)
			e.schemaLists = plus(e.schemaLists, e.lists)
			e.lists = 0
		}
		if s.Alias != s.Name {
			e.aliases = plus(e.aliases, 1)
		}
		e.directives = plus(e.directives, len(s.Directives))
		e.fields = 1
	case *ast.InlineFragment:
		if e, err = m.set(s.SelectionSet); err != nil {
			return e, err
		}
		e.directives = plus(e.directives, len(s.Directives))
	case *ast.FragmentSpread:
		if f := m.fragments[s.Name]; f != nil { // or else validation says that there is none
			if e, err = m.fragment(f); err != nil {
				return e, err
			}
		}
		e.directives = plus(e.directives, len(s.Directives))
	}
	e.selections, e.nesting = plus(e.selections, 1), e.nesting+1
	return e, nil
}

func (m *measuring) fragment(f *ast.FragmentDefinition) (extent, *gqlerror.Error) {
	if e, done := m.measured[f.Name]; done {
		return e, nil
	}
	if m.within[f.Name] {
		return extent{}, refusal(network.BadUserInput, f.Position, "the fragment %s is spread within itself", f.Name)
	}
	m.within[f.Name] = true
	e, err := m.set(f.SelectionSet)
	if err != nil {
		return e, err
	}
	delete(m.within, f.Name)
	e.directives = plus(e.directives, len(f.Directives))
	m.measured[f.Name] = e
	return e, nil
}

func tooMuch(at *ast.Position, format string, args ...any) *gqlerror.Error {
	return refusal(network.TooComplex, at, format, args...)
}

func tooNested(at *ast.Position, nesting int) *gqlerror.Error {
	return tooMuch(at, "the document nests fields and fragments %d deep, more than %d", nesting, maxNesting)
}

func refusal(code network.Code, at *ast.Position, format string, args ...any) *gqlerror.Error {
	err := network.Errorf(code, format, args...)
	out := &gqlerror.Error{Err: err, Message: err.Message}
	if at != nil {
		out.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
	return out
}
