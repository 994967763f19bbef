package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/partnergraph/partnergraph/internal/bookmark"
	"github.com/partnergraph/partnergraph/internal/feed"
	"github.com/partnergraph/partnergraph/internal/localneo4j"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
	"github.com/partnergraph/partnergraph/internal/store"
)

// database says which database a command uses.
type database struct {
	URI      string `name:"neo4j-uri" env:"NEO4J_URI" help:"Address of a Neo4j 5 or later; without it, one on this machine is run."`
	Username string `name:"neo4j-username" env:"NEO4J_USERNAME" default:"neo4j" help:"User name there."`
	Password string `name:"neo4j-password" env:"NEO4J_PASSWORD" help:"Password there; better given by the environment than on the command line."`
	Name     string `name:"neo4j-database" env:"NEO4J_DATABASE" help:"Database there; its default one if absent."`

	Store     string        `default:".data/neo4j" type:"path" help:"Folder of the Neo4j on this machine."`
	BoltPort  int           `default:"0" help:"Port of the Neo4j on this machine; 0 for a free one."`
	Statement time.Duration `name:"statement-timeout" default:"5s" help:"The longest that one statement may take."`

	Connections int           `default:"100" help:"How many statements may run at a time, each on a connection of its own."`
	Wait        time.Duration `name:"connection-wait" default:"1s" help:"The longest that one more statement waits for a free connection."`

	brief bool // the Neo4j of our own runs for a moment only
}

// session is an open database, and the Neo4j of our own behind it if there is one.
type session struct {
	*store.Store
	local *localneo4j.Server
	// The seals are by what all instances know: the password of the database.
	seal    bookmark.Seal
	cursors feed.Seal
}

// ended is closed when the Neo4j of our own ends by itself; it is nil, and never closed, for any other.
func (s *session) ended() <-chan struct{} {
	if s.local == nil {
		return nil
	}
	return s.local.Exited()
}

// close closes the connections and stops the Neo4j of our own in order.
func (s *session) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if s.Store != nil {
		_ = s.Store.Close(ctx)
	}
	if s.local != nil {
		if err := s.local.Stop(ctx); err != nil {
			say("%v", err)
		}
	}
}

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// open connects: to NEO4J_URI, to a Neo4j of its own, or, if it may join, to the one that another command of ours runs
// on the store. A server joins none, since that one would end under it.
func (d *database) open(ctx context.Context, join bool) (_ *session, err error) {
	if d.Statement <= 0 {
		return nil, network.Errorf(network.BadUserInput, "--statement-timeout: must be more than 0, such as 5s")
	}
	if d.Connections <= 0 || d.Wait <= 0 {
		return nil, network.Errorf(network.BadUserInput, "--connections and --connection-wait: must be more than 0, such as 100 and 1s")
	}
	c := store.Config{
		URI: d.URI, Username: d.Username, Password: d.Password, Database: d.Name, Timeout: d.Statement,
		Connections: d.Connections, Wait: d.Wait,
		Ran: func(ctx context.Context, text string, began time.Time, err error) {
			observe.From(ctx).Ran(began, nil, text, err)
		},
	}
	out := &session{}
	defer func() {
		if err != nil {
			out.close()
		}
	}()
	if d.URI == "" {
		if c, out.local, err = d.openLocal(ctx, c, join); err != nil {
			return nil, err
		}
	}
	out.seal, out.cursors = bookmark.NewSeal(c.Password), feed.NewSeal(c.Password)
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		if out.Store, err = store.Open(ctx, c); err == nil {
			return out, nil
		}
		// A Neo4j that has just started may need a moment more.
		refused := errors.Is(err, store.ErrSignIn)
		if refused && d.URI == "" {
			return nil, network.Errorf(network.Unavailable, "the store at %s has another password than its file %s: put the right file back, or start over with an empty store (make reset)", d.Store, filepath.Join(d.Store, "password"))
		}
		if refused || out.local == nil || ctx.Err() != nil || time.Since(began) > 20*time.Second {
			return nil, network.Errorf(network.CodeOf(err), "%s: %s", withoutSecrets(c.URI), forPeople(err))
		}
	}
}

// openToWrite connects and brings the database's layout up to date.
func (d *database) openToWrite(ctx context.Context) (*session, error) {
	return d.openFor(ctx, true, migrate)
}

// openToServe is openToWrite with a database that doesn't end before this process does.
func (d *database) openToServe(ctx context.Context) (*session, error) {
	return d.openFor(ctx, false, migrate)
}

// openToRead connects; it changes nothing, and refuses a database that this program doesn't know.
func (d *database) openToRead(ctx context.Context) (*session, error) {
	return d.openFor(ctx, true, func(ctx context.Context, s *store.Store) error {
		_, err := s.Pending(ctx)
		return err
	})
}

func (d *database) openFor(ctx context.Context, join bool, settle func(context.Context, *store.Store) error) (*session, error) {
	s, err := d.open(ctx, join)
	if err != nil {
		return nil, err
	}
	if err := settle(ctx, s.Store); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// withoutSecrets is an address without the user name and password that somebody may have put there.
func withoutSecrets(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "NEO4J_URI"
	}
	u.User = nil
	return u.String()
}

func (d *database) openLocal(ctx context.Context, c store.Config, join bool) (store.Config, *localneo4j.Server, error) {
	c.Username, c.Database = "neo4j", ""
	if uri, password, ok := localneo4j.Running(d.Store); ok && join {
		c.URI, c.Password = uri, password
		return c, nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	local, err := localneo4j.Start(ctx, localneo4j.Options{Home: d.Store, BoltPort: d.BoltPort, Quick: d.brief, Log: func(m string) { say("%s", m) }})
	if err != nil {
		return c, nil, err
	}
	c.URI, c.Password = local.URI(), local.Password()
	return c, local, nil
}

type migrateCmd struct {
	Database database `embed:""`
}

func (c *migrateCmd) Run(ctx context.Context) error {
	s, err := c.Database.openToWrite(ctx)
	if err != nil {
		return err
	}
	s.close()
	return nil
}

// migrate brings the layout up to date and says what it did.
func migrate(ctx context.Context, s *store.Store) error {
	names, err := s.Migrate(ctx)
	for _, n := range names {
		say("migrated: %s", n)
	}
	if err == nil && len(names) == 0 {
		say("The database's layout is up to date.")
	}
	return err
}

type resetCmd struct {
	Store string `default:".data/neo4j" type:"path" help:"Folder of the Neo4j on this machine."`
}

func (c *resetCmd) Run() error {
	if _, err := os.Stat(c.Store); errors.Is(err, os.ErrNotExist) {
		say("There is no network in %s.", c.Store)
		return nil
	}
	if err := localneo4j.Wipe(c.Store); err != nil {
		return err
	}
	say("Deleted the network in %s.", c.Store)
	return nil
}
