package localneo4j

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// ownedNames are what Neo4j and this package make in a store folder. Wipe
// deletes these by name and nothing else: a wrong folder must survive it.
var ownedNames = []string{
	"data", "conf", "logs", "run", "import", "plugins", "certificates", "licenses",
	"password", "password.partial", pidFileName,
}

// Wipe empties the store at home, so that the next start begins with a fresh
// one. It refuses while the store is in use and where there is no store of
// ours; a folder that does not exist is empty already.
func Wipe(home string) error {
	home, err := realPath(home)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("emptying the store: %w", err)
	}
	ours, err := isStore(home)
	if err != nil {
		return fmt.Errorf("emptying the store: %w", err)
	}
	if !ours {
		if entries, err := os.ReadDir(home); err == nil && len(entries) == 0 {
			return nil
		}
		return fmt.Errorf("%s is not a store of partnergraph's, so nothing in it was deleted", home)
	}
	lock, err := lockHome(home)
	if err != nil {
		return err
	}
	defer lock.release()

	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := stopOrphan(ctx, home, func(string) {}); err != nil {
		return err
	}
	for _, name := range ownedNames {
		if err := os.RemoveAll(filepath.Join(home, name)); err != nil {
			return fmt.Errorf("emptying the store: %w", err)
		}
	}
	return nil
}
