package localneo4j

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"
)

func TestRunsStore(t *testing.T) {
	const java = "/usr/bin/java -cp /c/lib/* org.neo4j.server.CommunityEntryPoint --home-dir=/stores/a --config-dir=/stores/a/conf"
	cases := []struct {
		command, home string
		want          bool
	}{
		{java, "/stores/a", true},
		{java, "/stores", false},
		{java, "/stores/a/b", false},
		{java, "/stores/ab", false},
		{"vi --home-dir=/stores/a", "/stores/a", false},
		{"", "/stores/a", false},
	}
	for _, c := range cases {
		if got := runsStore(c.command, c.home); got != c.want {
			t.Errorf("runsStore(%q, %q) = %v", c.command, c.home, got)
		}
	}
}

// standIn is a process whose command line looks like Neo4j's.
func standIn(t *testing.T, home string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("sh", "-c", "while :; do sleep 0.05; done", "java", entryPoint, homeFlag(home), "--config-dir="+confDir(home))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
	})
	if err := writePid(home, cmd.Process.Pid); err != nil {
		t.Fatal(err)
	}
	// Until it has become sh, its command line is this test's.
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if _, found := findOrphan(home); found {
			return cmd
		}
		if time.Now().After(deadline) {
			t.Fatalf("the stand-in is not seen: %q", commandLine(cmd.Process.Pid))
		}
	}
}

func TestStopOrphanEndsWhatWasLeftBehind(t *testing.T) {
	home := t.TempDir()
	standIn(t, home)
	var said []string
	if err := stopOrphan(context.Background(), home, func(msg string) { said = append(said, msg) }); err != nil {
		t.Fatal(err)
	}
	if _, found := findOrphan(home); found || len(said) != 1 {
		t.Errorf("still there: %v; said %q", found, said)
	}
	if _, err := os.Stat(pidFile(home)); err == nil {
		t.Error("the pid file stayed")
	}
}

// A number from an old file may by now be anybody's.
func TestStopOrphanSparesStrangers(t *testing.T) {
	home, other := t.TempDir(), t.TempDir()
	stranger := standIn(t, other)
	for _, text := range []string{"1\n", "0\n", "-5\n", "nonsense", "999999999\n"} {
		if err := os.WriteFile(pidFile(home), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, found := findOrphan(home); found {
			t.Errorf("%q was taken for an orphan", text)
		}
	}
	if err := writePid(home, stranger.Process.Pid); err != nil {
		t.Fatal(err)
	}
	if err := stopOrphan(context.Background(), home, func(msg string) { t.Log(msg) }); err != nil {
		t.Fatal(err)
	}
	if _, found := findOrphan(other); !found {
		t.Error("the Neo4j of another store was stopped")
	}
}
