package ingest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Write writes a network as the files of the dataset called name, each under its path: what Read makes the same
// network of. The graph doesn't keep the name of a dataset, so it has to be given.
func Write(m *graphmap.Map, n *network.Network, name string) (map[string][]byte, error) {
	heading := map[string]any{"name": name}
	heading["recordedBy"], heading["recordedAt"] = commonest(n)
	w := writer{heading: heading, lists: map[string]*yaml.Node{}}

	completer := NewCompleter(m)
	for _, thing := range slices.SortedFunc(slices.Values(n.Things), func(a, b network.Thing) int { return cmp.Compare(a.ID, b.ID) }) {
		t := completer.typeOf(thing.Labels)
		if t == nil {
			return nil, fmt.Errorf("%s: no type has one of the labels %v", thing.ID, thing.Labels)
		}
		if err := w.add(thingFolder+"/"+t.Name, thing.Properties, thingColumns(t)); err != nil {
			return nil, fmt.Errorf("%s: %w", thing.ID, err)
		}
	}
	for _, tie := range slices.SortedFunc(slices.Values(n.Ties), byEnds) {
		rel := m.Relationships[tie.Type]
		if rel == nil {
			return nil, fmt.Errorf("%s: there are no relationships of the type %s", tie.ID, tie.Type)
		}
		p := map[string]any{"from": tie.From, "to": tie.To}
		for k, v := range tie.Properties {
			p[k] = v
		}
		if err := w.add(tieFolder+"/"+rel.Type, p, tieColumns(m, rel)); err != nil {
			return nil, fmt.Errorf("%s: %w", tie.ID, err)
		}
	}

	head, err := w.entry(heading, headingColumns())
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	if files[headingFile], err = encode(head); err != nil {
		return nil, err
	}
	for name, list := range w.lists {
		if files[name+extension], err = encode(list); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return files, nil
}

func byEnds(a, b network.Tie) int {
	keyA, _ := a.Properties["key"].(string)
	keyB, _ := b.Properties["key"].(string)
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(keyA, keyB))
}

// encode gives the text of a file.
func encode(n *yaml.Node) ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	err := errors.Join(e.Encode(n), e.Close())
	return b.Bytes(), err
}
