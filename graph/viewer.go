package graph

import (
	"context"
	"strings"
	"time"

	"github.com/partnergraph/partnergraph/graph/model"
	"github.com/partnergraph/partnergraph/internal/access"
)

// Viewer says who asks.
func (queryResolver) Viewer(ctx context.Context) (*model.Viewer, error) {
	v := access.From(ctx)
	out := &model.Viewer{
		Kind:    model.ViewerRole(strings.ToUpper(v.Kind())),
		Roles:   []model.ViewerRole{model.ViewerRolePublic},
		Offices: append([]string{}, v.Offices...),
		Reviews: append([]string{}, v.Reviews...),
	}
	for _, name := range v.Roles.Names() {
		out.Roles = append(out.Roles, model.ViewerRole(strings.ToUpper(name)))
	}
	if !v.Until.IsZero() {
		until := v.Until.UTC().Format(time.RFC3339)
		out.Until = &until
	}
	return out, nil
}
