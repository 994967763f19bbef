package localneo4j

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func passwordFile(home string) string { return filepath.Join(home, "password") }

// ensurePassword returns the store's password. A store that never started gets
// a fresh one; a store that did start remembers its own, and only the password
// file knows which.
func ensurePassword(ctx context.Context, home string, java javaRuntime, lib string) (string, error) {
	password, err := readPassword(home)
	started := hasStarted(home)
	switch {
	case err == nil && (started || isImported(home)):
		return password, nil
	case err == nil: // the run that made it never got as far as a start
	case !errors.Is(err, os.ErrNotExist):
		return "", fmt.Errorf("reading the store's password: %w", err)
	case started:
		return "", fmt.Errorf("the store at %s has lost its password (%s is missing or empty): put that file back, or start over with an empty store (make reset)", home, passwordFile(home))
	default:
		password = rand.Text()
		if err := writePassword(home, password); err != nil {
			return "", err
		}
	}
	return password, setInitialPassword(ctx, home, java, lib)
}

// hasStarted tells a store that has accounts of its own from one that will
// still take its first password.
func hasStarted(home string) bool {
	_, err := os.Stat(filepath.Join(home, "data", "databases", "system"))
	return err == nil
}

// isImported tells a store that was filled and never started. Its password came with what is in it.
func isImported(home string) bool {
	_, err := os.Stat(filepath.Join(home, "data", "databases", "neo4j"))
	return err == nil && !hasStarted(home)
}

func readPassword(home string) (string, error) {
	text, err := os.ReadFile(passwordFile(home))
	if err != nil {
		return "", err
	}
	password := strings.TrimSpace(string(text))
	if password == "" {
		return "", os.ErrNotExist
	}
	return password, nil
}

// writePassword writes beside the file and renames, so that a full disk never
// leaves half a password.
func writePassword(home, password string) error {
	partial := passwordFile(home) + ".partial"
	err := os.WriteFile(partial, []byte(password+"\n"), 0o600)
	if err == nil {
		err = os.Rename(partial, passwordFile(home))
	}
	if err != nil {
		return fmt.Errorf("writing the store's password: %w", err)
	}
	return nil
}

// setInitialPassword has Neo4j's own tool read the password from its file
// (@file): on a command line every user of the machine could see it.
func setInitialPassword(ctx context.Context, home string, java javaRuntime, lib string) error {
	cmd := exec.CommandContext(ctx, java.path, "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
		"-cp", classPath(lib), "org.neo4j.cli.AdminTool",
		"dbms", "set-initial-password", "@"+passwordFile(home))
	cmd.Dir = home
	cmd.Env = append(os.Environ(), "NEO4J_HOME="+home, "NEO4J_CONF="+confDir(home))
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return fmt.Errorf("starting Neo4j was given up: %w", ctx.Err())
	}
	if err != nil {
		return fmt.Errorf("setting the store's first password failed (%w): %s", err, reasonOnConsole(string(out)))
	}
	return nil
}
