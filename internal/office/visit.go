package office

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// visit is a viewer before a base: what is registered, and who they are to it.
type visit struct {
	read      rowsOf
	viewer    access.Viewer
	today     network.Day
	id        string
	facts     registration.Facts
	standings map[string]standing // of the base and its organisations
	actor     registration.Actor
}

// arrive finds out who the viewer is to a base with these facts, and to the organisations that new contents name.
func (v visit) arrive(ctx context.Context, contents ...*registration.Content) (visit, error) {
	organizations := v.facts.Organizations()
	var served []string
	for _, c := range append(contents, v.facts.Current, v.facts.Proposed) {
		if c != nil {
			organizations, served = append(organizations, c.Parties()...), append(served, c.Serves.Organizations...)
		}
	}
	slices.Sort(organizations)
	organizations = slices.Compact(organizations)
	var err error
	v.standings, err = standingTo(ctx, v.read, v.viewer, append(slices.Clone(organizations), v.id))
	v.actor = actor(v.viewer, v.standings, organizations, served)
	return v, err
}

// sees tells whether the viewer sees the base, so that what they may not do with it can be explained to them.
func (v visit) sees() bool { return v.standings[v.id].sees }

// knows tells whether the viewer sees all that is registered of the base.
func (v visit) knows() bool { return v.standings[v.id].whole }

// factsIn reads what is registered; a base that was imported has nothing yet.
func factsIn(record map[string]any) (registration.Facts, error) {
	var out registration.Facts
	text, _ := record["facts"].(string)
	if text == "" {
		return out, nil
	}
	return out, json.Unmarshal([]byte(text), &out)
}
