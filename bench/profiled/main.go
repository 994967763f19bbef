// Command profiled is the product's server with Go's profiler beside it, which the product itself does not offer.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	_ "net/http/pprof" // on the default mux
	"os"
	"time"

	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/server"
)

func main() {
	fmt.Fprintln(os.Stderr, run(os.Args[1]))
	os.Exit(1)
}

func run(address string) error {
	m, err := graph.Contract()
	if err != nil {
		return err
	}
	s, err := store.Open(context.Background(), store.Config{
		URI: os.Getenv("NEO4J_URI"), Username: "neo4j", Password: os.Getenv("NEO4J_PASSWORD"),
	})
	if err != nil {
		return err
	}
	http.Handle("/", server.Handler(server.Config{
		Reads:   &graph.Reads{Planner: &plan.Planner{Map: m, Today: network.Today}, Store: s},
		Ready:   s.Ping,
		Timeout: 15 * time.Second,
		Log:     slog.New(slog.NewJSONHandler(os.Stderr, nil)),
	}))
	return http.ListenAndServe(address, nil)
}
