package office

import (
	"context"
	_ "embed"
	"slices"

	"github.com/partnergraph/partnergraph/internal/names"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

//go:embed statements/around.cypher
var aroundText string

//go:embed statements/alike.cypher
var alikeText string

//go:embed statements/placements.cypher
var placementsText string

// around is what the network knows of what a content names.
func around(ctx context.Context, read rowsOf, c *registration.Content) (registration.Around, error) {
	rows, err := read(ctx, aroundText, map[string]any{"p": map[string]any{"ids": c.Mentions()}})
	if err != nil {
		return nil, err
	}
	out := registration.Around{}
	for _, r := range rows {
		known := registration.Named{Kinds: texts(r["kinds"])}
		known.Country, _ = r["country"].(string)
		out[r["id"].(string)] = known
	}
	return out, nil
}

// alike is a base that may be another one, and how much it is.
type alike struct {
	id string
	registration.Likeness
}

// alikes lists the bases that the viewer sees and that may be what a content describes, likeliest first.
func (v visit) alikes(ctx context.Context, id string, c registration.Content) ([]alike, error) {
	text := c.Identity.Name
	if text == "" {
		text = c.Identity.NameZh
	}
	rows, err := v.read(ctx, alikeText, map[string]any{"p": map[string]any{
		"id": id, "host": c.Host.Organization, "lucene": names.ParseQuery(text).Lucene,
		"lucene2": names.ParseQuery(c.Identity.NameZh).Lucene,
	}})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r["id"].(string))
	}
	known, err := standingTo(ctx, v.read, v.viewer, ids)
	if err != nil {
		return nil, err
	}
	var found []alike
	like := registration.CandidateOf(id, c)
	for i, r := range rows {
		if !known[ids[i]].sees {
			continue
		}
		other := registration.Candidate{ID: ids[i], Names: texts(r["names"])}
		if known[ids[i]].whole { // by how alike addresses are, an address can be found out
			other.Address, _ = r["address"].(string)
		}
		other.Host, _ = r["host"].(string)
		if l := registration.Like(like, other); l.Score >= registration.Likely {
			found = append(found, alike{other.ID, l})
		}
	}
	slices.SortFunc(found, func(a, b alike) int {
		switch {
		case a.Score != b.Score && a.Score > b.Score, a.Score == b.Score && a.id < b.id:
			return -1
		}
		return 1
	})
	return found, nil
}

// goingOn lists the placements at a base that go on after a day.
func goingOn(ctx context.Context, read rowsOf, base string, day network.Day) ([]string, error) {
	rows, err := read(ctx, placementsText, map[string]any{"p": map[string]any{"base": base}, "day": day})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, r := range rows {
		out = append(out, r["id"].(string))
	}
	return out, nil
}

func texts(v any) []string {
	switch v := v.(type) {
	case []string:
		return v
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}
