package plan

import (
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Planner makes plans from selections.
type Planner struct {
	Map *graphmap.Map
	// Today gives the day that holds when a query names none.
	Today func() network.Day
}

// planning is the making of one plan.
type planning struct {
	*Planner
	op *graphql.OperationContext
}

// Plan makes the plan of a root field. Its errors are *network.Error with the code BAD_USER_INPUT: the document has
// passed validation, so that only values can be wrong.
func (p *Planner) Plan(op *graphql.OperationContext, f graphql.CollectedField) (*Plan, error) {
	root := p.Map.Roots[f.Name]
	if root == nil {
		return nil, fmt.Errorf("root field %s is not on the map", f.Name)
	}
	pl := &planning{p, op}
	args, err := pl.readArgs(f)
	if err != nil {
		return nil, err
	}
	out := &Plan{Field: f.Name}
	if err := args.narrowed("types", "over", "relationships", "kinds"); err != nil {
		return nil, err
	}
	if out.Day, err = args.day("asOf", p.Today()); err != nil {
		return nil, err
	}
	if out.Start, err = pl.start(root, f, args, out.Day); err != nil {
		return nil, err
	}
	return out, nil
}

func (p *planning) start(root *graphmap.Root, f graphql.CollectedField, args args, day network.Day) (Start, error) {
	switch root.Start {
	case "ID":
		of, err := p.thing(root.Target, f.Selections)
		if err != nil {
			return nil, err
		}
		return &ByID{Label: root.Target.Label, ID: args.text("id"), Of: of}, nil
	case "IDS":
		ids := args.texts("ids")
		if len(ids) > maxPage {
			return nil, badInput("ids: at most %d ids at a time, not %d", maxPage, len(ids))
		}
		of, err := p.thing(root.Target, f.Selections)
		if err != nil {
			return nil, err
		}
		return &ByIDs{Label: root.Target.Label, IDs: ids, Of: of}, nil
	case "ALL":
		t := root.Target.Node
		return p.list(&All{Label: t.Label, Dated: p.Map.HasValidity(t)}, root.Target, f, args)
	case "SEARCH":
		text := args.text("query")
		if err := checkSearch(text); err != nil {
			return nil, err
		}
		return p.list(&Search{Text: text, Labels: p.labels(args.texts("types"))}, root.Target, f, args)
	case "PATHS":
		src, err := between(args)
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

func between(args args) (*Between, error) {
	out := &Between{From: args.text("from"), To: args.text("to"), Over: args.texts("over"), Shortest: args.text("mode") != "ALL"}
	longest := 5
	if out.Shortest {
		longest = 8
	}
	if out.From == out.To {
		return nil, badInput("to: a path needs two different ends; %q is both", out.From)
	}
	var err error
	out.Most, err = args.between("maxLength", 5, 1, longest)
	return out, err
}

func (p *planning) changes(args args) (*Changes, error) {
	out := &Changes{Things: p.labels(args.texts("types")), Relationships: args.texts("relationships")}
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
	depth, err := args.between("depth", 1, 1, 3)
	if err != nil {
		return nil, err
	}
	limit, err := args.between("first", 50, 1, maxPage)
	if err != nil {
		return nil, err
	}
	of, err := p.selection(t, subject{}, f.Selections)
	if err != nil {
		return nil, err
	}
	return &Around{ID: args.text("of"), Depth: depth, Over: args.texts("over"), Limit: limit, Of: of}, nil
}
