package localneo4j

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// These tests run the real Neo4j. Its jars are taken from the user's own cache
// and fetched into it if they are missing.

func startQuick(t *testing.T, home string) *Server {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	began := time.Now()
	s, err := Start(ctx, Options{Home: home, Quick: true, Log: func(msg string) { t.Log(msg) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("started in %.1f s", time.Since(began).Seconds())
	t.Cleanup(func() { stop(t, s) })
	return s
}

func stop(t *testing.T, s *Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	began := time.Now()
	if err := s.Stop(ctx); err != nil {
		t.Error(err)
	}
	t.Logf("stopped in %.1f s", time.Since(began).Seconds())
}

func TestServerKeepsItsStore(t *testing.T) {
	home := filepath.Join(t.TempDir(), "a store") // a blank in the name must do no harm
	first := startQuick(t, home)
	if !strings.HasPrefix(first.URI(), "bolt://127.0.0.1:") || first.Username() != "neo4j" || len(first.Password()) < 20 {
		t.Errorf("got %s %s %q", first.URI(), first.Username(), first.Password())
	}

	_, err := Start(context.Background(), Options{Home: home})
	wantLine(t, err, fmt.Sprintf("is in use by process %d (", os.Getpid()))
	wantLine(t, Wipe(home), fmt.Sprintf("is in use by process %d (", os.Getpid()))
	if first.Err() != nil || first.child.ended() {
		t.Errorf("the refusals did harm: %v", first.Err())
	}
	id := storeID(t, home)
	stop(t, first)
	select {
	case <-first.Exited():
		t.Error("a server that was stopped says that it ended by itself")
	default:
	}

	second := startQuick(t, home)
	if second.Password() != first.Password() || storeID(t, home) != id {
		t.Error("the store is not the same after a restart")
	}
	// Whatever ends the server, its owner is told why.
	if err := second.child.process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	select {
	case <-second.Exited():
		wantLine(t, second.Err(), "Neo4j ended by itself: it was killed")
	case <-time.After(10 * time.Second):
		t.Error("nobody was told that the server ended")
	}
	stop(t, second)
	if err := Wipe(home); err != nil {
		t.Error(err)
	}
}

func storeID(t *testing.T, home string) string {
	t.Helper()
	id, err := os.ReadFile(filepath.Join(home, "data", "server_id"))
	if err != nil {
		t.Fatal(err)
	}
	return string(id)
}

// serveUntilKilled is the program that dies in the test below.
func serveUntilKilled(home string) {
	if _, err := Start(context.Background(), Options{Home: home, Quick: true}); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ready")
	select {}
}

func TestServerAfterItsOwnerWasKilled(t *testing.T) {
	home := t.TempDir()
	owner := startRole(t, "serve", home)
	if _, found := findOrphan(home); !found {
		t.Fatal("no server runs")
	}
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait()
	startQuick(t, home)
}

func TestStartFailures(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	port := busy.Addr().(*net.TCPAddr).Port
	home := t.TempDir()
	cases := []struct {
		name    string
		options Options
		limit   time.Duration
		want    string
	}{
		{"no folder", Options{}, time.Minute, "needs a folder for its store"},
		{"busy port", Options{Home: home, BoltPort: port}, time.Minute,
			fmt.Sprintf("Neo4j cannot have port %d of this machine (bind: address already in use): stop what listens there", port)},
		{"wrong heap", Options{Home: home, Heap: "much", Quick: true}, time.Minute,
			"Neo4j did not start: Invalid maximum heap size: -Xmxmuch (its log: " + consoleLog(home) + ")"},
		{"heap over the machine's memory", Options{Home: home, Heap: "500g", Quick: true}, time.Minute,
			"Neo4j did not start: "},
		{"too little time", Options{Home: home, Quick: true}, 1500 * time.Millisecond, "context deadline exceeded"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), c.limit)
			defer cancel()
			s, err := Start(ctx, c.options)
			if err == nil {
				stop(t, s)
			}
			wantLine(t, err, c.want)
			t.Log(err)
			if _, found := findOrphan(home); found {
				t.Error("a server was left behind")
			}
		})
	}
}
