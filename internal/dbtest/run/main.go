// Command run starts a real Neo4j with an empty store, runs the command that its arguments give with the database's
// address in its environment, and stops the database. It ends with the command's exit code.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/localneo4j"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "the tests need a real Neo4j:", err)
		os.Exit(1)
	}
	os.Exit(code)
}

func run(args []string) (int, error) {
	if len(args) == 0 {
		return 0, errors.New("give the command to run")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	home, err := os.MkdirTemp("", "partnergraph-test-*")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(home) }()
	db, err := localneo4j.Start(ctx, localneo4j.Options{
		Home: filepath.Join(home, "neo4j"), Heap: "1g", Quick: true,
		Log: func(m string) { fmt.Fprintln(os.Stderr, m) },
	})
	if err != nil {
		return 0, err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		_ = db.Stop(ctx)
	}()
	command := exec.CommandContext(ctx, args[0], args[1:]...)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.Env = append(os.Environ(),
		dbtest.URI+"="+db.URI(), dbtest.Password+"="+db.Password(), dbtest.Lock+"="+filepath.Join(home, "lock"),
		dbtest.Process+"="+strconv.Itoa(db.Process()))
	err = command.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, err
}
