package limits

import (
	"encoding/json"

	"github.com/partnergraph/partnergraph/internal/network"
)

// CheckGiven holds what is given with a document against the limits, before it is held to its types. What is given to a
// change is a list of things more often than a condition, and costs no more than there are values; it may be larger.
func (l Limits) CheckGiven(doc *Document, operation string, variables map[string]any) *network.Error {
	if len(operation) > maxName {
		return network.Errorf(network.TooComplex, "operationName has %d letters, more than %d", len(operation), maxName)
	}
	asked, changes := map[string]any{}, map[string]any{}
	for name, v := range variables {
		if doc.inputs[name] {
			changes[name] = v
		} else {
			asked[name] = v
		}
	}
	for _, part := range []struct {
		of map[string]any
		given
	}{
		{asked, given{list: l.List, mostValues: l.Values, mostObjects: maxObjects}},
		{changes, given{list: l.List, mostValues: l.Input, mostObjects: l.Input}},
	} {
		if len(part.of) == 0 {
			continue
		}
		if err := part.object(part.of, "", 0); err != nil {
			return err
		}
	}
	return nil
}

type given struct {
	list, mostValues, mostObjects int

	values  int
	objects int
}

func (g *given) check(v any, name string, depth int) *network.Error {
	if g.values++; g.values > g.mostValues {
		return network.Errorf(network.TooComplex, "the variables hold more than %d values", g.mostValues)
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
		if len(v) > g.list {
			return network.Errorf(network.TooComplex, "the variable %s holds a list of %d elements, more than %d", name, len(v), g.list)
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
	if g.objects++; g.objects > g.mostObjects {
		return network.Errorf(network.TooComplex, "the variables hold more than %d objects", g.mostObjects)
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
