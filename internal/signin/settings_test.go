package signin

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

func TestSettings(t *testing.T) {
	got, err := ReadSettings([]byte(`
issuers:
  - issuer: https://id.example.edu/realms/partners
    audience: [partnergraph]
    rolesClaim: realm_access.roles
    roles: [office=partner-office, admin=partner-admin]
    officesClaim: organizations
    clockSkew: 30s
  - {issuer: "https://other.example.edu", audience: ["b"]}
`))
	want := []Settings{
		{Issuer: "https://id.example.edu/realms/partners", Audience: []string{"partnergraph"}, RolesClaim: "realm_access.roles",
			Roles: []string{"office=partner-office", "admin=partner-admin"}, OfficesClaim: "organizations", ClockSkew: 30 * time.Second},
		{Issuer: "https://other.example.edu", Audience: []string{"b"}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v, %v", got, err)
	}
	s, err := New(got, nil, silent)
	if err != nil {
		t.Fatal(err)
	}
	m := s.issuers["https://other.example.edu"]
	if m.skew != ClockSkew || m.mapping.rolesClaim != RolesClaim || m.mapping.officesClaim != OfficesClaim || m.mapping.reviewsClaim != ReviewsClaim {
		t.Errorf("got %+v", m)
	}
}

func TestSettingsThatAreWrong(t *testing.T) {
	good := Settings{Issuer: "https://id.example.edu", Audience: []string{"a"}}
	for _, c := range []struct {
		name   string
		change func(*Settings)
		want   string
	}{
		{"no issuer", func(s *Settings) { s.Issuer = "" }, "has no address"},
		{"no address", func(s *Settings) { s.Issuer = "id.example.edu" }, "must be an address"},
		{"not safe", func(s *Settings) { s.Issuer = "http://id.example.edu" }, "must begin with https://"},
		{"not safe, much like this machine", func(s *Settings) { s.Issuer = "http://localhost.example.edu" }, "must begin with https://"},
		{"a password in it", func(s *Settings) { s.Issuer = "https://a:b@id.example.edu" }, "must be an address"},
		{"a query", func(s *Settings) { s.Issuer = "https://id.example.edu?a" }, "must be an address"},
		{"for development", func(s *Settings) { s.Issuer = developmentIssuer }, "must be an address"},
		{"no audience", func(s *Settings) { s.Audience = nil }, "say which audience"},
		{"an empty audience", func(s *Settings) { s.Audience = []string{"a", ""} }, "say which audience"},
		{"no such role", func(s *Settings) { s.Roles = []string{"boss=a"} }, `the role "boss=a"`},
		{"no value", func(s *Settings) { s.Roles = []string{"admin"} }, `the role "admin"`},
		{"clocks far apart", func(s *Settings) { s.ClockSkew = time.Hour }, "not by 1h0m0s"},
		{"clocks apart backwards", func(s *Settings) { s.ClockSkew = -time.Second }, "not by -1s"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := good
			c.change(&s)
			if _, err := New([]Settings{s}, nil, silent); network.CodeOf(err) != network.BadUserInput || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	if _, err := New([]Settings{good, good}, nil, silent); err == nil || !strings.Contains(err.Error(), "is there twice") {
		t.Errorf("got %v", err)
	}
	for text, want := range map[string]string{
		"":                                 "it names no issuer",
		"issuers: []":                      "it names no issuer",
		"issuers:\n  - isuer: https://a.b": "line 2: field isuer not found",
		"issuer: https://a.b":              "line 1: field issuer not found",
		"issuers: [":                       "line 1",
		"issuers:\n  - clockSkew: often":   "often",
	} {
		if _, err := ReadSettings([]byte(text)); network.CodeOf(err) != network.BadUserInput || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "signin") {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}
