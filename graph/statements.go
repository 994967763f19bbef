package graph

import (
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// Planned is the plan of one root field, its statement, and the values of its inputs.
type Planned struct {
	Plan   *plan.Plan
	Text   string
	Params map[string]any
	Values *plan.Values
}

// Plans makes the plan of each root field of an operation for a viewer, without a request: to show it, or to have the database plan
// its statement before somebody waits for it. The document holds one operation.
func Plans(p *plan.Planner, viewer access.Viewer, query string, variables json.RawMessage) ([]Planned, error) {
	doc, errs := gqlparser.LoadQueryWithRules(p.Map.Schema, query, rules.NewDefaultRules())
	if errs != nil {
		return nil, errs
	}
	if n := len(doc.Operations); n != 1 {
		return nil, network.Errorf(network.BadUserInput, "the document holds %d operations, not one", n)
	}
	given := map[string]any{}
	if len(variables) > 0 {
		if err := json.Unmarshal(variables, &given); err != nil {
			return nil, network.Errorf(network.BadUserInput, "the variables are no JSON object: %w", err)
		}
	}
	values, err := validator.VariableValues(p.Map.Schema, doc.Operations[0], given)
	if err != nil {
		return nil, err
	}
	op := &graphql.OperationContext{Doc: doc, Operation: doc.Operations[0], Variables: values}
	var out []Planned
	for _, f := range graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query"}) {
		if p.Map.Roots[f.Name] == nil {
			continue
		}
		made, err := p.Plan(op, viewer, f)
		if err != nil {
			return nil, err
		}
		s, v := compiled(made), p.Values(op, viewer)
		params, err := s.params(v)
		if err != nil {
			return nil, err
		}
		out = append(out, Planned{made, s.text, params, v})
	}
	return out, nil
}
