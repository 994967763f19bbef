package localneo4j

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// importDir is where an import is at work; what is left in it is of one that was cut off.
func importDir(home string) string { return filepath.Join(home, "import") }

// Fresh tells whether the store at home has no database yet, so that Import may fill it.
func Fresh(home string) bool {
	_, err := os.Stat(filepath.Join(home, "data", "databases"))
	return errors.Is(err, os.ErrNotExist)
}

// Import fills a fresh store by Neo4j's bulk importer, without a server, from files that fill writes into a folder. Fill
// gives the words by which the importer finds them there. A store is filled whole or not at all: the database is made
// beside it and moved in at the end.
func Import(ctx context.Context, o Options, fill func(dir string) (words []string, err error)) (err error) {
	if o, err = o.withDefaults(); err != nil {
		return err
	}
	lock, err := lockHome(o.Home)
	if err != nil {
		return err
	}
	defer lock.release()
	if !Fresh(o.Home) {
		return fmt.Errorf("the store at %s holds a database already, and only one that never had one can be filled at once", o.Home)
	}
	if err := stopOrphan(ctx, o.Home, o.Log); err != nil {
		return err
	}
	java, err := findJava(ctx, o.Java)
	if err != nil {
		return err
	}
	lib, err := ensureJars(ctx, o.Cache, java, o.Log)
	if err != nil {
		return err
	}
	if err := checkSpace(o.Home, spaceToRun); err != nil {
		return err
	}

	if err := os.RemoveAll(importDir(o.Home)); err != nil {
		return fmt.Errorf("deleting what an earlier import left: %w", err)
	}
	defer os.RemoveAll(importDir(o.Home)) // the next import does it otherwise
	if err := prepareHome(importDir(o.Home)); err != nil {
		return err
	}
	// A folder of another name each time: an importer that outlived its import must not write into the next one's.
	work, err := os.MkdirTemp(importDir(o.Home), "")
	if err != nil {
		return fmt.Errorf("making the folder of the import: %w", err)
	}
	rows := filepath.Join(work, "rows")
	if err := errors.Join(prepareHome(o.Home), prepareHome(work), writeConf(work, 0), os.Mkdir(rows, 0o700)); err != nil {
		return err
	}
	opened := make(chan error, 1)
	go func() { // beside the filling, which is longer
		_, err := ensurePassword(ctx, work, java, lib)
		opened <- err
	}()
	words, err := fill(rows)
	if notOpened := <-opened; err == nil {
		err = notOpened
	}
	switch {
	case ctx.Err() != nil:
		return givenUp(ctx)
	case err != nil:
		return err
	}
	o.Log("Neo4j is taking in the network …")
	if err := runImporter(ctx, o, java, lib, work, rows, words); err != nil {
		return err
	}
	return keepImported(work, o.Home)
}

// keepImported moves what was imported into the store. The password comes last: a store without one is given a new one as
// long as it never started, and one of an earlier run would not fit.
func keepImported(work, home string) error {
	data := filepath.Join(home, "data")
	err := os.RemoveAll(data) // no database is in it
	if err == nil {
		err = os.RemoveAll(passwordFile(home))
	}
	if err == nil {
		err = os.Rename(filepath.Join(work, "data"), data)
	}
	if err == nil {
		err = os.Rename(passwordFile(work), passwordFile(home))
	}
	if err != nil {
		return fmt.Errorf("keeping what was imported: %w", err)
	}
	return nil
}

// runImporter has the importer make a database in the folder work from the files in rows.
func runImporter(ctx context.Context, o Options, java javaRuntime, lib, work, rows string, words []string) error {
	path := filepath.Join(logDir(o.Home), "import.log")
	said, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("importing: %w", err)
	}
	defer said.Close()
	args := append([]string{
		"-Xmx" + o.Heap, "-XX:+UseParallelGC", "-cp", classPath(lib),
		"org.neo4j.cli.AdminTool", "database", "import", "full", "--verbose",
	}, words...)
	cmd := exec.CommandContext(ctx, java.path, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = rows, said, said
	cmd.Env = append(os.Environ(), "NEO4J_HOME="+work, "NEO4J_CONF="+confDir(work))
	cmd.SysProcAttr = ownGroup() // Ctrl-C is ours to handle
	cmd.Cancel = func() error { return endGroup(cmd.Process.Pid) }
	cmd.WaitDelay = 5 * time.Second
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return givenUp(ctx)
	case err != nil:
		return fmt.Errorf("Neo4j's importer failed (%w): %s (its log: %s)", err, importReason(readFrom(path, 0)), path)
	}
	return nil
}

func givenUp(ctx context.Context) error { return fmt.Errorf("importing was given up: %w", ctx.Err()) }

// importReason is the innermost cause that the importer tells.
func importReason(text string) string {
	reason := ""
	for line := range strings.Lines(text) {
		if cause, ok := strings.CutPrefix(line, "Caused by: "); ok {
			reason = oneLine(withoutClass(cause))
		}
	}
	if reason == "" {
		return reasonOnConsole(text)
	}
	return reason
}
