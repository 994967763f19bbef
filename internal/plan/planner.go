package plan

import (
	"fmt"
	"reflect"

	"github.com/99designs/gqlgen/graphql"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Planner makes plans from selections.
type Planner struct {
	Map *graphmap.Map
	// Today gives the day that holds when a query names none.
	Today func() network.Day
	// Most is how many rows a page may have; 200 if 0.
	Most int
}

func (p *Planner) most() int {
	if p.Most == 0 {
		return maxPage
	}
	return p.Most
}

// Values are what the inputs of an operation's plans are read from.
func (p *Planner) Values(op *graphql.OperationContext, viewer access.Viewer) *Values {
	return &Values{Variables: op.Variables, Today: p.Today(), Viewer: viewer}
}

// planning is the making of one plan.
type planning struct {
	*Planner
	op        *graphql.OperationContext
	viewer    access.Viewer
	pins      []Input[int]
	variables []Bound // all that variables give
}

// Plan makes the plan of a root field for a viewer, good for all viewers with the same roles. Its errors are
// *network.Error with the code BAD_USER_INPUT: the document has passed validation, so that only values can be wrong.
func (p *Planner) Plan(op *graphql.OperationContext, viewer access.Viewer, f graphql.CollectedField) (*Plan, error) {
	root := p.Map.Roots[f.Name]
	if root == nil {
		return nil, fmt.Errorf("root field %s is not on the map", f.Name)
	}
	pl := &planning{Planner: p, op: op, viewer: viewer}
	args, err := pl.readArgs(f)
	if err != nil {
		return nil, err
	}
	out := &Plan{Field: f.Name, Sight: p.sight(viewer.Roles)}
	if err := args.narrowed("types", "over", "relationships", "kinds"); err != nil {
		return nil, err
	}
	if out.Days, err = days(args); err != nil {
		return nil, err
	}
	if out.Start, err = pl.start(root, f, args, out.Days.First); err != nil {
		return nil, err
	}
	out.pins = pl.pins
	out.inputs = append(pl.variables, inputs(reflect.ValueOf(out))...)
	return out, nil
}

// IsThing tells whether a type of the contract is one of things in the graph.
func (p *Planner) IsThing(name string) bool {
	t := p.Map.Types[name]
	return t != nil && (t.Kind == graphmap.Thing || t.Kind == graphmap.Interface)
}

// Of makes the plan of a field that answers one thing, whose id comes with the values: what hangs below it today.
func (p *Planner) Of(op *graphql.OperationContext, viewer access.Viewer, f graphql.CollectedField) (*Plan, error) {
	t := p.Map.Types[f.Definition.Type.Name()]
	if t == nil {
		return nil, fmt.Errorf("%s answers %s, which is not on the map", f.Name, f.Definition.Type.Name())
	}
	pl := &planning{Planner: p, op: op, viewer: viewer}
	out := &Plan{Field: f.Name, Sight: p.sight(viewer.Roles)}
	var err error
	if out.Days, err = days(nil); err != nil {
		return nil, err
	}
	start := &ByID{Label: t.Label, ID: Input[string]{shown: "that was written", read: func(v *Values) (string, error) { return v.ID, nil }}}
	if start.Of, err = pl.thing(t, f.Selections); err != nil {
		return nil, err
	}
	out.Start, out.pins = start, pl.pins
	out.inputs = append(pl.variables, inputs(reflect.ValueOf(out))...)
	return out, nil
}

// days reads the day or the days that a root field looks at; today when it names none.
func days(args args) (Days, error) {
	switch {
	case args.has("asOf") && args.has("during"):
		return Days{}, badInput("asOf, during: give one of them, not both")
	case args.has("asOf"):
		day, err := args.day("asOf")
		return Days{First: day, Last: day}, err
	case args.has("during"):
		return spanOf(args["during"].(map[string]any))
	}
	today := Input[network.Day]{shown: "today", read: func(v *Values) (network.Day, error) { return v.Today, nil }}
	return Days{First: today, Last: today}, nil
}

// spanOf reads the days of a span, from the first until before `to`.
func spanOf(v args) (Days, error) {
	from, err := v.day("from")
	if err != nil {
		return Days{}, err
	}
	to, err := v.day("to")
	if err != nil {
		return Days{}, err
	}
	last, err := both(to, from, func(to, from network.Day) (network.Day, error) {
		if !from.Before(to.Time) {
			return to, badInput("during.to: %s is not after from, %s", to, from)
		}
		return network.Day{Time: to.AddDate(0, 0, -1)}, nil
	})
	return Days{First: from, Last: last}, err
}

// pinned reads an input whose value shapes the plan.
func (p *planning) pinned(in Input[int], err error) (int, error) {
	if err != nil {
		return 0, err
	}
	if !in.fixed {
		p.pins = append(p.pins, in)
	}
	return in.Read(p.Values(p.op, p.viewer))
}

func (p *planning) start(root *graphmap.Root, f graphql.CollectedField, args args, day Input[network.Day]) (Start, error) {
	switch root.Start {
	case "ID":
		of, err := p.thing(root.Target, f.Selections)
		if err != nil {
			return nil, err
		}
		return &ByID{Label: root.Target.Label, ID: args.text("id"), Survivor: root.Target.Survivor, Of: of}, nil
	case "IDS":
		ids, err := then(texts(args["ids"]), func(ids []string) ([]string, error) {
			if len(ids) > p.most() {
				return nil, badInput("ids: at most %d ids at a time, not %d", p.most(), len(ids))
			}
			return ids, nil
		})
		if err != nil {
			return nil, err
		}
		of, err := p.thing(root.Target, f.Selections)
		if err != nil {
			return nil, err
		}
		return &ByIDs{Label: root.Target.Label, IDs: ids, Survivor: root.Target.Survivor, Of: of}, nil
	case "ALL", "QUEUE", "INSURED":
		narrowed, err := args.narrowedAt(root.Start, day)
		if err != nil {
			return nil, err
		}
		t := root.Target.Node
		return p.list(&All{Label: t.Label, Dated: p.Map.HasValidity(t)}, root.Target, f, narrowed)
	case "SEARCH":
		text, err := then(args.text("query"), checkSearch)
		if err != nil {
			return nil, err
		}
		return p.list(&Search{Text: text, Labels: p.labels(args.words("types"))}, root.Target, f, args)
	case "PATHS":
		src, err := p.between(args)
		if err != nil {
			return nil, err
		}
		return p.list(src, root.Target, f, args)
	case "CHANGES":
		src, err := p.changes(args)
		if err != nil {
			return nil, err
		}
		return p.list(src, root.Target, f, args)
	case "ENDING":
		src, err := ending(root.Target.Node, args, day)
		if err != nil {
			return nil, err
		}
		return p.list(src, root.Target, f, args)
	case "FACTS":
		return p.list(p.facts(args), root.Target, f, args)
	case "NEIGHBORHOOD":
		return p.around(root.Target, f, args)
	case "STATS":
		of, err := p.selection(root.Target, subject{}, f.Selections)
		if err != nil {
			return nil, err
		}
		return &Tally{Types: p.things(), Of: of}, nil
	}
	return nil, fmt.Errorf("root field %s starts at %q, which has no plan", root.Name, root.Start)
}

func (p *planning) list(src Source, t *graphmap.Type, f graphql.CollectedField, args args) (Start, error) {
	page, err := p.page(src, t, f, args)
	if err != nil {
		return nil, err
	}
	return &List{Page: page}, nil
}

// things lists all types of things: the same list in every statement.
func (p *planning) things() []string { return p.Map.Types["Node"].Concrete }

func (p *planning) labels(types []string) []string {
	var out []string
	for _, name := range types {
		out = append(out, p.Map.Types[name].Label)
	}
	return out
}

func (p *planning) between(args args) (*Between, error) {
	out := &Between{Over: args.words("over"), Shortest: args.word("mode") != "ALL"}
	longest := 5
	if out.Shortest {
		longest = 8
	}
	var err error
	out.From, err = both(args.text("from"), args.text("to"), func(from, to string) (string, error) {
		if from == to {
			return "", badInput("to: a path needs two different ends; %q is both", from)
		}
		return from, nil
	})
	if err != nil {
		return nil, err
	}
	out.To = args.text("to")
	out.Most, err = p.pinned(args.between("maxLength", 5, 1, longest))
	return out, err
}

func (p *planning) changes(args args) (*Changes, error) {
	out := &Changes{Things: p.labels(args.words("types")), Relationships: args.words("relationships")}
	out.NoThings = args.has("relationships") && !args.has("types")
	out.NoTies = args.has("types") && !args.has("relationships")
	out.Begins, out.Ends = map[string]string{}, map[string]string{}
	for _, t := range p.Map.Things() {
		if t.Begins != "" {
			out.Begins[t.Label] = t.Begins
		}
		if t.Ends != "" {
			out.Ends[t.Label] = t.Ends
		}
	}
	var err error
	out.From, out.Until, err = args.span()
	return out, err
}

func (p *planning) around(t *graphmap.Type, f graphql.CollectedField, args args) (Start, error) {
	depth, err := p.pinned(args.between("depth", 1, 1, 3))
	if err != nil {
		return nil, err
	}
	limit, err := args.between("first", 50, 1, p.most())
	if err != nil {
		return nil, err
	}
	of, err := p.selection(t, subject{}, f.Selections)
	if err != nil {
		return nil, err
	}
	return &Around{ID: args.text("of"), Depth: depth, Over: args.words("over"), Limit: limit, Of: of}, nil
}
