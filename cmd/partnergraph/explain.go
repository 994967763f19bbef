package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/internal/store"
)

type explainCmd struct {
	Database database `embed:""`

	File      string `arg:"" help:"File with one GraphQL operation."`
	Variables string `help:"File with the operation's variables, as a JSON object."`
	As        string `help:"Who asks: public, analyst, admin, office:ID or reviewer:ID, or several with commas." default:"public"`
	Profile   bool   `help:"Run it as well, and show what the database did for it."`
}

func (c *explainCmd) Run(ctx context.Context) error {
	m, err := graph.Contract()
	if err != nil {
		return err
	}
	query, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	var variables []byte
	if c.Variables != "" {
		if variables, err = os.ReadFile(c.Variables); err != nil {
			return err
		}
	}
	viewer, err := access.Parse(c.As)
	if err != nil {
		return network.Errorf(network.BadUserInput, "--as: %w", err)
	}
	plans, err := graph.Plans(&plan.Planner{Map: m, Today: network.Today}, viewer, string(query), variables)
	if err != nil {
		return inFile(c.File, err)
	}
	if len(plans) == 0 {
		return network.Errorf(network.BadUserInput, "%s: no root field of it asks the database", c.File)
	}
	if !c.Profile {
		return explain(os.Stdout, plans, nil)
	}
	s, err := c.Database.openToRead(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	return explain(os.Stdout, plans, func(p graph.Planned) (*store.Profile, error) {
		return s.Profile(ctx, p.Text, p.Params)
	})
}

// explain writes each plan with its statement, and its profile if there is somebody who makes one. The parts are headed
// as in the goldens of the tests.
func explain(w io.Writer, plans []graph.Planned, profile func(graph.Planned) (*store.Profile, error)) error {
	for _, p := range plans {
		_, err := fmt.Fprintf(w, "-- plan --\n%s-- cypher --\n%s\n-- parameters --\n%s", p.Plan, p.Text, cypher.ListParams(p.Params))
		if err != nil {
			return err
		}
		if profile == nil {
			continue
		}
		made, err := profile(p)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "-- profile --\n%s", made); err != nil {
			return err
		}
	}
	return nil
}

// inFile is an error of an operation as one line, with the line of the file where there is one.
func inFile(file string, err error) error {
	var all gqlerror.List
	var one *gqlerror.Error
	if errors.As(err, &all) && len(all) > 0 {
		one = all[0]
	} else if !errors.As(err, &one) {
		return network.Errorf(network.BadUserInput, "%s: %s", file, forPeople(err))
	}
	if len(one.Locations) > 0 {
		file = fmt.Sprintf("%s:%d", file, one.Locations[0].Line)
	}
	if len(one.Path) > 0 {
		return network.Errorf(network.BadUserInput, "%s: %s %s", file, one.Path, one.Message)
	}
	return network.Errorf(network.BadUserInput, "%s: %s", file, one.Message)
}
