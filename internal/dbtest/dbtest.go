// Package dbtest gives tests the one real Neo4j of a test run. A run without one fails: a test that needs the database
// never skips.
package dbtest

import (
	"context"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
)

// The variables by which the run tells its tests where the database is.
const (
	URI      = "PARTNERGRAPH_TEST_NEO4J_URI"
	Password = "PARTNERGRAPH_TEST_NEO4J_PASSWORD"
	Lock     = "PARTNERGRAPH_TEST_NEO4J_LOCK"
	Process  = "PARTNERGRAPH_TEST_NEO4J_PROCESS"
)

// TB is what is used of *testing.T, *testing.B and *rapid.T.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Config is the database of the run.
func Config(t TB) store.Config {
	t.Helper()
	if os.Getenv(URI) == "" {
		t.Fatalf("this test needs a real Neo4j: run it by `make test`, or `go run ./internal/dbtest/run go test ./…`")
	}
	return store.Config{URI: os.Getenv(URI), Username: "neo4j", Password: os.Getenv(Password), Timeout: 60 * time.Second}
}

// Open gives an empty, migrated database that no other package uses until the test ends.
func Open(t *testing.T) *store.Store {
	t.Helper()
	return OpenWith(t, nil)
}

// OpenWith is Open with somebody who hears of every statement.
func OpenWith(t *testing.T, heard func(string)) *store.Store {
	t.Helper()
	c := Config(t)
	c.OnStatement = heard
	only(t)
	ctx := context.Background()
	s, err := store.Open(ctx, c)
	if err != nil {
		t.Fatalf("opening the database: %v", err)
	}
	t.Cleanup(func() { _ = s.Close(ctx) })
	if _, err := s.Migrate(ctx); err != nil {
		t.Fatalf("migrating: %v", err)
	}
	Wipe(t, s)
	return s
}

// Wipe empties the database.
func Wipe(t TB, s *store.Store) {
	t.Helper()
	if err := s.Wipe(context.Background()); err != nil {
		t.Fatalf("wiping: %v", err)
	}
}

// Fill empties the database and writes a network.
func Fill(t TB, s *store.Store, n *network.Network) {
	t.Helper()
	Wipe(t, s)
	if err := s.Write(context.Background(), n.Things, n.Ties); err != nil {
		t.Fatalf("writing the network: %v", err)
	}
}

// only keeps the packages of a run, which are processes of their own, from writing over one another.
func only(t *testing.T) {
	t.Helper()
	f, err := os.OpenFile(os.Getenv(Lock), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatalf("the lock of the test database: %v", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatalf("the lock of the test database: %v", err)
	}
	t.Cleanup(func() { _ = f.Close() })
}

// Freeze stops the database where it stands, as a machine does that swaps or is moved; thaw lets it go on. It is for a
// test that has the database for itself by Open.
func Freeze(t *testing.T) (thaw func()) {
	t.Helper()
	process, err := strconv.Atoi(os.Getenv(Process))
	if err != nil {
		t.Fatalf("the process of the test database: %v", err)
	}
	thaw = func() { _ = syscall.Kill(process, syscall.SIGCONT) }
	t.Cleanup(thaw)
	if err := syscall.Kill(process, syscall.SIGSTOP); err != nil {
		t.Fatalf("freezing the test database: %v", err)
	}
	time.Sleep(50 * time.Millisecond) // its threads stop one after another
	return thaw
}
