// Command partnergraph is the whole product in one binary: it serves the network, and imports, exports and migrates it.
// All wiring is here.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
)

const description = `Partnership and internship networks as one graph, answered by GraphQL.

Without NEO4J_URI every command uses a Neo4j of its own on this machine, in the folder --store; the first run brings
its jars with Maven and needs Java 17 or newer. With NEO4J_URI it uses that database: bolt:// for one server, neo4j://
for a cluster, bolt+s:// and neo4j+s:// with TLS.

Begin with:
  partnergraph serve             then open http://localhost:8080/playground
  partnergraph import --dry-run  to check a dataset's files without writing`

type cli struct {
	Serve    serveCmd    `cmd:"" help:"Answer GraphQL; loads the document dataset into an empty network first."`
	Import   importCmd   `cmd:"" help:"Check the files of a dataset and write what is new or changed, all or nothing."`
	Export   exportCmd   `cmd:"" help:"Write the whole network as the files of a dataset."`
	Generate generateCmd `cmd:"" help:"Write a made-up network for trials and measurements, beside what is there."`
	Migrate  migrateCmd  `cmd:"" help:"Bring the database's constraints and indexes up to date."`
	Reset    resetCmd    `cmd:"" help:"Delete the network's own store on this machine."`
	Token    tokenCmd    `cmd:"" help:"Make a token to try roles with, for a server that was started with --development."`
	Explain  explainCmd  `cmd:"" help:"Show the plan and the Cypher of an operation, and what the database does for it."`
	Ready    readyCmd    `cmd:"" help:"Ask a running server whether its database answers; for health checks."`
	Version  versionCmd  `cmd:"" help:"Show the version."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	k := kong.Parse(&c,
		kong.Name("partnergraph"),
		kong.Description(description),
		kong.ShortUsageOnError(),
		kong.DefaultEnvars("PARTNERGRAPH"),
		kong.Vars(signInDefaults),
		defaults(),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	err := k.Run()
	switch {
	case err == nil:
	case ctx.Err() != nil && (errors.Is(err, context.Canceled) || network.CodeOf(err) == network.Unavailable):
		fmt.Fprintln(os.Stderr, "partnergraph: stopped")
		os.Exit(130)
	default:
		fmt.Fprintln(os.Stderr, "partnergraph:", forPeople(err))
		os.Exit(1)
	}
}

// forPeople is the line that says what is wrong and how to mend it; causes that only a log needs are left out.
func forPeople(err error) string {
	var faults ingest.Faults
	var known *network.Error
	switch {
	case errors.As(err, &faults):
		return "the dataset is wrong, and nothing was written:\n" + faults.Error()
	case errors.As(err, &known):
		return known.Message
	default:
		return err.Error()
	}
}
