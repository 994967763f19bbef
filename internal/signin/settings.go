package signin

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Settings say which tokens of an issuer are taken, and what their claims mean here. What is left out has its default.
type Settings struct {
	Issuer       string        `yaml:"issuer"`       // its address, exactly as its tokens have it
	Audience     []string      `yaml:"audience"`     // tokens are meant for one of these
	RolesClaim   string        `yaml:"rolesClaim"`   // where roles stand: a name, or a path such as realm_access.roles
	Roles        []string      `yaml:"roles"`        // role=value: what the claim's values mean; if empty, the names of roles
	OfficesClaim string        `yaml:"officesClaim"` // where the organisations of an office stand
	ReviewsClaim string        `yaml:"reviewsClaim"` // where the alliances and universities of a reviewer stand
	ClockSkew    time.Duration `yaml:"clockSkew"`    // how far clocks may differ
}

// The defaults of settings.
const (
	RolesClaim   = "roles"
	OfficesClaim = "partnergraph_offices"
	ReviewsClaim = "partnergraph_reviews"
	ClockSkew    = time.Minute
)

// ReadSettings reads the settings of several issuers from the text of a file, as YAML or JSON.
func ReadSettings(text []byte) ([]Settings, error) {
	type document struct {
		Issuers []Settings `yaml:"issuers"`
	}
	var file document
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	var faults *yaml.TypeError
	switch err := d.Decode(&file); {
	case errors.As(err, &faults):
		return nil, network.Errorf(network.BadUserInput, "%s", ofType.ReplaceAllString(strings.Join(faults.Errors, "; "), ""))
	case err != nil && !errors.Is(err, io.EOF):
		return nil, network.Errorf(network.BadUserInput, "%s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(file.Issuers) == 0 {
		return nil, network.Errorf(network.BadUserInput, "it names no issuer: begin with issuers: and a list")
	}
	return file.Issuers, nil
}

// ofType is what YAML says of our code.
var ofType = regexp.MustCompile(` (in type|into) \S+`)

// check completes settings by their defaults, and says what is wrong with them.
func (s *Settings) check() error {
	for _, d := range []struct {
		of *string
		to string
	}{{&s.RolesClaim, RolesClaim}, {&s.OfficesClaim, OfficesClaim}, {&s.ReviewsClaim, ReviewsClaim}} {
		if *d.of == "" {
			*d.of = d.to
		}
	}
	if s.ClockSkew == 0 {
		s.ClockSkew = ClockSkew
	}
	if s.Issuer == "" {
		return network.Errorf(network.BadUserInput, "an issuer has no address: give the one that its tokens have as iss, such as https://id.example.edu/realms/partners")
	}
	if err := trustworthy(s.Issuer); err != nil {
		return network.Errorf(network.BadUserInput, "issuer %s: %s", s.Issuer, err)
	}
	if len(s.Audience) == 0 || slices.Contains(s.Audience, "") {
		return network.Errorf(network.BadUserInput, "issuer %s: say which audience its tokens for this server have, or tokens for others would be taken too", s.Issuer)
	}
	if s.ClockSkew < 0 || s.ClockSkew > 5*time.Minute {
		return network.Errorf(network.BadUserInput, "issuer %s: clocks may differ by 0 to 5m, not by %s", s.Issuer, s.ClockSkew)
	}
	return nil
}

func (s *Settings) mapping() (mapping, error) {
	m := mapping{s.RolesClaim, s.OfficesClaim, s.ReviewsClaim, map[string]access.Roles{}}
	for _, entry := range s.Roles {
		name, value, _ := strings.Cut(entry, "=")
		role, ok := access.RoleNamed(name)
		if !ok || value == "" {
			return m, network.Errorf(network.BadUserInput, "issuer %s: the role %q is not as it should be, such as office=partner-office; the roles are %s", s.Issuer, entry, strings.Join(access.All.Names(), ", "))
		}
		m.roles[value] |= role
	}
	if len(s.Roles) == 0 {
		for _, name := range access.All.Names() {
			m.roles[name], _ = access.RoleNamed(name)
		}
	}
	return m, nil
}

// trustworthy says what is wrong with an address that keys are to come from: nobody may be able to change them on the way.
func trustworthy(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || u.RawQuery != "":
		return errors.New("must be an address such as https://id.example.edu/realms/partners")
	case u.Scheme == "https" || u.Scheme == "http" && Loopback(u.Hostname()):
		return nil
	}
	return errors.New("must begin with https:// (http:// is for this machine only)")
}

// Loopback says whether a host is this machine, and can't be reached from another.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
