package limits

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Cost is what an operation costs as a function of its variables: the things and rows that it requests, page sizes
// multiplied down the tree. It is worked out once a document, and read at each request.
type Cost struct{ of selection }

// selection is what is asked of one object.
type selection struct {
	fields []*field
	// cases are fields that only things of some types have; a thing has those of one of the alternatives.
	cases        [][]*field
	alternatives [][]int
}

// field is a field that answers with objects, or with an object that such fields are asked of.
type field struct {
	name string
	when []condition // one of these must hold; none: always there
	size size        // how many objects it answers with
	by   sizedBy     // what says so
	each int         // what each of them counts, beside what is asked of it
	of   selection
}

// sizedBy says where the size of a field comes from.
type sizedBy int

const (
	byNothing sizedBy = iota
	byItself          // an argument of its own
	byPage            // an argument of the page that it is in
)

// condition is a conjunction of what @skip and @include ask of variables.
type condition []truth

type truth struct {
	variable string
	is       bool
}

// size is a number of objects: what the arguments say that are given, or else what holds without them.
type size struct {
	otherwise int
	said      []said
	most      int // since more is refused by itself; 0: any number
}

// said is an argument that says a size, in the document or by a variable.
type said struct {
	argument string
	fixed    int
	variable string // "" when it is fixed
}

// Sizes that no argument says.
const (
	defaultPage = 20
	// assumed is how many elements a list has that takes no size, such as the evidence of a thing.
	assumed = 3
)

var once = size{otherwise: 1}

// costOf works out the cost of an operation of a valid document.
func (l Limits) costOf(s *ast.Schema, op *ast.OperationDefinition) *Cost {
	root := s.Query
	switch op.Operation {
	case ast.Mutation:
		root = s.Mutation
	case ast.Subscription:
		root = s.Subscription
	}
	c := &costing{schema: s, page: l.Page, known: map[string][]string{}}
	return &Cost{c.selection(root, []scope{{set: op.SelectionSet}}, nil)}
}

// scope is a selection set and what must hold for it to be asked.
type scope struct {
	set  ast.SelectionSet
	when condition
}

type costing struct {
	schema *ast.Schema
	page   int
	known  map[string][]string // concrete types by the name of a type
}

// gathered are the fields of one name that an object is asked for; they are answered as one.
type gathered struct {
	first *ast.Field
	when  []condition
	sets  []scope
}

// gathering gathers fields by the types that have them; "" for all.
type gathering struct {
	order []string
	types map[string][]string
	keys  map[string][]string
	of    map[string]map[string]*gathered
}

// selection works out what the objects of a type are asked for. In a page, the lists of the object are as long as it.
func (c *costing) selection(of *ast.Definition, sets []scope, page *size) selection {
	g := &gathering{types: map[string][]string{}, keys: map[string][]string{}, of: map[string]map[string]*gathered{}}
	all := c.concrete(of)
	for _, s := range sets {
		c.gather(g, s.set, s.when, all, all)
	}
	var out selection
	var cases []string
	for _, name := range g.order {
		var fields []*field
		for _, key := range g.keys[name] {
			if f := c.field(of, g.of[name][key], page); f != nil {
				fields = append(fields, f)
			}
		}
		switch {
		case name == "":
			out.fields = fields
		case len(fields) > 0:
			out.cases, cases = append(out.cases, fields), append(cases, name)
		}
	}
	out.alternatives = alternatives(all, cases, g.types)
	return out
}

// alternatives are the sets of cases that some type meets all of.
func alternatives(all, cases []string, types map[string][]string) (out [][]int) {
	seen := map[string]bool{}
	for _, t := range all {
		var of []int
		key := ""
		for i, name := range cases {
			if slices.Contains(types[name], t) {
				of = append(of, i)
				key += strconv.Itoa(i) + " "
			}
		}
		if len(of) > 0 && !seen[key] {
			seen[key] = true
			out = append(out, of)
		}
	}
	return out
}

// concrete lists the types that an object of a type may have.
func (c *costing) concrete(d *ast.Definition) []string {
	out, known := c.known[d.Name]
	if !known {
		for _, p := range c.schema.GetPossibleTypes(d) {
			out = append(out, p.Name)
		}
		c.known[d.Name] = out
	}
	return out
}

// gather goes through a selection set whose objects have one of the types.
func (c *costing) gather(g *gathering, set ast.SelectionSet, when condition, all, types []string) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if when, asked := with(when, s.Directives); asked && s.Definition != nil && !strings.HasPrefix(s.Name, "__") {
				g.add(s, when, all, types)
			}
		case *ast.InlineFragment:
			if when, asked := with(when, s.Directives); asked {
				c.gather(g, s.SelectionSet, when, all, c.narrowed(types, s.TypeCondition))
			}
		case *ast.FragmentSpread:
			if when, asked := with(when, s.Directives); asked && s.Definition != nil {
				c.gather(g, s.Definition.SelectionSet, when, all, c.narrowed(types, s.Definition.TypeCondition))
			}
		}
	}
}

