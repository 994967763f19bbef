package oracle

import (
	"math"
	"slices"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// placesOf are the places that a thing is located in on the days.
func (x *execution) placesOf(t *thing) []*thing {
	var out []*thing
	for _, p := range x.reach(t, []graphmap.Hop{{Over: "LOCATED_IN", Out: true, Least: 1, Most: 1}}, x.Map.Types["Place"]) {
		out = append(out, p.end())
	}
	return out
}

// isInside tells whether a thing is located in a place or in a part of it; a place is inside itself and what it is a part of.
func (x *execution) isInside(t *thing, id string) bool {
	from := x.placesOf(t)
	if t.of.Name == "Place" {
		from = []*thing{t}
	}
	up := []graphmap.Hop{{Over: "PART_OF", Out: true, Least: 0, Most: 5}}
	return slices.ContainsFunc(from, func(place *thing) bool {
		return slices.ContainsFunc(x.reach(place, up, x.Map.Types["Place"]), func(p *path) bool { return p.end().id == id })
	})
}

// positions are where a thing stands: where it says so itself, and else where the places stand that it is located in.
func (x *execution) positions(t *thing) []network.Point {
	if f := t.of.Field("position"); f != nil {
		if own, ok := t.properties[f.Property].(network.Point); ok {
			return []network.Point{own}
		}
	}
	var out []network.Point
	for _, place := range x.placesOf(t) {
		if p, ok := place.properties["position"].(network.Point); ok {
			out = append(out, p)
		}
	}
	return out
}

// isNear tells whether a thing stands within a distance of a point or of another thing.
func (x *execution) isNear(t *thing, near map[string]any) bool {
	var from []network.Point
	if at, ok := near["position"].(map[string]any); ok {
		from = append(from, network.Point{Latitude: float(at["latitude"]), Longitude: float(at["longitude"])})
	} else if other := x.Network.byID[textOf(near["thing"])]; other != nil {
		from = x.positions(other)
	}
	for _, a := range from {
		for _, b := range x.positions(t) {
			if distance(a, b) <= float(near["km"])*1000 {
				return true
			}
		}
	}
	return false
}

// globe is the radius of the sphere, in metres, on which the database measures distances.
const globe = 6378140

// distance is that of two points in metres, by the haversine formula.
func distance(a, b network.Point) float64 {
	radians := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	square := func(v float64) float64 { return v * v }
	lat1, lat2 := radians(a.Latitude), radians(b.Latitude)
	h := square(math.Sin((lat2-lat1)/2)) + math.Cos(lat1)*math.Cos(lat2)*square(math.Sin(radians(b.Longitude-a.Longitude)/2))
	return 2 * globe * math.Asin(math.Sqrt(min(1, h)))
}
