package graph

import (
	"strings"

	"github.com/partnergraph/partnergraph/internal/access"
)

// viewer says who asks.
func viewer(v access.Viewer) map[string]any {
	roles := []any{"PUBLIC"}
	for _, name := range v.Roles.Names() {
		roles = append(roles, strings.ToUpper(name))
	}
	out := map[string]any{"kind": strings.ToUpper(v.Kind()), "roles": roles, "offices": listed(v.Offices), "reviews": listed(v.Reviews)}
	if !v.Until.IsZero() {
		out["until"] = v.Until.UTC()
	}
	return out
}

func listed(texts []string) []any {
	out := make([]any, len(texts))
	for i, s := range texts {
		out[i] = s
	}
	return out
}
