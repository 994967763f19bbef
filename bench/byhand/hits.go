package byhand

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Hits is how much of the store the database touches for a statement, as it counts itself: a measure without noise.
func (s *Server) Hits(ctx context.Context, text string, params map[string]any) (int64, error) {
	given := map[string]any{}
	for k, v := range params {
		if day, is := v.(network.Day); is {
			v = neo4j.DateOf(day.Time)
		}
		given[k] = v
	}
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead})
	defer func() { _ = session.Close(ctx) }()
	result, err := session.Run(ctx, "PROFILE "+text, given)
	if err != nil {
		return 0, err
	}
	summary, err := result.Consume(ctx)
	if err != nil {
		return 0, err
	}
	return hitsOf(summary.Profile()), nil
}

func hitsOf(p neo4j.ProfiledPlan) int64 {
	n := p.DbHits()
	for _, child := range p.Children() {
		n += hitsOf(child)
	}
	return n
}

// HitsOf is Hits of an operation as it is written here.
func (s *Server) HitsOf(ctx context.Context, name string, v Variables) (int64, error) {
	op, err := find(name)
	if err != nil {
		return 0, err
	}
	params, err := parameters(op, v)
	if err != nil {
		return 0, err
	}
	return s.Hits(ctx, op.text, params)
}
