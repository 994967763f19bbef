package localneo4j

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const pidFileName = "neo4j.pid"

// orphanGrace is how long a leftover server may take to close its store.
const orphanGrace = 15 * time.Second

func pidFile(home string) string { return filepath.Join(home, pidFileName) }

func writePid(home string, pid int) error {
	return os.WriteFile(pidFile(home), []byte(strconv.Itoa(pid)+"\n"), 0o600)
}

// stopOrphan ends a Neo4j that outlived the program that ran it, as after
// kill -9. The caller holds the store's lock, so nobody else is using it.
func stopOrphan(ctx context.Context, home string, log func(string)) error {
	pid, found := findOrphan(home)
	if !found {
		_ = os.Remove(pidFile(home))
		return nil
	}
	log(fmt.Sprintf("stopping the Neo4j that an earlier run left behind (process %d) …", pid))
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		if err := signalProcess(pid, signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("a Neo4j of an earlier run (process %d) still uses the store at %s and cannot be stopped (%w): stop it by hand", pid, home, err)
		}
		deadline := time.Now().Add(orphanGrace)
		for time.Now().Before(deadline) {
			if _, found = findOrphan(home); !found {
				_ = os.Remove(pidFile(home))
				return nil
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("starting Neo4j was given up while one of an earlier run (process %d) was stopping: %w", pid, ctx.Err())
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
	return fmt.Errorf("a Neo4j of an earlier run (process %d) still uses the store at %s and does not stop: stop it by hand", pid, home)
}

// findOrphan looks at the process that the pid file names. Numbers are used
// again by the system, so the process counts only if its command line is a
// Neo4j on this very store.
func findOrphan(home string) (pid int, found bool) {
	text, err := os.ReadFile(pidFile(home))
	if err != nil {
		return 0, false
	}
	pid, err = strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid <= 1 {
		return 0, false
	}
	return pid, runsStore(commandLine(pid), home)
}

// runsStore tells whether a command line, its words joined by blanks, is a
// Neo4j on the store at home.
func runsStore(command, home string) bool {
	return strings.Contains(command, " "+entryPoint+" ") && strings.Contains(command+" ", " "+homeFlag(home)+" ")
}

func signalProcess(pid int, signal syscall.Signal) error {
	process, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	defer process.Release()
	return process.Signal(signal)
}
