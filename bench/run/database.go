package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/partnergraph/partnergraph/internal/localneo4j"
	"github.com/partnergraph/partnergraph/internal/store"
)

// heap is what the database gets: enough that it never waits for memory, since it isn't what is measured.
const heap = "2g"

// database is a Neo4j with a network of some size in it.
type database struct {
	*store.Store
	server *localneo4j.Server
	pid    int
}

// openDatabase starts the Neo4j of a size with the network that the generator makes now, which an earlier run may have
// loaded.
func openDatabase(ctx context.Context, data, program, size string) (_ *database, err error) {
	home, note := filepath.Join(data, "neo4j-"+size), filepath.Join(data, "neo4j-"+size+".loaded")
	want, err := generation()
	if err != nil {
		return nil, err
	}
	have, _ := os.ReadFile(note)
	if string(have) != want {
		if err := localneo4j.Wipe(home); err != nil {
			return nil, err
		}
		if err := generate(ctx, program, home, size); err != nil {
			return nil, err
		}
		if err := os.WriteFile(note, []byte(want), 0o600); err != nil {
			return nil, err
		}
	}
	db := &database{}
	db.server, err = localneo4j.Start(ctx, localneo4j.Options{Home: home, Heap: heap, Log: say})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			db.close()
		}
	}()
	if db.pid, err = childNamed("java"); err != nil {
		return nil, err
	}
	db.Store, err = store.Open(ctx, store.Config{URI: db.server.URI(), Username: "neo4j", Password: db.server.Password(), Timeout: 2 * time.Minute})
	return db, err
}

// generation names what is loaded: a digest of the code that makes it and lays it out.
func generation() (string, error) {
	sum := sha256.New()
	for _, dir := range []string{"internal/synthetic", "internal/ingest", "internal/names", "internal/store/migrations"} {
		files, err := os.ReadDir(dir)
		if err != nil {
			return "", err
		}
		for _, f := range files {
			if f.IsDir() || strings.HasSuffix(f.Name(), "_test.go") {
				continue
			}
			text, err := os.ReadFile(filepath.Join(dir, f.Name()))
			if err != nil {
				return "", err
			}
			sum.Write(text)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// environment tells a server where the database is.
func (d *database) environment() []string {
	return []string{"NEO4J_URI=" + d.server.URI(), "NEO4J_PASSWORD=" + d.server.Password()}
}

func (d *database) close() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if d.Store != nil {
		_ = d.Store.Close(ctx)
	}
	if err := d.server.Stop(ctx); err != nil {
		say(err.Error())
	}
}

// generate has the program fill a store, before a server runs on it.
func generate(ctx context.Context, program, home, size string) error {
	command := exec.CommandContext(ctx, program, "generate", "--size", size, "--store", home)
	command.Env = append(os.Environ(), "NEO4J_URI=")
	command.Stdout, command.Stderr = os.Stderr, os.Stderr
	return command.Run()
}

func say(text string) { fmt.Fprintln(os.Stderr, text) }
