package cypher

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Param is a value; equal values in one statement are not shared, so that the text follows the tree alone.
type Param struct {
	Name  string // a fixed name that every use shares, or "" to be given one
	Value any
}

// shared is the parameter that holds all values whose types vary.
const shared = "p"

// apart tells whether a value is a parameter of its own rather than a part of the shared map. Neo4j keeps a plan for
// each combination of the parameters' types, and of the sizes of texts and lists by powers of ten: of two texts, some
// 30 plans of one statement. It doesn't look into a map. What is always of one type is better off alone: known to be a
// date, two bounds make one range of an index, and the day, which is looked at for each row, is at hand sooner.
func apart(v any) bool {
	switch v := v.(type) {
	case interface{ Zero() any }: // a value that is known later
		return apart(v.Zero())
	case network.Day, network.Point, time.Time, bool, int, int64, float64, map[string]string:
		return true
	}
	return false
}

// param takes a value in and writes how the text refers to it.
func (w *writer) param(p Param) {
	name := p.Name
	if name == "" {
		name = "v" + itoa(len(w.params)+1)
	}
	if !apart(p.Value) {
		name = shared + "." + name
	}
	w.params[name] = p.Value
	w.text("$" + name)
}

var reference = regexp.MustCompile(`\$\w+`)

// withParams writes a text that refers to values by their names alone.
func (w *writer) withParams(text string, values map[string]any) {
	from := 0
	for _, at := range reference.FindAllStringIndex(text, -1) {
		w.text(text[from:at[0]])
		name := text[at[0]+1 : at[1]]
		value, ok := values[name]
		if !ok {
			panic("no value for " + text[at[0]:at[1]])
		}
		w.param(Param{Name: name, Value: value})
		from = at[1]
	}
	w.text(text[from:])
}

// ListParams writes parameters for people: one a line, by name.
func ListParams(params map[string]any) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(params)) {
		text, err := json.Marshal(params[name])
		if err != nil { // a number that JSON doesn't have
			text = fmt.Append(nil, params[name])
		}
		fmt.Fprintf(&b, "$%s = %s\n", name, text)
	}
	return b.String()
}
