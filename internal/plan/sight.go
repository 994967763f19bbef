package plan

import "github.com/partnergraph/partnergraph/internal/access"

// Sight is what the viewers of a plan see. It depends on their roles alone; whose office they are comes as inputs.
type Sight struct {
	Offices, Reviews Input[[]string]
	Hidden           []Hidden            // the types of which something is hidden from them
	Types            map[string][]string // the types of things under each label
}

// Hidden is a type of things of which something is hidden.
type Hidden struct {
	Label string
	access.Sight
	Confidential []string // properties of its confidential fields
	Totals       bool     // whether everybody may know about how many there are
}

func (p *Planner) sight(roles access.Roles) Sight {
	out := Sight{
		Offices: ofViewer("the viewer's offices", func(v access.Viewer) []string { return v.Offices }),
		Reviews: ofViewer("what the viewer reviews", func(v access.Viewer) []string { return v.Reviews }),
		Types:   map[string][]string{},
	}
	for _, t := range p.Map.Types {
		if t.Label != "" {
			out.Types[t.Label] = t.Concrete
		}
	}
	for _, t := range p.Map.Hidden(p.Map.Types["Node"].Concrete) {
		h := Hidden{Label: t.Label, Sight: access.SightOf(t.Seen, roles), Confidential: p.Map.Confidential(t), Totals: access.HasTotals(t.Seen)}
		if !h.Everything() || !h.Entire() && len(h.Confidential) > 0 {
			out.Hidden = append(out.Hidden, h)
		}
	}
	return out
}

func ofViewer(shown string, read func(access.Viewer) []string) Input[[]string] {
	return Input[[]string]{shown: shown, read: func(v *Values) ([]string, error) { return read(v.Viewer), nil }}
}
