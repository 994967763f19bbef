package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/partnergraph/partnergraph/bench/workload"
)

// profileLength is how long each operation is profiled.
const profileLength = 6 * time.Second

// profiles writes a profile of the server's processor time for each operation: to be read with go tool pprof.
func profiles(ctx context.Context, o options, size string, ops []*workload.Operation) error {
	bin := filepath.Join(o.data, "bin")
	db, err := openDatabase(ctx, o.data, filepath.Join(bin, "partnergraph"), size)
	if err != nil {
		return err
	}
	defer db.close()
	build := exec.CommandContext(ctx, "go", "build", "-o", bin, "./bench/profiled")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	p, err := spawn(ctx, "profiled", "", db.environment(), func(a string) []string { return []string{filepath.Join(bin, "profiled"), a} })
	if err != nil {
		return err
	}
	defer p.stop()
	for _, op := range ops {
		pool, err := op.Pool(ctx, db)
		if err != nil {
			return err
		}
		l, err := newLane(op, product(p), pool)
		if err != nil {
			return err
		}
		// A database that has just started may take longer for its first statements than the server gives it.
		for try := 0; try < 10; try++ {
			if err = l.alone(ctx, 30); !errors.Is(err, errErrors) {
				break
			}
		}
		if err != nil {
			return err
		}
		if err := l.slice(ctx, time.Second, db.pid, false); err != nil {
			return err
		}
		file := filepath.Join(o.profile, op.Name+".pprof")
		failed := make(chan error, 1)
		go func() { failed <- fetchProfile(p.address, file) }()
		if err := l.slice(ctx, profileLength, db.pid, true); err != nil {
			return err
		}
		if err := <-failed; err != nil {
			return err
		}
		server, database := l.perRequest()
		say(fmt.Sprintf("%s: %.0f + %.0f µs a request, %s", op.Name, micros(server), micros(database), file))
	}
	return nil
}

func fetchProfile(address, file string) error {
	response, err := http.Get(fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", address, int(profileLength.Seconds())-1))
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}
