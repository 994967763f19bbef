package signin

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4/jwt"
	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/access"
)

func mappingOf(t interface{ Fatal(...any) }, s Settings) mapping {
	s.Issuer, s.Audience = "https://id.example.edu", []string{"a"}
	if err := s.check(); err != nil {
		t.Fatal(err)
	}
	m, err := s.mapping()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestClaims(t *testing.T) {
	keycloak := Settings{RolesClaim: "realm_access.roles", Roles: []string{"office=partner-office", "analyst=partner-office", "admin=pg=admin"}, OfficesClaim: "organizations"}
	for _, c := range []struct {
		name     string
		settings Settings
		claims   string
		want     access.Viewer
	}{
		{"none", Settings{}, `{}`, access.Viewer{}},
		{"a list", Settings{}, `{"roles": ["analyst", "offline_access"]}`, access.Viewer{Roles: access.Analyst}},
		{"a text", Settings{RolesClaim: "scope"}, `{"scope": "openid  analyst reviewer"}`, access.Viewer{Roles: access.Analyst | access.Reviewer}},
		{"a path", keycloak, `{"realm_access": {"roles": ["partner-office", "uma"]}, "organizations": ["uni_b", "uni_a", "uni_b", ""]}`,
			access.Viewer{Roles: access.Office | access.Analyst, Offices: []string{"uni_a", "uni_b"}}},
		{"a value with =", keycloak, `{"realm_access": {"roles": ["pg=admin"]}}`, access.Viewer{Roles: access.Admin}},
		{"names don't count beside a mapping", keycloak, `{"realm_access": {"roles": ["reviewer", "admin", "office"]}}`, access.Viewer{}},
		{"the path is no name", keycloak, `{"roles": ["partner-office"], "realm_access": ["partner-office"]}`, access.Viewer{}},
		{"an office without organisations", Settings{}, `{"roles": ["office"]}`, access.Viewer{Roles: access.Office}},
		{"organisations without the role", Settings{}, `{"roles": ["reviewer"], "partnergraph_offices": ["uni_a"], "partnergraph_reviews": "all_a uni_a"}`,
			access.Viewer{Roles: access.Reviewer, Reviews: []string{"all_a", "uni_a"}}},
		{"a name with dots", Settings{RolesClaim: "https://example.com/roles"}, `{"https://example.com/roles": ["admin"]}`, access.Viewer{Roles: access.Admin}},
		{"a path over names with dots", Settings{RolesClaim: "resource_access.my.client.roles"}, `{"resource_access": {"my": {"other": 1}, "my.client": {"roles": ["admin"]}}}`, access.Viewer{Roles: access.Admin}},
		{"not text", Settings{}, `{"roles": [["admin"], {"admin": true}, 7, null, "analyst"]}`, access.Viewer{Roles: access.Analyst}},
		{"an object", Settings{}, `{"roles": {"admin": true}}`, access.Viewer{}},
		{"true", Settings{RolesClaim: "admin"}, `{"admin": true}`, access.Viewer{}},
		{"other capitals", Settings{}, `{"roles": ["Admin"], "Roles": ["admin"]}`, access.Viewer{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mappingOf(t, c.settings)
			claims := map[string]any{}
			if err := json.Unmarshal([]byte(c.claims), &claims); err != nil {
				t.Fatal(err)
			}
			end := jwt.NumericDate(1)
			c.want.Subject, c.want.Until = "i s", end.Time()
			got := m.viewer(&jwt.Claims{Issuer: "i", Subject: "s", Expiry: &end}, claims)
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// TestClaimsGiveNoMoreThanIsMapped: whatever the claims hold, a role is held exactly if one of its values is in the right
// claim, and scopes are held only with their role, as they stand in their claim.
func TestClaimsGiveNoMoreThanIsMapped(t *testing.T) {
	words := []string{"analyst", "office", "reviewer", "admin", "x", "y", "z"}
	path := rapid.SampledFrom([]string{"roles", "a.b", "a.b.c", "x.y/z"})
	rapid.Check(t, func(t *rapid.T) {
		s := Settings{RolesClaim: path.Draw(t, "path"), OfficesClaim: "offices", ReviewsClaim: "reviews"}
		meanings := map[string]access.Roles{}
		for range rapid.IntRange(0, 4).Draw(t, "mapped") {
			name, value := rapid.SampledFrom(words[:4]).Draw(t, "role"), rapid.SampledFrom(words).Draw(t, "value")
			s.Roles = append(s.Roles, name+"="+value)
			role, _ := access.RoleNamed(name)
			meanings[value] |= role
		}
		if len(s.Roles) == 0 {
			for _, name := range words[:4] {
				meanings[name], _ = access.RoleNamed(name)
			}
		}
		held := rapid.SliceOfN(rapid.SampledFrom(words), 0, 4).Draw(t, "held")
		ids := rapid.SliceOfN(rapid.SampledFrom([]string{"uni_a", "all_b", "com_c"}), 0, 4)
		offices, reviews := ids.Draw(t, "offices"), ids.Draw(t, "reviews")
		claims := map[string]any{"offices": said(t, offices), "reviews": said(t, reviews), "groups": words, "sub": "admin"}
		put(claims, strings.Split(s.RolesClaim, "."), said(t, held))

		m := mappingOf(t, s)
		end := jwt.NumericDate(1)
		v := m.viewer(&jwt.Claims{Expiry: &end}, claims)
		var want access.Roles
		for _, value := range held {
			want |= meanings[value]
		}
		if v.Roles != want {
			t.Fatalf("got %v, want %v", v.Roles.Names(), want.Names())
		}
		for _, scope := range []struct {
			role      access.Roles
			got, from []string
		}{{access.Office, v.Offices, offices}, {access.Reviewer, v.Reviews, reviews}} {
			if !want.Has(scope.role) {
				scope.from = nil
			}
			for _, id := range scope.from {
				if !slices.Contains(scope.got, id) {
					t.Fatalf("%s is missing from %v", id, scope.got)
				}
			}
			for _, id := range scope.got {
				if !slices.Contains(scope.from, id) {
					t.Fatalf("%s is in %v", id, scope.got)
				}
			}
		}
	})
}

// said is texts as a claim may hold them.
func said(t *rapid.T, of []string) any {
	if rapid.Bool().Draw(t, "one text") {
		return strings.Join(of, " ")
	}
	out := []any{}
	for _, text := range of {
		out = append(out, text)
	}
	return out
}

func put(in map[string]any, path []string, v any) {
	if len(path) == 1 {
		in[path[0]] = v
		return
	}
	below := map[string]any{}
	in[path[0]] = below
	put(below, path[1:], v)
}
