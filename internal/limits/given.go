package limits

import (
	"encoding/json"

	"github.com/partnergraph/partnergraph/internal/network"
)

// CheckGiven holds what is given with a document against the limits, before it is held to its types.
func (l Limits) CheckGiven(operation string, variables map[string]any) *network.Error {
	if len(operation) > maxName {
		return network.Errorf(network.TooComplex, "operationName has %d letters, more than %d", len(operation), maxName)
	}
	if len(variables) == 0 {
		return nil
	}
	g := &given{limits: l}
	return g.object(variables, "", 0)
}

type given struct {
	limits  Limits
	values  int
	objects int
}

func (g *given) check(v any, name string, depth int) *network.Error {
	if g.values++; g.values > g.limits.Values {
		return network.Errorf(network.TooComplex, "the variables hold more than %d values", g.limits.Values)
	}
	switch v := v.(type) {
	case string:
		if len(v) > maxText {
			return network.Errorf(network.TooComplex, "the variable %s holds a text of %d bytes, more than %d", name, len(v), maxText)
		}
	case json.Number:
		if len(v) > maxName {
			return network.Errorf(network.TooComplex, "the variable %s holds a number of %d digits, more than %d", name, len(v), maxName)
		}
	case map[string]any:
		return g.object(v, name, depth+1)
	case []any:
		if len(v) > g.limits.List {
			return network.Errorf(network.TooComplex, "the variable %s holds a list of %d elements, more than %d", name, len(v), g.limits.List)
		}
		for _, e := range v {
			if err := g.check(e, name, depth+1); err != nil {
				return err
			}
		}
	}
	if depth > maxGiven {
		return network.Errorf(network.TooComplex, "the variable %s nests lists and objects more than %d deep", name, maxGiven)
	}
	return nil
}

func (g *given) object(fields map[string]any, name string, depth int) *network.Error {
	if depth > maxGiven {
		return network.Errorf(network.TooComplex, "the variable %s nests lists and objects more than %d deep", name, maxGiven)
	}
	if g.objects++; g.objects > maxObjects {
		return network.Errorf(network.TooComplex, "the variables hold more than %d objects", maxObjects)
	}
	for k, v := range fields {
		if len(k) > maxName {
			return network.Errorf(network.TooComplex, "the variables hold a name of %d letters, more than %d", len(k), maxName)
		}
		of := name
		if of == "" {
			of = k
		}
		if err := g.check(v, of, depth); err != nil {
			return err
		}
	}
	return nil
}
