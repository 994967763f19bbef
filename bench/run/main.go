// Command run measures the product: it starts a Neo4j of its own with a generated network, holds the server against one
// with a hand-written statement for each operation (bench/byhand) and against a peer (bench/peer), checks that they
// answer the same, and says whether the goals are met.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/partnergraph/partnergraph/bench/workload"
)

type options struct {
	quick bool
	data  string
	out   string
	only  string
	sizes string
	peer  bool

	profile string
}

func main() {
	var o options
	flag.BoolVar(&o.quick, "quick", false, "measure for some minutes only, without the growth")
	flag.StringVar(&o.data, "data", ".data/bench", "folder of the databases, kept between runs")
	flag.StringVar(&o.out, "out", "bench/results.md", "file for the table")
	flag.StringVar(&o.only, "only", "", "operations to measure, separated by commas; all when empty")
	flag.StringVar(&o.sizes, "sizes", "S,M", "size to grow from, and size to measure at")
	flag.BoolVar(&o.peer, "peer", true, "measure the peer as well, which needs npm")
	flag.StringVar(&o.profile, "profile", "", "folder to write profiles of the server to, instead of measuring")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		say(err.Error())
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	ops, err := chosen(o.only)
	if err != nil {
		return err
	}
	if o.data, err = filepath.Abs(o.data); err != nil {
		return err
	}
	for _, name := range []string{"cmd/partnergraph", "bench/limit"} {
		build := exec.CommandContext(ctx, "go", "build", "-o", filepath.Join(o.data, "bin", filepath.Base(name)), "./"+name)
		build.Env = append(os.Environ(), "CGO_ENABLED=0") // as it is built to be run
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			return fmt.Errorf("building %s: %w", name, err)
		}
	}
	small, large, _ := strings.Cut(o.sizes, ",")
	if o.profile != "" {
		return profiles(ctx, o, large, ops)
	}
	r := &report{size: large, small: small, began: time.Now()}
	rounds, length := 30, time.Second
	if o.quick {
		rounds, length = 8, 500*time.Millisecond
	} else {
		if r.from, err = trial(ctx, o, small, ops, false, 12, 500*time.Millisecond); err != nil {
			return err
		}
	}
	r.rounds, r.length = rounds, length
	if r.at, err = trial(ctx, o, large, ops, o.peer, rounds, length); err != nil {
		return err
	}
	text, missed := r.write(), r.missed()
	fmt.Print(text)
	if err := os.WriteFile(o.out, []byte(text), 0o644); err != nil {
		return err
	}
	if len(missed) > 0 {
		return errors.New("missed: " + strings.Join(missed, "; "))
	}
	return nil
}

func chosen(only string) ([]*workload.Operation, error) {
	all, err := workload.All()
	if err != nil || only == "" {
		return all, err
	}
	var out []*workload.Operation
	for _, name := range strings.Split(only, ",") {
		n := len(out)
		for _, op := range all {
			if op.Name == name {
				out = append(out, op)
			}
		}
		if len(out) == n {
			return nil, fmt.Errorf("there is no operation %q", name)
		}
	}
	return out, nil
}
