package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/partnergraph/partnergraph/bench/workload"
)

// result is what was measured over a network of one size.
type result struct {
	lanes  [][]*lane // by operation: the limit, the product, and the peer where it takes part
	checks map[string]checked
	memory map[string]int64 // the most that each server held, by name
}

// checked is what was compared of an operation before it was measured.
type checked struct {
	answers, full int
	statements    int
	hits, byHand  int64 // what the database touches for a request
}

// samples is how many answers of an operation are compared.
const samples = 40

// profiled is how many requests of an operation the database counts its touches for.
const profiled = 10

// trial measures over the network of a size.
func trial(ctx context.Context, o options, size string, ops []*workload.Operation, withPeer bool, rounds int, length time.Duration) (_ *result, err error) {
	bin := filepath.Join(o.data, "bin")
	db, err := openDatabase(ctx, o.data, filepath.Join(bin, "partnergraph"), size)
	if err != nil {
		return nil, err
	}
	defer db.close()
	subjects, stop, err := start(ctx, bin, db, withPeer)
	defer stop()
	if err != nil {
		return nil, err
	}
	out := &result{checks: map[string]checked{}, memory: map[string]int64{}}
	count, err := newCounter(ctx, db)
	if err != nil {
		return nil, err
	}
	defer count.close()
	for _, op := range ops {
		pool, err := op.Pool(ctx, db)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", op.Name, err)
		}
		lanes, c, err := prepare(ctx, op, subjects, pool, count)
		if err != nil {
			return nil, err
		}
		out.lanes, out.checks[op.Name] = append(out.lanes, lanes), c
		say(fmt.Sprintf("%s over %s: %d answers are the same, %d of them not empty; %d hits, by hand %d", op.Name, size, c.answers, c.full, c.hits, c.byHand))
	}
	if err := out.measure(ctx, db.pid, rounds, length); err != nil {
		return nil, err
	}
	for _, s := range subjects {
		if out.memory[s.name], err = peak(s.pid()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func start(ctx context.Context, bin string, db *database, withPeer bool) (subjects []*subject, stop func(), err error) {
	stop = func() {
		for _, s := range subjects {
			s.stop()
		}
	}
	launch := func(as func(*process) *subject, name, dir string, command func(address string) []string) {
		if err != nil {
			return
		}
		var p *process
		if p, err = spawn(ctx, name, dir, db.environment(), command); err == nil {
			subjects = append(subjects, as(p))
		}
	}
	launch(limit, "limit", "", func(a string) []string { return []string{filepath.Join(bin, "limit"), a} })
	launch(product, "product", "", func(a string) []string {
		return []string{filepath.Join(bin, "partnergraph"), "serve", "--empty", "--rate", "0", "--listen", a}
	})
	if withPeer {
		install := exec.CommandContext(ctx, "npm", "ci", "--loglevel=error")
		install.Dir, install.Stdout, install.Stderr = "bench/peer", os.Stderr, os.Stderr
		if err == nil {
			err = install.Run()
		}
		launch(peer, "peer", "bench/peer", func(a string) []string { return []string{"node", "server.mjs", a} })
	}
	return subjects, stop, err
}

// prepare makes the lanes of an operation, after the answers of all servers were held against the limit's.
func prepare(ctx context.Context, op *workload.Operation, subjects []*subject, pool []workload.Variables, count *counter) ([]*lane, checked, error) {
	var lanes []*lane
	var c checked
	for _, s := range subjects {
		if !s.takes(op) {
			continue
		}
		l, err := newLane(op, s, pool)
		if err != nil {
			return nil, c, err
		}
		if lanes = append(lanes, l); len(lanes) == 1 {
			continue
		}
		full, err := check(subjects[0], s, op, pool[:samples])
		if s.partly && errors.Is(err, errErrors) {
			say(err.Error())
			l.failed = true
			continue
		}
		if err != nil {
			return nil, c, err
		}
		if full == 0 {
			return nil, c, fmt.Errorf("%s: %s was asked for nothing that is there", op.Name, s.name)
		}
		if !s.partly {
			c.answers, c.full = samples, full
		}
	}
	var err error
	if c.statements, err = count.statements(op, pool[0]); err != nil {
		return nil, c, err
	}
	c.hits, c.byHand, err = count.hits(ctx, op, pool[:profiled])
	return lanes, c, err
}

// warm is how many rounds don't count: a Java that has just started answers several times more slowly.
const warm = 5

// measure warms up, measures by many clients, and then by one.
func (r *result) measure(ctx context.Context, dbPid, rounds int, length time.Duration) error {
	for i := range warm + rounds {
		err := round(r.lanes, func(l *lane) error {
			if l.failed || l.subject.partly && i > warm+rounds/4 {
				return nil // what the peer lacks is told by few slices
			}
			return l.slice(ctx, length, dbPid, i >= warm)
		})
		if err != nil {
			return err
		}
		say(fmt.Sprintf("round %d of %d", i+1, warm+rounds))
	}
	for range 10 {
		err := round(r.lanes, func(l *lane) error {
			if l.subject.partly {
				return nil
			}
			return l.alone(ctx, max(2, rounds/2))
		})
		if err != nil {
			return err
		}
	}
	return nil
}