func (c *costing) narrowed(types []string, condition string) []string {
	d := c.schema.Types[condition]
	if d == nil {
		return types
	}
	may := c.concrete(d)
	return slices.DeleteFunc(slices.Clone(types), func(t string) bool { return !slices.Contains(may, t) })
}

func (g *gathering) add(f *ast.Field, when condition, all, types []string) {
	if len(types) == 0 {
		return
	}
	name := ""
	if len(types) < len(all) {
		name = strings.Join(types, " ")
	}
	if g.of[name] == nil {
		g.of[name], g.types[name], g.order = map[string]*gathered{}, types, append(g.order, name)
	}
	have := g.of[name][f.Alias]
	if have == nil {
		have = &gathered{first: f, when: []condition{}}
		g.of[name][f.Alias] = have
		g.keys[name] = append(g.keys[name], f.Alias)
	}
	if len(when) == 0 {
		have.when = nil
	} else if have.when != nil {
		have.when = append(have.when, when)
	}
	have.sets = append(have.sets, scope{f.SelectionSet, when})
}

// with adds what the directives of a selection ask; asked is false when it is never asked for.
func with(when condition, directives ast.DirectiveList) (out condition, asked bool) {
	out = when
	for _, d := range directives {
		is := d.Name == "include"
		arg := d.Arguments.ForName("if")
		if !is && d.Name != "skip" || arg == nil {
			continue
		}
		if arg.Value.Kind == ast.Variable {
			out = append(slices.Clip(out), truth{arg.Value.Raw, is})
		} else if (arg.Value.Raw == "true") != is {
			return nil, false
		}
	}
	return out, true
}

// field works out what a field counts; nil when that is nothing.
func (c *costing) field(of *ast.Definition, g *gathered, page *size) *field {
	f := g.first
	target := c.schema.Types[f.Definition.Type.Name()]
	if target == nil || !target.IsCompositeType() {
		return nil
	}
	out := &field{name: f.Name, when: g.when, size: once}
	own, sized := c.sizeOf(f)
	list := f.Definition.Type.Elem != nil
	var within *size
	switch {
	case list && sized:
		out.size, out.by = own, byItself
	case list && page != nil:
		out.size, out.by = *page, byPage
	case list:
		out.size = size{otherwise: assumed}
	case sized: // a page, whose lists are as long as it says
		within = &own
	}
	if list || c.isThing(target) && !c.isEdge(of) {
		out.each = 1
	}
	out.of = c.selection(target, g.sets, within)
	if within != nil && !out.of.hasRows() { // it is counted or summed up
		out.each = 1
	}
	if out.each == 0 && len(out.of.fields) == 0 && len(out.of.cases) == 0 {
		return nil
	}
	return out
}

func (s *selection) hasRows() bool {
	return slices.ContainsFunc(s.fields, func(f *field) bool { return f.by == byPage })
}

func (c *costing) isThing(d *ast.Definition) bool {
	return d.Fields.ForName("id") != nil
}

// isEdge tells whether a type is an edge: with its thing, it counts once.
func (c *costing) isEdge(d *ast.Definition) bool { return slices.Contains(d.Interfaces, "Edge") }

// sizeOf reads how many a field asks for.
func (c *costing) sizeOf(f *ast.Field) (out size, sized bool) {
	out.most = c.page
	for _, name := range []string{"first", "last", "ids"} {
		d := f.Definition.Arguments.ForName(name)
		if d == nil {
			continue
		}
		if !sized {
			sized, out.otherwise = true, defaultPage
			if d.DefaultValue != nil {
				out.otherwise, _ = strconv.Atoi(d.DefaultValue.Raw) // a number, by the schema
			}
		}
		arg := f.Arguments.ForName(name)
		switch {
		case arg == nil || arg.Value.Kind == ast.NullValue:
		case arg.Value.Kind == ast.Variable:
			out.said = append(out.said, said{name, 0, arg.Value.Raw})
		case arg.Value.Kind == ast.IntValue:
			n, err := strconv.Atoi(arg.Value.Raw)
			if err != nil { // larger than any number
				n = most
			}
			out.said = append(out.said, said{name, n, ""})
		case arg.Value.Kind == ast.ListValue:
			out.said = append(out.said, said{name, len(arg.Value.Children), ""})
		default: // one element for a list of one
			out.said = append(out.said, said{name, 1, ""})
		}
	}
	return out, sized
}
