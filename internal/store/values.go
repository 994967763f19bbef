package store

import (
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"

	"github.com/partnergraph/partnergraph/internal/network"
)

// wgs84 is the reference system of points on the globe.
const wgs84 = 4326

// parameters turns our values into the driver's. One that is named `p.name` comes into the map p.
func parameters(params map[string]any) map[string]any {
	out := make(map[string]any, len(params))
	for k, v := range params {
		outer, inner, within := strings.Cut(k, ".")
		if !within {
			out[k] = parameter(v)
			continue
		}
		of, _ := out[outer].(map[string]any)
		if of == nil {
			of = map[string]any{}
			out[outer] = of
		}
		of[inner] = parameter(v)
	}
	return out
}

func parameter(v any) any {
	switch v := v.(type) {
	case network.Day:
		return neo4j.DateOf(v.Time)
	case network.Point:
		return dbtype.Point2D{X: v.Longitude, Y: v.Latitude, SpatialRefId: wgs84}
	case time.Time:
		return v.UTC() // a zone without a name is one that the database can't read, and the connection is lost with it
	case []time.Time:
		out := make([]any, len(v))
		for i, t := range v {
			out[i] = t.UTC()
		}
		return out
	case []string:
		out := make([]any, len(v))
		for i, s := range v {
			out[i] = s
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = parameter(e)
		}
		return out
	case map[string]string:
		out := make(map[string]any, len(v))
		for k, s := range v {
			out[k] = s
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = parameter(e)
		}
		return out
	}
	return v
}

// value turns the driver's values into ours: the inverse of parameter.
func value(v any) any {
	switch v := v.(type) {
	case dbtype.Date:
		t := v.Time()
		return network.NewDay(t.Year(), t.Month(), t.Day())
	case dbtype.Point2D:
		return network.Point{Latitude: v.Y, Longitude: v.X}
	case time.Time:
		return v.UTC()
	case []any:
		return list(v)
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = value(e)
		}
		return out
	}
	return v
}

// list gives a list the type of its elements, if they are of one type as those of properties are.
func list(v []any) any {
	if out, ok := listOf[string](v); ok {
		return out
	}
	out := make([]any, len(v))
	for i, e := range v {
		out[i] = value(e)
	}
	if times, ok := listOf[time.Time](out); ok {
		return times
	}
	return out
}

func listOf[T any](v []any) ([]T, bool) {
	out := make([]T, len(v))
	for i, e := range v {
		one, ok := e.(T)
		if !ok {
			return nil, false
		}
		out[i] = one
	}
	return out, true
}
