// Package ingest reads a dataset, a folder of YAML files, into the elements of the network as they are stored, writes
// them as files again, and tells what an import would change. A dataset is checked as a whole before anything is
// stored: each fault names its file, line and field, and says what would be right. What a file may say is read from
// the map of the schema, so that a new type or relationship needs no line here.
package ingest

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Read reads and checks the dataset in dir. When its files are wrong the error is Faults.
func Read(m *graphmap.Map, dir fs.FS) (*network.Network, error) {
	r := &reader{m: m, ids: map[string]place{}, unread: map[string]bool{}, known: map[string][]string{}}
	if err := r.folder(dir); err != nil {
		return nil, err
	}
	r.index()
	n := &network.Network{}
	for _, f := range r.files {
		if f.thing != nil {
			n.Things = append(n.Things, r.things(f)...)
		} else {
			n.Ties = append(n.Ties, r.ties(f)...)
		}
	}
	if err := r.faults.faults(); err != nil {
		return nil, err
	}
	complete(m, n)
	return n, nil
}

// reader reads one dataset.
type reader struct {
	m       *graphmap.Map
	heading map[string]any // what dataset.yaml says
	files   []file
	ids     map[string]place    // of all things
	known   map[string][]string // all ids by the type of their things
	unread  map[string]bool     // types whose file is wrong as a whole, so that nobody knows their ids
	faults  findings
}

// place is where a thing stands.
type place struct {
	file string
	line int
	of   *graphmap.Type
}

// index finds all ids first, so that what names them may stand anywhere.
func (r *reader) index() {
	for _, f := range r.files {
		if f.thing == nil {
			continue
		}
		for _, n := range f.entries {
			id, line := idOf(n)
			if id == "" {
				continue
			}
			if other, taken := r.ids[id]; taken {
				r.faults.addf(f.name, line, "id", "%q is the id of %s:%d too: every thing has its own", id, other.file, other.line)
				continue
			}
			r.ids[id] = place{f.name, line, f.thing}
			r.known[f.thing.Name] = append(r.known[f.thing.Name], id)
		}
	}
}

// idsOf lists the ids of all things of a type or interface.
func (r *reader) idsOf(t *graphmap.Type) []string {
	var out []string
	for _, name := range t.Concrete {
		out = append(out, r.known[name]...)
	}
	return out
}

func (r *reader) things(f file) []network.Thing {
	var out []network.Thing
	columns := thingColumns(f.thing)
	for _, n := range f.entries {
		e := r.entry(entry{file: f.name, of: f.thing.Name}, n, columns)
		r.inOrder(e, f.thing.Begins, f.thing.Ends)
		id, _ := e.properties["id"].(string)
		out = append(out, network.Thing{ID: id, Labels: r.m.Labels(f.thing), Properties: e.properties})
	}
	return out
}

func (r *reader) ties(f file) []network.Tie {
	var out []network.Tie
	columns := tieColumns(r.m, f.rel)
	seen := map[string]int{}
	for _, n := range f.entries {
		e := r.entry(entry{file: f.name, of: f.rel.Type}, n, columns)
		r.inOrder(e, "since", "until")
		from, _ := e.properties["from"].(string)
		to, _ := e.properties["to"].(string)
		key, _ := e.properties["key"].(string)
		if _, given := e.lines["key"]; from == "" || to == "" || given && key == "" {
			continue // among the faults already
		}
		if a, b := r.ids[from].of.Name, r.ids[to].of.Name; !f.rel.Allows(a, b) {
			r.faults.addf(e.file, e.line, "", "%s does not lead from %s to %s: it leads from %s", f.rel.Type, a, b, r.joins(f.rel))
		}
		id := TieID(f.rel.Type, from, to, key)
		if first, twice := seen[id]; twice {
			r.faults.addf(e.file, e.line, "key", "line %d joins the same two: give each a key that tells them apart", first)
		} else {
			seen[id] = e.line
		}
		delete(e.properties, "from")
		delete(e.properties, "to")
		e.properties["id"] = id
		out = append(out, network.Tie{ID: id, Type: f.rel.Type, From: from, To: to, Properties: e.properties})
	}
	return out
}

// TieID is the id of a relationship; ids hold one underscore and keys none, so that no two of them meet.
func TieID(kind, from, to, key string) string {
	id := "rel_" + strings.ToLower(strings.ReplaceAll(kind, "_", "-")) + "_" + from + "_" + to
	if key != "" {
		id += "_" + key
	}
	return id
}

// inOrder holds the end of an entry against its beginning.
func (r *reader) inOrder(e entry, begins, ends string) {
	from, _ := e.properties[begins].(string)
	until, _ := e.properties[ends].(string)
	if from == "" || until == "" {
		return
	}
	if network.PartialDate(from).Earliest().After(network.PartialDate(until).Latest().Time) {
		r.faults.addf(e.file, e.lines[ends], ends, "%s lies before %s, its %s: give a later end or an earlier beginning", until, from, begins)
	}
}

// joins says what a relationship may join.
func (r *reader) joins(rel *graphmap.Rel) string {
	var out []string
	for _, j := range rel.Joins {
		out = append(out, fmt.Sprintf("%s to %s", r.named(j.From), r.named(j.To)))
	}
	return oneOf(out)
}

// named gives things the one name that the schema has for all of them.
func (r *reader) named(things []string) string {
	for _, name := range sortedKeys(r.m.Types) {
		if t := r.m.Types[name]; slices.Equal(t.Concrete, things) {
			return name
		}
	}
	return oneOf(things)
}

// idOf finds the id of an entry and its line; "" when it has none.
func idOf(n *yaml.Node) (string, int) {
	for i := 0; n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
		if key, value := n.Content[i], n.Content[i+1]; key.Value == "id" && value.Kind == yaml.ScalarNode {
			return strings.TrimSpace(value.Value), value.Line
		}
	}
	return "", 0
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
