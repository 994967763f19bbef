package access_test

import (
	"context"
	"slices"
	"testing"

	"github.com/partnergraph/partnergraph/internal/access"
)

func TestNobodySignedInIsThePublic(t *testing.T) {
	v := access.From(context.Background())
	if v.Subject != "" || v.Roles != 0 || v.Kind() != "public" {
		t.Errorf("got %+v, %s", v, v.Kind())
	}
}

func TestTheContextKnowsWhoAsks(t *testing.T) {
	ctx := access.With(context.Background(), access.Viewer{Subject: "s", Roles: access.Office, Offices: []string{"uni_a"}})
	if v := access.From(ctx); v.Subject != "s" || v.Kind() != "office" || !slices.Equal(v.Offices, []string{"uni_a"}) {
		t.Errorf("got %+v", v)
	}
}

// TestRoles: each role has a name that finds it, and a kind is the highest role.
func TestRoles(t *testing.T) {
	want := []string{"analyst", "office", "reviewer", "admin"}
	if got := access.All.Names(); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	held := access.Roles(0)
	for _, name := range want {
		r, ok := access.RoleNamed(name)
		if !ok || held.Has(r) {
			t.Errorf("%s: %v %v", name, r, ok)
		}
		held |= r
		if got := (access.Viewer{Roles: held}).Kind(); got != name {
			t.Errorf("%v is %s", held.Names(), got)
		}
	}
	for _, name := range []string{"", "public", "Admin"} {
		if r, ok := access.RoleNamed(name); ok {
			t.Errorf("%q is %v", name, r)
		}
	}
	if access.All.Has(access.Admin<<1) || access.Office.Has(access.Office|access.Admin) {
		t.Error("a role is held that is not")
	}
}
