package main

import (
	"encoding/json"
	"fmt"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/bench/workload"
)

// ask gives the data of an answer.
func (s *subject) ask(op *workload.Operation, v workload.Variables) (any, error) {
	c, err := dial(s.address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.conn.Close() }()
	c.keep = true
	text, err := s.encode(op, v)
	if err != nil {
		return nil, err
	}
	if err := c.do(text); err != nil {
		return nil, fmt.Errorf("%s: %s: %w: %s", s.name, op.Name, err, c.body)
	}
	var answer struct {
		Data any `json:"data"`
	}
	if err := json.Unmarshal(c.body, &answer); err != nil {
		return nil, fmt.Errorf("%s: %s: %w: %s", s.name, op.Name, err, c.body)
	}
	return answer.Data, nil
}

// check holds the answers of a server against those of another one. It tells how many answers held anything.
func check(a, b *subject, op *workload.Operation, pool []workload.Variables) (full int, err error) {
	for _, v := range pool {
		x, err := a.ask(op, v)
		if err != nil {
			return 0, err
		}
		y, err := b.ask(op, v)
		if err != nil {
			return 0, err
		}
		if b.partly {
			y = like(x, y)
			x = within(x, y)
		}
		if diff := cmp.Diff(x, y); diff != "" {
			return 0, fmt.Errorf("%s of %v: the answers differ (-%s +%s):\n%s", op.Name, v, a.name, b.name, diff)
		}
		if !empty(x) {
			full++
		}
	}
	return full, nil
}

// empty tells whether an answer's lists are all empty and its things absent.
func empty(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for _, e := range v {
			if !empty(e) {
				return false
			}
		}
		return true
	case []any:
		return len(v) == 0
	case float64:
		return v == 0
	case nil, bool:
		return true
	}
	return false
}

// like brings an answer of the peer into the form of ours and leaves out what ours lacks. The peer has the properties of
// an edge in a field of their own, no list of nodes beside the edges, and answers one thing as a list.
func like(ours, peers any) any {
	switch peers := peers.(type) {
	case map[string]any:
		of, _ := ours.(map[string]any)
		edges, _ := peers["edges"].([]any)
		if len(peers) == 1 && edges != nil && of["edges"] == nil && of["nodes"] == nil {
			return like(ours, nodesOf(edges))
		}
		out := map[string]any{}
		for k, v := range peers {
			if properties, edge := v.(map[string]any); edge && k == "properties" {
				for k, v := range properties {
					if _, has := of[k]; has {
						out[k] = v
					}
				}
				continue
			}
			if k == "edges" && of["edges"] == nil {
				k, v = "nodes", nodesOf(edges)
			}
			if own, has := of[k]; has {
				out[k] = like(own, v)
			}
		}
		return out
	case []any:
		of, isList := ours.([]any)
		if !isList {
			if len(peers) == 0 {
				return nil
			}
			return like(ours, peers[0])
		}
		out := []any{}
		for i, v := range peers {
			var one any
			if i < len(of) {
				one = of[i]
			}
			out = append(out, like(one, v))
		}
		return out
	}
	return peers
}

func nodesOf(edges []any) []any {
	out := []any{}
	for _, e := range edges {
		out = append(out, e.(map[string]any)["node"])
	}
	return out
}

// within is what of an answer the peer answers as well.
func within(ours, peers any) any {
	switch of := ours.(type) {
	case map[string]any:
		keys, _ := peers.(map[string]any)
		out := map[string]any{}
		for k := range keys {
			if v, has := of[k]; has {
				out[k] = within(v, keys[k])
			}
		}
		return out
	case []any:
		list, _ := peers.([]any)
		out := []any{}
		for i, v := range of {
			if i < len(list) {
				v = within(v, list[i])
			}
			out = append(out, v)
		}
		return out
	}
	return ours
}
