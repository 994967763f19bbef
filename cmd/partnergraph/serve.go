package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/examples"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/office"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/internal/synthetic"
	"github.com/partnergraph/partnergraph/server"
)

type serveCmd struct {
	Database database `embed:""`
	SignIn   signIn   `embed:""`
	Bounds   bounds   `embed:"" group:"Limits of a request:"`
	Traffic  traffic  `embed:"" group:"Limits of how much is asked at a time:"`
	Streams  streams  `embed:"" group:"Limits of what stays open:"`
	Kept     kept     `embed:"" group:"What is kept beside the network:"`
	Seen     seen     `embed:"" group:"What an operator sees:"`

	Listen  string        `default:"127.0.0.1:8080" help:"Address to answer on; :8080 for every interface."`
	Origins []string      `help:"Origins whose pages may call from a browser, such as https://portal.example.edu."`
	Hosts   []string      `help:"Names that this server is known as, such as api.example.edu; by default localhost for what comes by loopback, and any for the rest."`
	Listed  string        `name:"operations" type:"path" help:"Answer no other operations than these: a manifest of Apollo's, a .graphql file, or a folder of them."`
	Timeout time.Duration `default:"5s" help:"The longest that one request may take."`
	WarmUp  time.Duration `default:"10s" help:"The longest that /readyz waits for a database that has just started to plan the examples."`
	Empty   bool          `help:"Leave an empty network empty rather than load the document dataset."`
	Demo    bool          `help:"Have a small made-up network beside what is there, unless one is there already."`
}

func (c *serveCmd) Run(ctx context.Context) error {
	if c.Timeout <= 0 {
		return network.Errorf(network.BadUserInput, "--timeout: must be more than 0, such as 5s")
	}
	if err := server.CheckOrigins(c.Origins); err != nil {
		return err
	}
	if err := server.CheckHosts(c.Hosts); err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	who, err := c.SignIn.open(c.Listen, log)
	if err != nil {
		return err
	}
	// A taken address is told before a database is started for nothing.
	if err := server.Free(c.Listen); err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	if c.Seen.Metrics != "" {
		if err := server.Free(c.Seen.Metrics); err != nil {
			return fmt.Errorf("--metrics: %w", err)
		}
	}
	tracer, told, err := trace(ctx, log)
	if err != nil {
		return err
	}
	defer told()
	m, err := graph.Contract()
	if err != nil {
		return err
	}
	var operations server.Operations
	if c.Listed != "" {
		if operations, err = server.ReadOperations(c.Listed, m.Schema, c.Bounds.limits()); err != nil {
			return fmt.Errorf("--operations: %w", err)
		}
	}
	s, err := c.Database.openToServe(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if err := c.fill(ctx, m, s.Store); err != nil {
		return err
	}
	shown, err := examples.All()
	if err != nil {
		return err
	}
	if err := s.Watch(tellLife(log)); err != nil {
		return err
	}
	collectLess()
	planner := &plan.Planner{Map: m, Today: network.Today, Most: c.Bounds.Page}
	reads := &graph.Reads{Planner: planner, Store: s.Store}
	metrics := c.Seen.metrics(s.Store, reads, c.Database.Connections)
	writer := change.NewWriter(m, s.Store)
	desk := office.New(writer, s.Store)
	desk.Feed.Seal = s.cursors
	handler := server.Handler(server.Config{
		Reads:    reads,
		Office:   desk,
		Ready:    warmUp(ctx, planner, s.Store, desk, shown, c.WarmUp).ready,
		Schema:   partnergraph.Schema,
		Examples: shown,
		Origins:  c.Origins,
		Hosts:    c.Hosts,
		Timeout:  c.Timeout,
		SignIn:   who,
		Seal:     s.seal,
		Limits:   c.Bounds.limits(),
		Body:     c.Bounds.Body,
		Traffic:  c.Traffic.traffic(),
		Streams:  server.Streams(c.Streams),

		Operations: operations,
		Log:        log,
		Tracer:     tracer,
		Metrics:    metrics,
		Slow:       c.Seen.Slow,
	})
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-s.ended():
			cancel(s.local.Err())
		case <-ctx.Done():
		}
	}()
	all, until := errgroup.WithContext(ctx)
	all.Go(func() error { return server.Serve(until, c.Listen, handler, c.Timeout, announce) })
	c.Seen.show(until, all, metrics, c.Hosts)
	all.Go(func() error {
		c.Kept.chores(until, s.Store, desk, log)
		return nil
	})
	if err := all.Wait(); err != nil {
		return err
	}
	if cause := context.Cause(ctx); s.local != nil && s.local.Err() != nil {
		return cause
	}
	say("Stopped; the network stays in place.")
	return nil
}

// tellLife logs that the database is away, or back, and since when.
func tellLife(log *slog.Logger) func(bool, time.Duration) {
	return func(alive bool, after time.Duration) {
		if alive {
			log.Info("the database is back", "away_ms", after.Milliseconds())
		} else {
			log.Warn("the database is away", "silent_ms", after.Milliseconds())
		}
	}
}

// fill loads the document dataset into an empty network, and makes up what is to be shown beside it.
func (c *serveCmd) fill(ctx context.Context, m *graphmap.Map, s *store.Store) error {
	empty, err := s.Empty(ctx)
	if err != nil {
		return err
	}
	if empty && !c.Empty {
		say("The network is empty: loading the document dataset …")
		want, err := ingest.Read(m, partnergraph.Dataset())
		if err != nil {
			return err
		}
		if err := load(ctx, s, want, false); err != nil {
			return err
		}
	}
	if !c.Demo {
		return nil
	}
	whole, err := s.Holds(ctx, synthetic.Whole)
	if err != nil || whole {
		return err
	}
	say("Making up a network to look at …")
	return generate(ctx, m, s, synthetic.Demo, 1)
}

// collectLess lets garbage be collected less often than Go does by itself, since little is alive beside it, unless the
// operator has said how often.
func collectLess() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(250)
		debug.SetMemoryLimit(memory)
	}
}

// memory is what the server keeps its own memory below, if it can.
const memory = 40 << 20

func announce(at net.Addr) {
	host, port, _ := net.SplitHostPort(at.String())
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		say("Other machines can reach this server. Who sends no token sees what is public: docs/security.md says what that is.")
	}
	base := "http://localhost:" + port
	say(`
PartnerGraph is serving. Open
  %[1]s/playground      to ask, with examples
  %[1]s/graphql         for clients, by POST or GET
  %[1]s/schema.graphql  for the contract
Ctrl-C stops it.
`, base)
}

type versionCmd struct{}

func (versionCmd) Run() error {
	info, _ := debug.ReadBuildInfo()
	revision := ""
	if info != nil {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " " + s.Value
			}
		}
	}
	_, err := fmt.Printf("partnergraph %s%s\n", versionOf(info), revision)
	return err
}

func versionOf(info *debug.BuildInfo) string {
	if info == nil {
		return "unknown"
	}
	return strings.Trim(info.Main.Version, "()")
}
