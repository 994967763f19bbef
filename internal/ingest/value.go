package ingest

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"go.yaml.in/yaml/v3"

	"github.com/partnergraph/partnergraph/internal/network"
)

// errUnread says nothing of a reference, because the file that might hold its end could not be read.
var errUnread = errors.New("the file it may be in is wrong as a whole")

// decimal keeps out what Go reads as a number and people don't: 0x1p-2, inf, 1_000.
var decimal = regexp.MustCompile(`^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$`)

// value reads one value from its raw text, whatever YAML takes it for: 2019 is a date where a date is wanted, and a
// name where a name is.
func (r *reader) value(c column, n *yaml.Node) (any, error) {
	if n.Kind != yaml.ScalarNode {
		return nil, fmt.Errorf("is %s: write %s", shape(n), c.wants())
	}
	text := strings.TrimSpace(n.Value)
	if c.check != nil {
		if err := c.check(text); err != nil {
			return nil, err
		}
	}
	if c.refers {
		return text, r.isIn(c.of, text)
	}
	if d := r.m.Schema.Types[c.of]; d.Kind == ast.Enum {
		return text, isOneOf(d, text)
	}
	v, err := scalar(c.of, text)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return nil, fmt.Errorf("%s is out of range: write %s", text, c.wants())
	case err != nil:
		return nil, fmt.Errorf("%q is not %s", text, c.wants())
	}
	return v, nil
}

func scalar(kind, text string) (any, error) {
	switch kind {
	case "String", "ID":
		return text, nil
	case "Boolean":
		if text != "true" && text != "false" {
			return nil, strconv.ErrSyntax
		}
		return text == "true", nil
	case "Int":
		return strconv.ParseInt(text, 10, 32)
	case "Float":
		if !decimal.MatchString(text) {
			return nil, strconv.ErrSyntax
		}
		return strconv.ParseFloat(text, 64)
	case "PartialDate":
		p, err := network.ParsePartialDate(text)
		return string(p), err
	case "Date":
		return network.ParseDay(text)
	case "DateTime":
		t, err := time.Parse(time.RFC3339, text)
		if t = t.UTC(); err == nil && (t.Year() < 1 || t.Year() > 9999) {
			err = strconv.ErrRange
		}
		return t, err
	}
	return nil, fmt.Errorf("the dataset has no form for the type %s", kind)
}

// isOneOf holds a word against an enum.
func isOneOf(d *ast.Definition, text string) error {
	if d.EnumValues.ForName(text) != nil {
		return nil
	}
	var values []string
	for _, v := range d.EnumValues {
		values = append(values, v.Name)
	}
	return unknown{fmt.Sprintf("%q is not %s", text, a(d.Name)), text, values}
}

// isIn holds an id against the things of the dataset: it must be that of a thing of the type.
func (r *reader) isIn(kind, id string) error {
	t := r.m.Types[kind]
	at, there := r.ids[id]
	switch {
	case there && slices.Contains(t.Concrete, at.of.Name):
		return nil
	case there:
		return fmt.Errorf("%q is %s: write the id of %s", id, a(at.of.Name), a(kind))
	}
	if prefix, _, _ := strings.Cut(id, "_"); slices.ContainsFunc(t.Concrete, func(name string) bool { return r.m.Types[name].Prefix == prefix }) {
		t = r.m.ByPrefix(prefix)
	}
	if r.unread[t.Name] {
		return errUnread
	}
	return unknown{fmt.Sprintf("%q is the id of no %s in %s/", id, t.Name, thingFolder), id, r.idsOf(t)}
}
