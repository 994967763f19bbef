package store

import (
	"errors"
	"fmt"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// TestOvertaken: Neo4j 5.26 says so of a statement that it planned five times while indexes came online, with no code
// of its own. It happens to a database that starts on a slow disk, about once in ten starts.
func TestOvertaken(t *testing.T) {
	said := &neo4j.Neo4jError{Code: "Neo.DatabaseError.General.UnknownError", Msg: "Could not compile query due to insanely frequent schema changes"}
	if !overtaken(fmt.Errorf("migration 0003_orders: %w", said)) {
		t.Error("it isn't tried again")
	}
	for _, other := range []error{
		nil,
		errors.New(said.Msg),
		&neo4j.Neo4jError{Code: said.Code, Msg: "null"},
		&neo4j.Neo4jError{Code: "Neo.ClientError.Statement.SyntaxError", Msg: said.Msg},
	} {
		if overtaken(other) {
			t.Errorf("%v is tried again", other)
		}
	}
}
