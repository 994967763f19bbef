package graphmap

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// everyone is the rule of types of which nothing is hidden from anybody.
const everyone = "ANYONE"

// Hidden lists those of some types of things of which something is hidden from somebody.
func (m *Map) Hidden(types []string) []*Type {
	var out []*Type
	for _, name := range types {
		if t := m.Types[name]; t.Seen != everyone {
			out = append(out, t)
		}
	}
	return out
}

// Confidential lists the properties of a thing's confidential fields: all that is stored of them.
func (m *Map) Confidential(t *Type) []string {
	var out []string
	for _, f := range t.Fields {
		if !f.Confidential {
			continue
		}
		of := []string{f.Property, f.Chinese, f.Key()}
		if f.Type.Name() == "PartialDate" {
			of = append(of, network.EarliestOf(f.Property), network.LatestOf(f.Property))
		}
		if f.Target != nil && f.Target.Kind == Item {
			for _, part := range f.Target.Fields {
				of = append(of, part.Property)
			}
		}
		if f.Chinese != "" && f.Folded {
			of = append(of, f.Chinese+"Key")
		}
		for _, p := range of {
			if p != "" && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}
