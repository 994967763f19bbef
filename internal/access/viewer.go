// Package access knows who asks. What a viewer may see is decided from it, by rules that know neither how somebody signed
// in nor how data are read.
package access

import (
	"context"
	"time"
)

// Viewer is who asks. The zero value is the public.
type Viewer struct {
	Subject string    // issuer and subject of the token; "" for the public
	Until   time.Time // when the token expires; zero for the public
	Roles   Roles
	Offices []string // ids of the organisations whose office the viewer belongs to; empty unless Roles has Office
	Reviews []string // ids of the alliances and universities whose registrations the viewer reviews; empty unless Roles has Reviewer
}

// Kind is the viewer in one word, for logs: the highest role, or "public".
func (v Viewer) Kind() string {
	for _, r := range []Roles{Admin, Reviewer, Office, Analyst} {
		if v.Roles.Has(r) {
			return names[r]
		}
	}
	return "public"
}

type viewerKey struct{}

// With gives a context in which v asks.
func With(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// From says who asks: the public, unless With said otherwise.
func From(ctx context.Context) Viewer {
	v, _ := ctx.Value(viewerKey{}).(Viewer)
	return v
}
