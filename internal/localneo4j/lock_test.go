package localneo4j

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The tests that need a second program run this test binary again, in the
// role that this variable names.
const roleVariable = "LOCALNEO4J_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "lock":
		holdLock(os.Getenv("LOCALNEO4J_TEST_HOME"))
	case "serve":
		serveUntilKilled(os.Getenv("LOCALNEO4J_TEST_HOME"))
	default:
		os.Exit(m.Run())
	}
}

func holdLock(home string) {
	if _, err := lockHome(home); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ready")
	select {}
}

// startRole runs this binary again and returns once it says that it is ready.
func startRole(t *testing.T, role, home string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), roleVariable+"="+role, "LOCALNEO4J_TEST_HOME="+home)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "ready\n" {
		t.Fatalf("the program in the role %q said %q, %v", role, line, err)
	}
	return cmd
}

func TestLockNamesItsHolder(t *testing.T) {
	home := t.TempDir()
	other := startRole(t, "lock", home)
	_, err := lockHome(home)
	wantLine(t, err, fmt.Sprintf("the store at %s is in use by process %d (", home, other.Process.Pid))
	wantLine(t, err, "stop it, or choose another with --store")
	wantLine(t, Wipe(home), fmt.Sprintf("process %d", other.Process.Pid))
}

func TestLockGoesWithItsHolder(t *testing.T) {
	home := t.TempDir()
	other := startRole(t, "lock", home)
	if err := other.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = other.Wait()
	lock, err := lockHome(home)
	if err != nil {
		t.Fatal(err)
	}
	_, err = lockHome(home)
	wantLine(t, err, fmt.Sprintf("process %d", os.Getpid()))
	lock.release()
	lock, err = lockHome(home)
	if err != nil {
		t.Fatal(err)
	}
	lock.release()
}

func TestWipeEmptiesAStore(t *testing.T) {
	home := t.TempDir()
	lock, err := lockHome(home)
	if err != nil {
		t.Fatal(err)
	}
	lock.release()
	for _, name := range []string{"data/databases/x", "logs/neo4j.log", "password", "notes.txt"} {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Wipe(home); err != nil {
		t.Fatal(err)
	}
	var left []string
	entries, err := os.ReadDir(home)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		left = append(left, entry.Name())
	}
	if got := strings.Join(left, " "); got != "lock notes.txt" {
		t.Errorf("left behind: %s; want the lock and what is not ours", got)
	}
}

func TestWipeLeavesOtherFoldersAlone(t *testing.T) {
	home := t.TempDir()
	if err := Wipe(filepath.Join(home, "never made")); err != nil {
		t.Errorf("a store that does not exist: %v", err)
	}
	if err := Wipe(home); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	data := filepath.Join(home, "data")
	if err := os.Mkdir(data, 0o755); err != nil {
		t.Fatal(err)
	}
	wantLine(t, Wipe(home), "is not a store of partnergraph's, so nothing in it was deleted")
	if _, err := os.Stat(data); err != nil {
		t.Error(err)
	}
}
