package localneo4j

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestImportIsWholeOrNothing(t *testing.T) {
	home := filepath.Join(t.TempDir(), "a store, with signs (1)")
	fill := func(rows string) error {
		return Import(t.Context(), Options{Home: home}, func(dir string) ([]string, error) {
			err := os.WriteFile(filepath.Join(dir, "rows"), []byte(rows), 0o600)
			return []string{"--nodes=Thing=rows"}, err
		})
	}
	left := func() bool {
		_, err := os.Stat(importDir(home))
		return !errors.Is(err, os.ErrNotExist)
	}
	wantLine(t, fill("id:ID,n:long\na,1\nb,one\n"), "Neo4j's importer failed")
	if !Fresh(home) || left() {
		t.Error("an import that failed leaves something behind")
	}
	given, cancel := context.WithCancel(t.Context())
	err := Import(given, Options{Home: home}, func(string) ([]string, error) { cancel(); return nil, nil })
	wantLine(t, err, "importing was given up")
	if !Fresh(home) || left() {
		t.Error("an import that was given up leaves something behind")
	}
	if err := fill("id:ID,n:long\na,1\n"); err != nil {
		t.Fatal(err)
	}
	if Fresh(home) || left() {
		t.Error("an import leaves no database, or its files")
	}
	wantLine(t, fill("id:ID\na\n"), "holds a database already")
	startQuick(t, home)
}

// An import that is cut off while it moves the store in may leave it without its password.
func TestImportWithoutItsPassword(t *testing.T) {
	home := t.TempDir()
	err := Import(t.Context(), Options{Home: home}, func(dir string) ([]string, error) {
		return []string{"--nodes=Thing=rows"}, os.WriteFile(filepath.Join(dir, "rows"), []byte("id:ID\na\n"), 0o600)
	})
	if err == nil {
		err = os.Remove(passwordFile(home))
	}
	if err != nil {
		t.Fatal(err)
	}
	startQuick(t, home)
}
