package plan

import (
	"math"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// maxDepth is how deep places lie within each other.
const maxDepth = 5

// located are the hops to the places that a thing is in.
func (p *planning) located() *Hops {
	t := p.Map.Types["Place"]
	return &Hops{Steps: []Step{{Over: "LOCATED_IN", Out: true, Least: 1, Most: 1, Reaches: t.Concrete}}, Label: t.Label, Types: t.Concrete, Dated: p.Map.HasValidity(t)}
}

// inside are the hops to the places that a thing is in, and to those that they are a part of.
func (p *planning) inside(t *graphmap.Type) *Hops {
	out := p.located()
	parts := Step{Over: "PART_OF", Out: true, Least: 0, Most: maxDepth, Through: out.Label, Reaches: out.Types}
	if t.Label == out.Label {
		out.Steps = nil
	}
	out.Steps = append(out.Steps, parts)
	return out
}

// near reads how far a thing may be from somewhere.
func (p *planning) near(t *graphmap.Type, v map[string]any) (Filter, error) {
	out := &Near{Own: t.Field("position") != nil, Places: p.located()}
	position, byPosition := v["position"].(map[string]any)
	_, byThing := v["thing"]
	if byPosition == byThing {
		return nil, badInput("where.near: give either position or thing")
	}
	var err error
	if byThing {
		out.Thing = input[string](v["thing"])
	} else {
		out.Point, err = both(input[float64](position["latitude"]), input[float64](position["longitude"]), func(latitude, longitude float64) (network.Point, error) {
			if math.Abs(latitude) > 90 || math.Abs(longitude) > 180 {
				return network.Point{}, badInput("where.near.position: latitude goes from -90 to 90 and longitude from -180 to 180, not %v and %v", latitude, longitude)
			}
			return network.Point{Latitude: latitude, Longitude: longitude}, nil
		})
		if err != nil {
			return nil, err
		}
	}
	out.Meters, err = then(input[float64](v["km"]), func(km float64) (float64, error) {
		if km < 0 {
			return 0, badInput("where.near.km: must not be less than 0, as %v is", km)
		}
		return km * 1000, nil
	})
	return out, err
}
