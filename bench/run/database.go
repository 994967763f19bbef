package main

import (
	"context"
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

// openDatabase starts the Neo4j of a size and loads the network unless an earlier run did.
func openDatabase(ctx context.Context, data, program, size string) (_ *database, err error) {
	home := filepath.Join(data, "neo4j-"+size)
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
	if err := db.load(ctx, data, program, size); err != nil {
		return nil, err
	}
	db.Store, err = store.Open(ctx, store.Config{URI: db.server.URI(), Username: "neo4j", Password: db.server.Password(), Timeout: 2 * time.Minute})
	return db, err
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

// load generates and imports, and notes what was loaded beside the store.
func (d *database) load(ctx context.Context, data, program, size string) error {
	files := filepath.Join(data, "dataset-"+size)
	note := filepath.Join(data, "neo4j-"+size+".loaded")
	want := size // what the generator makes of a size never changes without its version
	if have, err := os.ReadFile(note); err == nil && strings.TrimSpace(string(have)) == want {
		return nil
	}
	began := time.Now()
	if err := d.run(ctx, program, "import", files); err != nil {
		return err
	}
	say(fmt.Sprintf("loaded %s in %.0f s", size, time.Since(began).Seconds()))
	return os.WriteFile(note, []byte(want+"\n"), 0o600)
}

func (d *database) run(ctx context.Context, program string, words ...string) error {
	command := exec.CommandContext(ctx, program, words...)
	command.Env = append(os.Environ(), d.environment()...)
	command.Stdout, command.Stderr = os.Stderr, os.Stderr
	return command.Run()
}

func say(text string) { fmt.Fprintln(os.Stderr, text) }
