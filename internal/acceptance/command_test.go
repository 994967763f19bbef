package acceptance

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/ingest"
)

// command is the built binary, pointed at the database of the run.
type command struct {
	*testing.T
	path string
	env  []string
}

// build builds the binary from the source in a folder.
func build(t *testing.T, source string) *command {
	t.Helper()
	c := dbtest.Config(t)
	out := &command{T: t, path: filepath.Join(t.TempDir(), "partnergraph")}
	out.env = append(os.Environ(), "NEO4J_URI="+c.URI, "NEO4J_USERNAME="+c.Username, "NEO4J_PASSWORD="+c.Password)
	build := exec.Command("go", "build", "-o", out.path, "./cmd/partnergraph")
	build.Dir = source
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, text)
	}
	return out
}

// run runs the binary to its end and gives what it printed and its exit code.
func (c *command) run(env []string, args ...string) (string, int) {
	c.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	run := exec.CommandContext(ctx, c.path, args...)
	run.Env = append(c.env, env...)
	text, err := run.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		c.Fatalf("%v: %v", args, err)
	}
	return string(text), run.ProcessState.ExitCode()
}

// must runs the binary, which must succeed and print the parts.
func (c *command) must(parts []string, args ...string) string {
	c.Helper()
	text, code := c.run(nil, args...)
	if code != 0 {
		c.Fatalf("%v ends with %d:\n%s", args, code, text)
	}
	for _, p := range parts {
		if !strings.Contains(text, p) {
			c.Errorf("%v prints no %q:\n%s", args, p, text)
		}
	}
	return text
}

// fails runs the binary, which must fail with one line that has the parts.
func (c *command) fails(env, parts []string, args ...string) {
	c.Helper()
	text, code := c.run(env, args...)
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if code == 0 || len(lines) != 1 {
		c.Errorf("%v ends with %d and %d lines, not with one line of error:\n%s", args, code, len(lines), text)
	}
	for _, p := range parts {
		if !strings.Contains(text, p) {
			c.Errorf("%v says no %q:\n%s", args, p, text)
		}
	}
}

func TestImportAndExport(t *testing.T) {
	dbtest.Open(t)
	c := build(t, "../..")
	things, ties := documents(t)
	did := func(newThings, changed, newTies, same int) string {
		return fmt.Sprintf("things: %d new, %d changed; relationships: %d new, 0 changed; as they were: %d.", newThings, changed, newTies, same)
	}
	whole := did(things, 0, ties, 0)
	c.must([]string{"Would import: " + whole}, "import", "--dry-run")
	c.must([]string{"Imported: " + whole}, "import")
	c.must([]string{did(0, 0, 0, things+ties)}, "import")

	folder := filepath.Join(t.TempDir(), "export")
	c.must([]string{fmt.Sprintf("Exported %d things and %d relationships", things, ties)}, "export", folder, "--name", "Five documents")
	if text, err := exec.Command("diff", "-r", folder, "../../dataset").CombinedOutput(); err != nil {
		t.Errorf("the export differs from the dataset:\n%s", text)
	}
	c.fails(nil, []string{"is not empty"}, "export", folder)

	edit(t, filepath.Join(folder, "nodes", "University.yaml"), `name: Jiangsu University`, `name: University of Jiangsu`)
	edit(t, filepath.Join(folder, "relationships", "WON.yaml"), `(?s)\A- .*?\n(- |\z)`, `$1`)
	c.must([]string{did(0, 1, 0, things+ties-2), "also holds 1 that the files lack; nothing was deleted", "rel_won_sch_qmes_"}, "import", folder)
	c.must([]string{did(0, 0, 0, things+ties-1)}, "import", folder)

	edit(t, filepath.Join(folder, "nodes", "University.yaml"), `kind: UNIVERSITY`, `kind: UNIVERSTY`)
	text, code := c.run(nil, "import", folder)
	if code == 0 || !strings.Contains(text, "nothing was written") || !regexp.MustCompile(`nodes/University.yaml:\d+: kind: .*UNIVERSITY`).MatchString(text) {
		t.Errorf("a wrong kind ends with %d:\n%s", code, text)
	}
}

// documents counts what the dataset of the documents holds.
func documents(t *testing.T) (things, ties int) {
	t.Helper()
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	n, err := ingest.Read(m, partnergraph.Dataset())
	if err != nil {
		t.Fatal(err)
	}
	return len(n.Things), len(n.Ties)
}

