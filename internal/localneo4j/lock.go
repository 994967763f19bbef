package localneo4j

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// storeMark opens every lock file, and so tells a store of ours from any other
// folder before something is deleted there.
const storeMark = "partnergraph local neo4j store"

// homeLock keeps two programs from opening one store. The operating system
// frees it when its holder ends, however that happens.
type homeLock struct{ file *os.File }

func lockFilePath(home string) string { return filepath.Join(home, "lock") }

// lockHome takes the store, or says who has it.
func lockHome(home string) (*homeLock, error) {
	if err := os.MkdirAll(home, 0o700); err != nil {
		return nil, fmt.Errorf("making the store folder: %w", err)
	}
	path := lockFilePath(home)
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking the store: %w", err)
	}
	free, err := tryLock(file)
	if err == nil && !free {
		err = fmt.Errorf("the store at %s is in use by %s: stop it, or choose another with --store", home, readHolder(path))
	}
	if err == nil {
		err = writeHolder(file)
	}
	if err != nil {
		_ = file.Close() // the lock goes with it
		return nil, err
	}
	return &homeLock{file}, nil
}

// release frees the store. The file stays: were it deleted, a program that had
// it open already would lock a file that nobody else can see.
func (l *homeLock) release() {
	_ = l.file.Truncate(int64(len(storeMark) + 1))
	_ = l.file.Close()
}

func writeHolder(file *os.File) error {
	text := fmt.Sprintf("%s\nprocess %d (%s), since %s\n",
		storeMark, os.Getpid(), thisProgram(), time.Now().Format("2006-01-02 15:04:05"))
	err := file.Truncate(0)
	if err == nil {
		_, err = file.WriteAt([]byte(text), 0)
	}
	if err != nil {
		return fmt.Errorf("locking the store: %w", err)
	}
	return nil
}

// readHolder says who wrote the lock file last, for a lock that is held.
func readHolder(path string) string {
	text, err := os.ReadFile(path)
	if err == nil {
		if lines := strings.Split(string(text), "\n"); len(lines) > 1 && lines[1] != "" {
			return lines[1]
		}
	}
	return "another process"
}

// thisProgram is how a person knows this process: its name and its command,
// never its flags, which may hold secrets.
func thisProgram() string {
	name := filepath.Base(os.Args[0])
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-") {
		name += " " + os.Args[1]
	}
	return name
}

// isStore tells whether a lock of ours was ever taken in this folder.
func isStore(home string) (bool, error) {
	text, err := os.ReadFile(lockFilePath(home))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	return strings.HasPrefix(string(text), storeMark), err
}
