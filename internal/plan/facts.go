package plan

import "slices"

// Facts are the things and relationships that somebody should check.
type Facts struct {
	Kinds         []string // NO_SOURCE, SINGLE_SOURCE, DISAGREEING; all when empty
	Things        []string // labels; nil: all of them
	Relationships []string // types; nil: all of them
	NoThings      bool
	NoTies        bool
	Types         []string // all types of things
	// Sources is the label of what attests others.
	Sources string
	// Figures is the label of figures, Alike the traversal from one to the others about the same thing.
	Figures string
	Alike   *Hops
}

func (*Facts) source() {}

// Wants tells whether facts of a kind are looked for.
func (f *Facts) Wants(kind string) bool { return len(f.Kinds) == 0 || slices.Contains(f.Kinds, kind) }

func (p *planning) facts(args args) *Facts {
	figure := p.Map.Types["Metric"]
	out := &Facts{
		Kinds: args.words("kinds"), Things: p.labels(args.words("types")), Relationships: args.words("relationships"),
		Types: p.things(), Sources: p.Map.Types["Source"].Label, Figures: figure.Label, Alike: p.hops(figure.Field("measures"), figure, nil),
	}
	out.Alike.Steps = append(out.Alike.Steps, p.hops(p.Map.Types["Organization"].Field("metrics"), figure, nil).Steps...)
	out.NoThings = args.has("relationships") && !args.has("types")
	out.NoTies = args.has("types") && !args.has("relationships")
	return out
}
