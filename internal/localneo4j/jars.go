package localneo4j

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// jarList is written last into a complete set of jars: each jar's name and
// size, so that half a fetch and a half-emptied cache are both seen.
const jarList = "jars.list"

func libDir(cache string) string { return filepath.Join(cache, "lib") }

// classPath lets Java take every jar of the folder.
func classPath(lib string) string { return filepath.Join(lib, "*") }

// ensureJars returns the folder of Neo4j's jars, and fetches them if need be.
func ensureJars(ctx context.Context, cache string, java javaRuntime, log func(string)) (string, error) {
	lib := libDir(cache)
	if isComplete(lib) {
		return lib, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", fmt.Errorf("making the folder for Neo4j's jars: %w", err)
	}
	unlock, err := lockCache(ctx, cache, log)
	if err != nil {
		return "", err
	}
	defer unlock()
	if isComplete(lib) { // fetched by the process that held the lock
		return lib, nil
	}
	if err := checkSpace(cache, spaceToFetch); err != nil {
		return "", err
	}
	return lib, fetchJars(ctx, cache, java, log)
}

// fetchJars fills a folder beside the final one and renames it when it is
// whole. The caller holds the cache's lock, so what else is partial is dead.
func fetchJars(ctx context.Context, cache string, java javaRuntime, log func(string)) error {
	dead, _ := filepath.Glob(filepath.Join(cache, "lib.partial-*"))
	for _, dir := range dead {
		_ = os.RemoveAll(dir) // only space is lost if it stays
	}
	partial, err := os.MkdirTemp(cache, "lib.partial-")
	if err != nil {
		return fmt.Errorf("making the folder for Neo4j's jars: %w", err)
	}
	defer os.RemoveAll(partial)

	log(fmt.Sprintf("fetching Neo4j %s with Maven (about 123 MB, once) …", Version))
	if err := copyDependencies(ctx, cache, partial, java, log); err != nil {
		return err
	}
	if err := writeJarList(partial); err != nil {
		return fmt.Errorf("keeping Neo4j's jars: %w", err)
	}
	lib := libDir(cache)
	if err := os.RemoveAll(lib); err != nil {
		return fmt.Errorf("replacing Neo4j's jars: %w", err)
	}
	if err := os.Rename(partial, lib); err != nil {
		return fmt.Errorf("keeping Neo4j's jars: %w", err)
	}
	dropArchives(cache)
	// MkdirTemp makes folders for their owner alone; jars are no secret.
	return os.Chmod(lib, 0o755)
}

func writeJarList(dir string) error {
	jars, err := filepath.Glob(filepath.Join(dir, "*.jar"))
	if err != nil {
		return err
	}
	if !isFile(filepath.Join(dir, "neo4j-"+Version+".jar")) {
		return fmt.Errorf("Maven copied %d jars, but not Neo4j's own", len(jars))
	}
	var list strings.Builder
	for _, jar := range jars {
		info, err := os.Stat(jar)
		if err != nil {
			return err
		}
		fmt.Fprintf(&list, "%s %d\n", info.Name(), info.Size())
	}
	return os.WriteFile(filepath.Join(dir, jarList), []byte(list.String()), 0o644)
}

func isComplete(lib string) bool {
	text, err := os.ReadFile(filepath.Join(lib, jarList))
	if err != nil || len(text) == 0 {
		return false
	}
	for line := range strings.Lines(string(text)) {
		var name string
		var size int64
		if _, err := fmt.Sscan(line, &name, &size); err != nil {
			return false
		}
		info, err := os.Stat(filepath.Join(lib, name))
		if err != nil || info.Size() != size {
			return false
		}
	}
	return true
}

// lockCache lets one process fetch at a time; the others wait for its jars.
func lockCache(ctx context.Context, cache string, log func(string)) (unlock func(), err error) {
	file, err := os.OpenFile(filepath.Join(cache, "lock"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("locking the folder of Neo4j's jars: %w", err)
	}
	for told := false; ; {
		free, err := tryLock(file)
		if free && err == nil {
			return func() { _ = file.Close() }, nil
		}
		if !told && err == nil {
			log("another process is fetching Neo4j; waiting for it …")
			told = true
		}
		if err == nil {
			err = sleep(ctx, 200*time.Millisecond)
		}
		if err != nil {
			return nil, errors.Join(err, file.Close())
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return fmt.Errorf("starting Neo4j was given up: %w", ctx.Err())
	case <-time.After(d):
		return nil
	}
}
