// Package store runs statements on Neo4j. It alone imports the driver: everything above it hands over text and plain
// values, and gets plain values back.
package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Config says which database to use.
type Config struct {
	URI      string // bolt://, neo4j:// (a cluster, with routing) and their +s and +ssc forms
	Username string
	Password string
	Database string        // "" for the default one
	Timeout  time.Duration // of one statement, at the database as well
	// OnStatement, if given, hears of every statement before it is run.
	OnStatement func(text string)
}

// Store is an open database.
type Store struct {
	driver neo4j.DriverWithContext
	config Config
}

// Open connects and makes sure that the database answers. A driver that can't reach it gives an error that says what
// to mend, of code UNAVAILABLE.
func Open(ctx context.Context, c Config) (*Store, error) {
	if c.Timeout == 0 {
		c.Timeout = 10 * time.Second
	}
	driver, err := neo4j.NewDriverWithContext(c.URI, neo4j.BasicAuth(c.Username, c.Password, ""), func(d *config.Config) {
		d.ConnectionAcquisitionTimeout = 5 * time.Second
		d.SocketConnectTimeout = 3 * time.Second
		d.MaxTransactionRetryTime = c.Timeout
		d.ConnectionLivenessCheckTimeout = 30 * time.Second
		d.UserAgent = "partnergraph"
		d.FetchSize = neo4j.FetchAll
	})
	if err != nil {
		return nil, network.Errorf(network.BadUserInput, "NEO4J_URI %q is no address of a Neo4j: write bolt://host:7687 or neo4j://host:7687: %w", c.URI, err)
	}
	s := &Store{driver: driver, config: c}
	if err := s.Ping(ctx); err != nil {
		_ = driver.Close(ctx)
		var known *network.Error
		if errors.As(err, &known) && known.Message == unreachable {
			err = &network.Error{Code: known.Code, Message: unreachable + ": is it running, and is NEO4J_URI right?", Cause: known.Cause}
		}
		return nil, err
	}
	return s, nil
}

// ErrSignIn is in the chain of an error when the database refuses the user name or password.
var ErrSignIn = errors.New("sign-in refused")

// unreachable is what a client may know of a database that doesn't answer; who opens it is told how to mend that.
const unreachable = "the database can't be reached"

// Close closes all connections.
func (s *Store) Close(ctx context.Context) error { return s.driver.Close(ctx) }

// Ping asks the database for an answer.
func (s *Store) Ping(ctx context.Context) error {
	_, err := s.Read(ctx, "RETURN 1 AS answer", nil)
	return err
}

// Read runs a statement that reads, and gives the one value of its first record; nil when there is none. It runs
// outside a managed transaction, which would cost two more round trips, on a reader where there are several servers;
// what may go well a moment later is tried again until ctx ends. A parameter `p.name` is what the text calls $p.name.
func (s *Store) Read(ctx context.Context, text string, params map[string]any) (any, error) {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	if s.config.OnStatement != nil {
		s.config.OnStatement(text)
	}
	params = parameters(inMaps(params))
	for try := 0; ; try++ {
		v, err := s.readOnce(ctx, text, params)
		if err == nil {
			return v, nil
		}
		if try == 2 || !neo4j.IsRetryable(err) || !pause(ctx, try) {
			return nil, s.explain(ctx, err)
		}
	}
}

func (s *Store) readOnce(ctx context.Context, text string, params map[string]any) (any, error) {
	session := s.reader(ctx)
	defer closeSession(ctx, session)
	result, err := session.Run(ctx, text, params, neo4j.WithTxTimeout(s.config.Timeout))
	if err != nil {
		return nil, err
	}
	var out any
	if result.Next(ctx) {
		out = result.Record().Values[0]
	}
	if _, err := result.Consume(ctx); err != nil {
		return nil, err
	}
	return out, nil
}

func (s *Store) reader(ctx context.Context) neo4j.SessionWithContext {
	return s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, DatabaseName: s.config.Database, FetchSize: neo4j.FetchAll})
}

// closeSession gives a session's connection back, for which it takes a moment even when the request has none left.
func closeSession(ctx context.Context, session neo4j.SessionWithContext) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	_ = session.Close(ctx)
}

// pause waits a little longer each time, with jitter; false when ctx ends first.
func pause(ctx context.Context, try int) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(time.Duration(50<<try)*time.Millisecond + rand.N(50*time.Millisecond)):
		return true
	}
}

// write runs work in one transaction, again if the database says that it may go well then.
func (s *Store) write(ctx context.Context, timeout time.Duration, work func(neo4j.ManagedTransaction) error) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeWrite, DatabaseName: s.config.Database})
	defer closeSession(ctx, session)
	_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) { return nil, work(tx) }, neo4j.WithTxTimeout(timeout))
	return s.explain(ctx, err)
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

// explain turns an error of the driver into one that says what is wrong without naming statement or host; the cause
// stays for the log.
func (s *Store) explain(ctx context.Context, err error) error {
	var known *network.Error
	var db *neo4j.Neo4jError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(ctx.Err(), context.DeadlineExceeded) || errors.Is(err, context.DeadlineExceeded):
		return &network.Error{Code: network.Timeout, Message: "the database took too long: ask for less", Cause: err}
	case errors.As(err, &db):
		switch {
		case db.Title() == "Unauthorized" || db.Title() == "AuthenticationRateLimit" || db.Title() == "CredentialsExpired":
			return &network.Error{Code: network.Unavailable, Message: "the database refuses the user name or password: set NEO4J_USERNAME and NEO4J_PASSWORD", Cause: errors.Join(ErrSignIn, err)}
		case db.Title() == "DatabaseNotFound":
			return &network.Error{Code: network.Unavailable, Message: fmt.Sprintf("the database %q does not exist there: set NEO4J_DATABASE", s.config.Database), Cause: err}
		case db.Title() == "TransactionTimedOut" || db.Title() == "TransactionTimedOutClientConfiguration" || db.Title() == "Terminated":
			return &network.Error{Code: network.Timeout, Message: "the database took too long: ask for less", Cause: err}
		case db.Classification() == "TransientError":
			return &network.Error{Code: network.Unavailable, Message: "the database can't answer just now: try again", Cause: err}
		}
		return err
	case neo4j.IsConnectivityError(err) || neo4j.IsRetryable(err) || errors.Is(err, context.Canceled):
		return &network.Error{Code: network.Unavailable, Message: unreachable, Cause: err}
	}
	return err
}
