package office

import (
	"context"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/compile"
	"github.com/partnergraph/partnergraph/internal/registration"
	"github.com/partnergraph/partnergraph/internal/store"
)

// rowsOf runs a statement and gives its records: within a change or beside one.
type rowsOf func(ctx context.Context, text string, params map[string]any) ([]store.Row, error)

// standing is how a viewer stands to one thing.
type standing struct {
	sees     bool // something of it, if it is of the type that was asked about
	whole    bool // all of it, if it is of that type
	office   bool // it is an organisation of their office's
	reviewed bool // it is an organisation that they review
}

// standingTo says how a viewer stands to each of some things that are there, bases and organisations.
func standingTo(ctx context.Context, read rowsOf, v access.Viewer, ids []string) (map[string]standing, error) {
	return standingBy(ctx, "BASE", read, v, ids)
}

// standingBy says how a viewer stands to each of some things that are there, those that a rule of visibility is about.
func standingBy(ctx context.Context, rule string, read rowsOf, v access.Viewer, ids []string) (map[string]standing, error) {
	sight := access.SightOf(rule, v.Roles)
	rows, err := read(ctx, compile.Standing(sight.Part, sight.Whole, access.OwnOffice, access.Reviewed), map[string]any{"p": map[string]any{
		"ids": ids, "offices": listed(v.Offices), "reviews": listed(v.Reviews),
	}})
	if err != nil {
		return nil, err
	}
	out := map[string]standing{}
	for _, r := range rows {
		met := r["met"].([]any)
		out[r["id"].(string)] = standing{met[0].(bool), met[1].(bool), met[2].(bool), met[3].(bool)}
	}
	return out, nil
}

// actor is a viewer as seen from a base, of which some organisations host or are served.
func actor(v access.Viewer, standings map[string]standing, organizations, served []string) registration.Actor {
	out := registration.Actor{Subject: v.Subject, Admin: v.Roles.Has(access.Admin)}
	for _, id := range organizations {
		if standings[id].office && v.Roles.Has(access.Office) {
			out.Offices = append(out.Offices, id)
		}
	}
	for _, id := range served {
		out.Reviewer = out.Reviewer || standings[id].reviewed && v.Roles.Has(access.Reviewer)
	}
	return out
}
