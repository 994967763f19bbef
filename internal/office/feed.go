package office

import (
	"context"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/feed"
	"github.com/partnergraph/partnergraph/internal/network"
)

// mostOfPage is how many entries a page of the feed or of the audit has at most.
const mostOfPage = 200

// Follow begins to answer a field of Subscription: next waits for each answer, until leave is called.
func (o *Office) Follow(ctx context.Context, _ string, args map[string]any) (next func(context.Context) (map[string]any, error), leave func(), err error) {
	filter, err := filterIn(args)
	if err != nil {
		return nil, nil, err
	}
	after, _ := args["after"].(string)
	w, err := o.Feed.Follow(ctx, access.From(ctx), filter, after)
	if err != nil {
		return nil, nil, err
	}
	return func(ctx context.Context) (map[string]any, error) {
		t, err := w.Next(ctx)
		if err != nil {
			return nil, err
		}
		return o.entryOf(t), nil
	}, w.Leave, nil
}

// feedEntries is a page of the feed.
func (o *Office) feedEntries(ctx context.Context, args map[string]any) (map[string]any, error) {
	filter, err := filterIn(args)
	if err != nil {
		return nil, err
	}
	first, err := firstIn(args)
	if err != nil {
		return nil, err
	}
	after, _ := args["after"].(string)
	page, err := o.Feed.Read(ctx, access.From(ctx), filter, after, first)
	if err != nil {
		return nil, err
	}
	edges, nodes := []any{}, []any{}
	for _, t := range page.Told {
		node := o.entryOf(t)
		edges, nodes = append(edges, map[string]any{"cursor": t.Cursor, "node": node}), append(nodes, node)
	}
	info := map[string]any{"hasNextPage": page.More, "hasPreviousPage": after != "", "startCursor": nil, "endCursor": page.End}
	if len(page.Told) > 0 {
		info["startCursor"] = page.Told[0].Cursor
	}
	return map[string]any{"edges": edges, "nodes": nodes, "pageInfo": info}, nil
}

// entryOf is an entry as the API tells it.
func (o *Office) entryOf(t feed.Told) map[string]any {
	out := map[string]any{"cursor": t.Cursor, "at": t.At, "kind": t.Kind, "type": t.Type, "id": t.ID}
	for name, v := range map[string]string{"stateBefore": t.StateBefore, "state": t.State, "until": t.Until, "what": t.What, "from": t.From, "to": t.To} {
		if v != "" {
			out[name] = v
		}
	}
	if t.Days > 0 {
		out["days"] = t.Days
	}
	if t.From == "" && t.Kind != feed.Gone {
		out["node"] = t.ID
	}
	out["audit"] = Later(func(ctx context.Context) (any, error) { return o.auditEntry(ctx, t.Audit) })
	return out
}

func filterIn(args map[string]any) (out feed.Filter, err error) {
	for name, into := range map[string]*[]string{
		"types": &out.Types, "relationships": &out.Relationships, "kinds": &out.Kinds, "states": &out.States,
		"organizations": &out.Organizations, "alliances": &out.Alliances,
	} {
		if *into = texts(args[name]); args[name] != nil && len(*into) == 0 {
			return out, network.Errorf(network.BadUserInput, "%s: name at least one, or leave it out for all", name)
		}
	}
	return out, nil
}

func firstIn(args map[string]any) (int, error) {
	first, given := args["first"].(int64)
	if !given {
		first = 20
	}
	if first < 1 || first > mostOfPage {
		return 0, network.Errorf(network.BadUserInput, "first: must be from 1 to %d, not %d", mostOfPage, first)
	}
	return int(first), nil
}