func edit(t *testing.T, file, find, replace string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at := regexp.MustCompile(find).FindSubmatchIndex(text)
	if at == nil {
		t.Fatalf("%s holds no %s", file, find)
	}
	changed := regexp.MustCompile(find).Expand(append([]byte{}, text[:at[0]]...), []byte(replace), text, at)
	if err := os.WriteFile(file, append(changed, text[at[1]:]...), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestStartUp starts the server against databases in each state.
func TestStartUp(t *testing.T) {
	s := dbtest.Open(t)
	c := build(t, "../..")
	ctx := context.Background()
	things, _ := documents(t)

	text := c.serves(t)
	if !strings.Contains(text, "The network is empty: loading the document dataset") || !strings.Contains(text, fmt.Sprintf("things: %d new", things)) {
		t.Errorf("against an empty database it says:\n%s", text)
	}
	if text = c.serves(t); strings.Contains(text, "loading") || !strings.Contains(text, "up to date") {
		t.Errorf("against a current database it says:\n%s", text)
	}
	if err := s.Run(ctx, "CREATE (:Migration {name: '9999_later', checksum: 'x'})", nil); err != nil {
		t.Fatal(err)
	}
	c.fails(nil, []string{"the database is newer than this program", "9999_later"}, "serve", "--listen", "127.0.0.1:0")
	if err := s.Run(ctx, "MATCH (m:Migration {name: '9999_later'}) DELETE m", nil); err != nil {
		t.Fatal(err)
	}
	c.fails([]string{"NEO4J_URI=bolt://127.0.0.1:1"}, []string{"bolt://127.0.0.1:1", "can't be reached", "NEO4J_URI"}, "serve", "--listen", "127.0.0.1:0")
	c.fails([]string{"NEO4J_PASSWORD=wrong"}, []string{"refuses the user name or password", "NEO4J_PASSWORD"}, "serve", "--listen", "127.0.0.1:0")

	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = busy.Close() }()
	c.fails(nil, []string{"another program listens on", "--listen"}, "serve", "--listen", busy.Addr().String())
}

// serves starts the server, waits until it says that it serves and is ready, interrupts it, and gives what it said.
func (c *command) serves(t *testing.T, args ...string) string {
	t.Helper()
	said, stop := c.starts(t, args...)
	stop()
	return said.String()
}

// starts starts the server and waits until it says that it serves.
func (c *command) starts(t *testing.T, args ...string) (said *safeBuffer, stop func()) {
	t.Helper()
	said = &safeBuffer{}
	run := exec.Command(c.path, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	run.Env, run.Stderr, run.Stdout = c.env, said, said
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); !strings.Contains(said.String(), "PartnerGraph is serving"); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			_ = run.Process.Kill()
			t.Fatalf("it does not serve:\n%s", said.String())
		}
	}
	becomesReady(t, "http://127.0.0.1:"+regexp.MustCompile(`localhost:(\d+)/playground`).FindStringSubmatch(said.String())[1])
	return said, func() {
		t.Helper()
		if err := run.Process.Signal(syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		if err := run.Wait(); err != nil {
			t.Errorf("after an interrupt it ends with %v:\n%s", err, said.String())
		}
	}
}

// becomesReady waits until the server is ready, which it isn't before the database is warm or it has waited long enough.
func becomesReady(t *testing.T, base string) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		response, err := http.Get(base + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if response.StatusCode == http.StatusOK {
			return
		}
		if string(text) != "not ready: the database is warming up\n" || time.Since(began) > 15*time.Second {
			t.Fatalf("/readyz answers %d %q, %v after it began to serve", response.StatusCode, text, time.Since(began))
		}
	}
}

// TestLocalNeo4jSaysWhatIsWrong: what keeps a Neo4j of our own from starting is one line that says how to mend it.
func TestLocalNeo4jSaysWhatIsWrong(t *testing.T) {
	c := build(t, "../..")
	old := filepath.Join(t.TempDir(), "java")
	script := "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\necho '    java.version = 11.0.2' >&2\necho '    java.home = /nowhere' >&2\n"
	if err := os.WriteFile(old, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	none := []string{"NEO4J_URI=", "PARTNERGRAPH_STORE=" + home}
	c.fails(append(none, "JAVA_HOME=", "PATH=/nowhere"), []string{"Java", "17"}, "serve", "--listen", "127.0.0.1:0")
	c.fails(append(none, "JAVA_HOME=", "PATH="+filepath.Dir(old)), []string{"Java", "17", "11"}, "serve", "--listen", "127.0.0.1:0")
}

// safeBuffer is written by a command while the test reads it.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
