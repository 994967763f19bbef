// Package store runs statements on Neo4j. It alone imports the driver: everything above it hands over text and plain
// values, and gets plain values back.
package store

import (
	"context"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"github.com/partnergraph/partnergraph/internal/bookmark"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Config says which database to use.
type Config struct {
	URI      string // bolt://, neo4j:// (a cluster, with routing) and their +s and +ssc forms
	Username string
	Password string
	Database string        // "" for the default one
	Timeout  time.Duration // of one statement, at the database as well; 10 s if absent
	// Connections is how many statements run at a time; 100 if absent. One more waits for at most Wait, 1 s if absent.
	Connections int
	Wait        time.Duration
	// OnStatement, if given, hears of every statement before it is run.
	OnStatement func(text string)
	// Ran, if given, hears of the statements of transactions and of Rows once they were run, each of its tries; whoever
	// calls Read knows that by itself.
	Ran func(ctx context.Context, text string, began time.Time, err error)
}

// Store is an open database.
type Store struct {
	driver neo4j.DriverWithContext
	config Config
	slots  *slots
	watch  *watch // nil unless somebody watches
}

// The bounds of what the driver does by itself.
const (
	connectTimeout = 3 * time.Second
	// acquireTimeout bounds how long a connection takes to be there, signed in; slots bound the wait for a free one.
	acquireTimeout = 5 * time.Second
	// idleUnchecked is how long a connection may rest before it is tried out; one that is busy costs no round trip for it.
	idleUnchecked = 30 * time.Second
)

// Open connects and makes sure that the database answers. A driver that can't reach it gives an error that says what
// to mend, of code UNAVAILABLE.
func Open(ctx context.Context, c Config) (*Store, error) {
	if c.Timeout == 0 {
		c.Timeout = 10 * time.Second
	}
	if c.Connections == 0 {
		c.Connections = 100
	}
	if c.Wait == 0 {
		c.Wait = time.Second
	}
	driver, err := connect(c, c.Connections)
	if err != nil {
		return nil, network.Errorf(network.BadUserInput, "NEO4J_URI %q is no address of a Neo4j: write bolt://host:7687 or neo4j://host:7687: %w", c.URI, err)
	}
	s := &Store{driver: driver, config: c, slots: &slots{taken: make(chan struct{}, c.Connections)}}
	if err := s.Ping(ctx); err != nil {
		_ = driver.Close(ctx)
		return nil, toOperator(err, c)
	}
	return s, nil
}

func connect(c Config, connections int) (neo4j.DriverWithContext, error) {
	return neo4j.NewDriverWithContext(c.URI, neo4j.BasicAuth(c.Username, c.Password, ""), func(d *config.Config) {
		d.MaxConnectionPoolSize = connections
		d.ConnectionAcquisitionTimeout = acquireTimeout
		d.SocketConnectTimeout = connectTimeout
		d.MaxTransactionRetryTime = c.Timeout
		d.ConnectionLivenessCheckTimeout = idleUnchecked
		d.UserAgent = "partnergraph"
		d.FetchSize = neo4j.FetchAll
	})
}

func (c Config) ran(ctx context.Context, text string, began time.Time, err error) {
	if c.Ran != nil {
		c.Ran(ctx, text, began, err)
	}
}

// routed tells whether the database may have several members, of which another may answer where one doesn't.
func (c Config) routed() bool { return strings.HasPrefix(c.URI, "neo4j") }

// Close closes all connections.
func (s *Store) Close(ctx context.Context) error {
	if s.watch != nil {
		s.watch.stop(ctx)
	}
	return s.driver.Close(ctx)
}

// Ping asks the database for an answer.
func (s *Store) Ping(ctx context.Context) error {
	_, err := s.Read(ctx, "RETURN 1 AS answer", nil)
	return err
}

func (s *Store) session(ctx context.Context, mode neo4j.AccessMode) neo4j.SessionWithContext {
	return s.driver.NewSession(ctx, neo4j.SessionConfig{
		AccessMode: mode, DatabaseName: s.config.Database, FetchSize: neo4j.FetchAll,
		Bookmarks: neo4j.BookmarksFromRawValues(bookmark.Last(ctx).Marks()...),
	})
}

// closeSession gives a session's connection back, for which it takes a moment even when the request has none left.
func closeSession(ctx context.Context, session neo4j.SessionWithContext) {
	if ctx.Err() == nil {
		_ = session.Close(ctx)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	_ = session.Close(ctx)
}

// write runs work in one transaction, again if the database says that it may go well then. What the request reads from
// then on sees what was written.
func (s *Store) write(ctx context.Context, timeout time.Duration, work func(neo4j.ManagedTransaction) error) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := s.slots.take(ctx, s.config.Wait); err != nil {
		return err
	}
	defer s.slots.free()
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer closeSession(ctx, session)
	once := func() error {
		_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) { return nil, work(tx) }, neo4j.WithTxTimeout(timeout))
		return err
	}
	err := once()
	for try := 1; overtaken(err) && pause(ctx, min(try, tries)); try++ {
		err = once()
	}
	if err != nil {
		return s.explain(ctx, err)
	}
	bookmark.Wrote(ctx, bookmark.Of(neo4j.BookmarksToRawValues(session.LastBookmarks())))
	return nil
}

// Run runs a statement that writes, in a transaction of its own.
func (s *Store) Run(ctx context.Context, text string, params map[string]any) error {
	return s.write(ctx, s.config.Timeout, func(tx neo4j.ManagedTransaction) error {
		result, err := tx.Run(ctx, text, parameters(params))
		if err == nil {
			_, err = result.Consume(ctx)
		}
		return err
	})
}
