package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/partnergraph/partnergraph/bench/workload"
)

// clients is how many ask at the same time.
const clients = 16

// lane is one operation at one server, with all that was measured of it.
type lane struct {
	op       *workload.Operation
	subject  *subject
	requests [][]byte
	next     int

	rates      []float64 // requests a second, a slice each
	count      int       // requests in all slices
	serverTime time.Duration
	dbTime     time.Duration
	failed     bool // the peer could not answer; what was measured until then doesn't count
	latencies  []time.Duration
}

func newLane(op *workload.Operation, s *subject, pool []workload.Variables) (*lane, error) {
	l := &lane{op: op, subject: s}
	for _, v := range pool {
		r, err := s.encode(op, v)
		if err != nil {
			return nil, err
		}
		l.requests = append(l.requests, r)
	}
	return l, nil
}

// perRequest is what a request costs in the server and in the database.
func (l *lane) perRequest() (server, db time.Duration) {
	if l.count == 0 {
		return 0, 0
	}
	return l.serverTime / time.Duration(l.count), l.dbTime / time.Duration(l.count)
}

// slice asks for a time by many clients at once.
func (l *lane) slice(ctx context.Context, length time.Duration, dbPid int, kept bool) error {
	conns, done, err := l.subject.connections(clients)
	if err != nil {
		return err
	}
	defer done()
	server0, err := cpu(l.subject.pid())
	if err != nil {
		return err
	}
	db0, err := cpu(dbPid)
	if err != nil {
		return err
	}
	counts, errs := make([]int, clients), make([]error, clients)
	began := time.Now()
	var wg sync.WaitGroup
	for i, c := range conns {
		at := l.next + i*len(l.requests)/clients
		wg.Go(func() {
			for time.Since(began) < length && ctx.Err() == nil {
				if errs[i] = c.do(l.requests[at%len(l.requests)]); errs[i] != nil {
					return
				}
				at++
				counts[i]++
			}
		})
	}
	wg.Wait()
	took := time.Since(began)
	for _, err := range errs {
		if l.subject.partly && errors.Is(err, errErrors) {
			l.failed = true
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s at %s: %w", l.op.Name, l.subject.name, err)
		}
	}
	server1, err := cpu(l.subject.pid())
	if err != nil {
		return err
	}
	db1, err := cpu(dbPid)
	if err != nil {
		return err
	}
	total := 0
	for _, n := range counts {
		total += n
	}
	l.next += slices.Max(counts)
	if kept {
		l.rates = append(l.rates, float64(total)/took.Seconds())
		l.count += total
		l.serverTime += server1 - server0
		l.dbTime += db1 - db0
	}
	return ctx.Err()
}

// alone asks some requests one after another.
func (l *lane) alone(ctx context.Context, n int) error {
	conns, done, err := l.subject.connections(1)
	if err != nil {
		return err
	}
	defer done()
	for range n {
		began := time.Now()
		if err := conns[0].do(l.requests[l.next%len(l.requests)]); err != nil {
			return err
		}
		l.latencies = append(l.latencies, time.Since(began))
		l.next++
	}
	return ctx.Err()
}

// round runs a slice of every lane. The operations come in any order, and the servers of one in any order right behind
// each other, so that what else the machine does meets them alike.
func round(byOperation [][]*lane, run func(*lane) error) error {
	for _, i := range rand.Perm(len(byOperation)) {
		lanes := byOperation[i]
		for _, j := range rand.Perm(len(lanes)) {
			if err := run(lanes[j]); err != nil {
				return err
			}
		}
	}
	return nil
}

// connections are made anew for each slice: a server may close one that rests while others are asked.
func (s *subject) connections(n int) ([]*client, func(), error) {
	var out []*client
	done := func() {
		for _, c := range out {
			_ = c.conn.Close()
		}
	}
	for range n {
		c, err := dial(s.address)
		if err != nil {
			done()
			return nil, nil, err
		}
		out = append(out, c)
	}
	return out, done, nil
}
