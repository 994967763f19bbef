package change

import (
	"context"
	_ "embed" // the statement

	"github.com/partnergraph/partnergraph/internal/network"
)

//go:embed statements/ties_of_all.cypher
var tiesOfAllText string

// TiesOfAll is Ties for many locked things at once: the ties by the ids of the things.
func (t *Tx) TiesOfAll(ctx context.Context, ids []string, types ...string) (map[string][]network.Tie, error) {
	asked := map[string]bool{}
	for _, id := range ids {
		asked[id] = true
		if _, err := t.thing(id); err != nil {
			return nil, err
		}
	}
	if types == nil {
		types = []string{}
	}
	rows, err := t.tx.Run(ctx, tiesOfAllText, map[string]any{"p": map[string]any{"ids": ids, "types": types}})
	if err != nil {
		return nil, err
	}
	out := map[string][]network.Tie{}
	for _, row := range rows {
		one := t.remember(row)
		for _, end := range []string{one.From, one.To} {
			if asked[end] && !one.removed {
				out[end] = append(out[end], one.Tie)
			}
		}
	}
	return out, nil
}
