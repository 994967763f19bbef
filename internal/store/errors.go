package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/partnergraph/partnergraph/internal/bookmark"
	"github.com/partnergraph/partnergraph/internal/network"
)

// ErrSignIn is in the chain of an error when the database refuses the user name or password.
var ErrSignIn = errors.New("sign-in refused")

var errNoDatabase = errors.New("no such database")

// What a client may know of a database that doesn't answer; who opens it is told how to mend that.
const (
	unreachable = "the database can't be reached"
	tooLong     = "the database took too long: ask for less"
	notYet      = "the database has not come to what the bookmark is of, or took too long: try again"
	notNow      = "the database can't answer just now: try again"
	foreign     = "the bookmark is none of this database: give back the one of your last write here, or none"
)

// explain turns an error of the driver into one that says what is wrong without naming statement or host; the cause
// stays for the log. It is the one place that chooses the code.
func (s *Store) explain(ctx context.Context, err error) error {
	var known *network.Error
	var db *neo4j.Neo4jError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, errSilent) || s.watch.silent():
		return unavailable(unreachable, err)
	case errors.Is(err, errOverdue) && (s.watch == nil || s.config.routed()): // a member is away, if not all
		return unavailable(unreachable, err)
	case errors.Is(err, errOverdue) || errors.Is(ctx.Err(), context.DeadlineExceeded):
		return slow(ctx, err)
	case errors.As(err, &db):
		return explainDatabase(ctx, db, err)
	case lost(err):
		return unavailable(unreachable, err)
	}
	return err
}

// explainDatabase turns what the database itself said.
func explainDatabase(ctx context.Context, db *neo4j.Neo4jError, err error) error {
	switch db.Title() {
	case "Unauthorized", "AuthenticationRateLimit", "CredentialsExpired":
		return unavailable(unreachable, errors.Join(ErrSignIn, err))
	case "DatabaseNotFound":
		return unavailable(unreachable, errors.Join(errNoDatabase, err))
	case "TransactionTimedOut", "TransactionTimedOutClientConfiguration":
		return slow(ctx, err)
	case "BookmarkTimeout":
		return &network.Error{Code: network.Timeout, Message: notYet, Cause: err}
	case "InvalidBookmark", "InvalidBookmarkMixture":
		return &network.Error{Code: network.BadUserInput, Message: foreign, Cause: err}
	}
	if db.Classification() == "TransientError" {
		return unavailable(notNow, err)
	}
	return err
}

func unavailable(text string, cause error) error {
	return &network.Error{Code: network.Unavailable, Message: text, Cause: cause}
}

// lost tells an error of the way to the database: any that the database didn't answer with, and that is not ours for
// using the driver wrongly. The driver gives some of them no type, such as a connection that is cut within a message.
func lost(err error) bool {
	var db *neo4j.Neo4jError
	return !errors.As(err, &db) && !neo4j.IsUsageError(err)
}

// toOperator says to whoever opens a database how to mend that it can't be used.
func toOperator(err error, c Config) error {
	var known *network.Error
	if !errors.As(err, &known) || known.Code != network.Unavailable && known.Code != network.Timeout {
		return err
	}
	out := network.Error{Code: network.Unavailable, Cause: known.Cause}
	switch {
	case errors.Is(err, ErrSignIn):
		out.Message = "the database refuses the user name or password: set NEO4J_USERNAME and NEO4J_PASSWORD"
	case errors.Is(err, errNoDatabase):
		out.Message = fmt.Sprintf("the database %q does not exist there: set NEO4J_DATABASE", c.Database)
	default:
		out.Message = unreachable + ": is it running, and is NEO4J_URI right?"
	}
	return &out
}

// slow is for a database that lives: it is the statement that is slow, or that can't begin before a bookmark is reached.
func slow(ctx context.Context, cause error) error {
	text := tooLong
	if !bookmark.Last(ctx).None() {
		text = notYet
	}
	return &network.Error{Code: network.Timeout, Message: text, Cause: cause}
}
