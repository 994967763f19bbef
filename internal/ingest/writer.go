package ingest

import (
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/partnergraph/partnergraph/internal/network"
)

// writer gathers the entries of each file.
type writer struct {
	heading map[string]any
	lists   map[string]*yaml.Node // by the name of the file, without its extension
}

func (w *writer) add(file string, properties map[string]any, columns []column) error {
	n, err := w.entry(properties, columns)
	if err != nil {
		return err
	}
	if w.lists[file] == nil {
		w.lists[file] = &yaml.Node{Kind: yaml.SequenceNode}
	}
	w.lists[file].Content = append(w.lists[file].Content, n)
	return nil
}

// entry writes properties by their columns. What a file need not say is left out.
func (w *writer) entry(properties map[string]any, columns []column) (*yaml.Node, error) {
	out := &yaml.Node{Kind: yaml.MappingNode}
	for _, c := range columns {
		v, there := properties[c.property]
		if !there || v == nil || v == c.absent && c.absent != nil {
			continue
		}
		n, err := w.field(c, v, properties)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		if n != nil {
			out.Content = append(out.Content, valueNode("ID", c.name), n)
		}
	}
	return out, nil
}

// field writes one value; nil when it says nothing.
func (w *writer) field(c column, v any, properties map[string]any) (*yaml.Node, error) {
	switch v := v.(type) {
	case network.Point:
		n, err := w.entry(map[string]any{"latitude": v.Latitude, "longitude": v.Longitude}, c.parts)
		if n != nil {
			n.Style = yaml.FlowStyle
		}
		return n, err
	case []string:
		if c.parts != nil {
			return w.rows(c, len(v), properties)
		}
		if len(v) == 0 {
			return nil, nil
		}
		out := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, s := range v {
			out.Content = append(out.Content, inline(valueNode(c.of, s)))
		}
		return out, nil
	}
	text, err := textOf(v)
	if err != nil || text == "" {
		return nil, err
	}
	return valueNode(c.of, text), nil
}

// rows writes parallel lists as a list of aliases or evidence, leaving out what the heading says; nil when there are
// none.
func (w *writer) rows(c column, count int, properties map[string]any) (*yaml.Node, error) {
	if count == 0 {
		return nil, nil
	}
	out := &yaml.Node{Kind: yaml.SequenceNode}
	for i := range count {
		row := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
		for _, part := range c.parts {
			var v any
			switch list := properties[part.property].(type) {
			case []string:
				if i < len(list) {
					v = list[i]
				}
			case []time.Time:
				if i < len(list) {
					v = list[i].UTC()
				}
			}
			if v == nil {
				return nil, fmt.Errorf("the list %s is shorter than the %d of %s", part.property, count, c.property)
			}
			if text, err := textOf(v); err != nil {
				return nil, err
			} else if text != "" && v != w.heading[part.property] {
				row.Content = append(row.Content, valueNode("ID", part.name), inline(valueNode(part.of, text)))
			}
		}
		out.Content = append(out.Content, row)
	}
	return out, nil
}
