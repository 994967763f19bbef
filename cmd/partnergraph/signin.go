package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"slices"
	"time"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/signin"
)

// signIn says whose tokens a server takes.
type signIn struct {
	Issuer       string        `help:"Issuer of OpenID Connect whose tokens are taken, such as https://id.example.edu/realms/partners."`
	Audience     []string      `help:"Audience that its tokens for this server have."`
	RolesClaim   string        `default:"${roles_claim}" help:"Claim of its tokens that holds roles, by name or path, such as realm_access.roles."`
	Roles        []string      `help:"What the values of that claim mean, such as office=partner-office,admin=partner-admin; the names of roles if absent."`
	OfficesClaim string        `default:"${offices_claim}" help:"Claim with the ids of the organisations of an office."`
	ReviewsClaim string        `default:"${reviews_claim}" help:"Claim with the ids of the alliances and universities of a reviewer."`
	ClockSkew    time.Duration `default:"${clock_skew}" help:"How far its clock and ours may differ."`
	Issuers      string        `type:"existingfile" help:"File with the settings of several issuers."`

	Development    bool   `help:"Take the tokens of partnergraph token; on loopback only."`
	DevelopmentKey string `default:".data/development-key" type:"path" help:"File with the key for development, made if absent."`
}

// signInDefaults are the defaults above.
var signInDefaults = map[string]string{
	"roles_claim": signin.RolesClaim, "offices_claim": signin.OfficesClaim, "reviews_claim": signin.ReviewsClaim, "clock_skew": signin.ClockSkew.String(),
}

// open reads the settings, for a server that listens on an address.
func (s *signIn) open(address string, log *slog.Logger) (*signin.SignIn, error) {
	var all []signin.Settings
	if s.Issuers != "" {
		text, err := os.ReadFile(s.Issuers)
		if err != nil {
			return nil, err
		}
		if all, err = signin.ReadSettings(text); err != nil {
			return nil, network.Errorf(network.BadUserInput, "%s: %s", s.Issuers, forPeople(err))
		}
	}
	if s.Issuer != "" {
		all = append(all, signin.Settings{
			Issuer: s.Issuer, Audience: s.Audience, RolesClaim: s.RolesClaim, Roles: s.Roles,
			OfficesClaim: s.OfficesClaim, ReviewsClaim: s.ReviewsClaim, ClockSkew: s.ClockSkew,
		})
	} else if len(s.Audience)+len(s.Roles) > 0 {
		return nil, network.Errorf(network.BadUserInput, "--audience and --roles are of an issuer: give --issuer too")
	}
	var key *signin.DevelopmentKey
	if s.Development {
		host, _, err := net.SplitHostPort(address)
		if err != nil || !signin.Loopback(host) {
			return nil, network.Errorf(network.BadUserInput, "--development: whoever has the key of this machine is whom they like, so it is for loopback only: listen on 127.0.0.1, not on %s", address)
		}
		if key, err = signin.MakeDevelopmentKey(s.DevelopmentKey); err != nil {
			return nil, err
		}
	}
	return signin.New(all, key, log)
}

type tokenCmd struct {
	Role           []string      `required:"" enum:"analyst,office,reviewer,admin" help:"Role of its bearer: analyst, office, reviewer or admin; may be repeated."`
	Organization   []string      `help:"Id of an organisation whose office the bearer belongs to; for the role office."`
	Reviews        []string      `help:"Id of an alliance or university whose registrations the bearer reviews; for the role reviewer."`
	For            time.Duration `default:"1h" help:"How long it holds, at most 24h."`
	Subject        string        `default:"developer" help:"Whose it is."`
	DevelopmentKey string        `default:".data/development-key" type:"path" help:"File with the key that serve --development made."`
}

func (c *tokenCmd) Run() error {
	v, err := c.viewer()
	if err != nil {
		return err
	}
	key, err := signin.ReadDevelopmentKey(c.DevelopmentKey)
	if errors.Is(err, fs.ErrNotExist) {
		return network.Errorf(network.BadUserInput, "there is no key for development in %s: start the server with serve --development first; any other server refuses these tokens", c.DevelopmentKey)
	}
	if err != nil {
		return err
	}
	token, err := key.Mint(v)
	if err != nil {
		return err
	}
	_, err = fmt.Println(token)
	return err
}

// viewer is whom the token is for.
func (c *tokenCmd) viewer() (access.Viewer, error) {
	v := access.Viewer{Subject: c.Subject, Offices: c.Organization, Reviews: c.Reviews, Until: time.Now().Add(c.For)}
	for _, name := range c.Role {
		role, _ := access.RoleNamed(name)
		v.Roles |= role
	}
	for _, scope := range []struct {
		role access.Roles
		flag string
		ids  []string
	}{{access.Office, "--organization", c.Organization}, {access.Reviewer, "--reviews", c.Reviews}} {
		if name := scope.role.Names()[0]; v.Roles.Has(scope.role) != (len(scope.ids) > 0) {
			return v, network.Errorf(network.BadUserInput, "--role %s and %s go together: give both or neither", name, scope.flag)
		}
		if slices.Contains(scope.ids, "") {
			return v, network.Errorf(network.BadUserInput, "%s: give an id, such as uni_jiangsu-university", scope.flag)
		}
	}
	switch {
	case c.For <= 0 || c.For > signin.LongestDevelopmentToken:
		return v, network.Errorf(network.BadUserInput, "--for: must be more than 0 and at most %s, such as 1h", signin.LongestDevelopmentToken)
	case c.Subject == "":
		return v, network.Errorf(network.BadUserInput, "--subject: give a name")
	}
	return v, nil
}
