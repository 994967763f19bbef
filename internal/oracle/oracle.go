// Package oracle answers queries a second time, so that tests have something to hold the product against. It asks field
// by field, over a network in memory, in the most obvious way that the rules allow; it shares no code with the packages
// that plan, compile and write answers, and is as slow as it likes. Only tests import it.
package oracle

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Oracle answers queries over one network.
type Oracle struct {
	Map     *graphmap.Map
	Network *Network
	Today   network.Day
	// Cursors gathers every cursor that was given out, by the order of its list.
	Cursors map[string][]string
	// Seen gathers the kinds of types whose fields were answered.
	Seen map[graphmap.Kind]bool

	// Of a viewer's: what they see, and the network in which people are counted.
	sight  *sight
	open   *Oracle
	viewed map[string]*Oracle
}

// New makes an oracle of a network.
func New(m *graphmap.Map, n *Network, today network.Day) *Oracle {
	return &Oracle{Map: m, Network: n, Today: today, Cursors: map[string][]string{}, Seen: map[graphmap.Kind]bool{}}
}

// Answer is what the product must answer.
type Answer struct {
	Data    []byte   // JSON, with the fields in the order of the query
	Refused []string // response keys of the root fields whose values are wrong, each null in the data
}

// execution is the answering of one root field.
type execution struct {
	*Oracle
	doc       *ast.QueryDocument
	variables map[string]any
	days
}

// days are the days on any of which a fact must hold, mostly one and the same.
type days struct{ first, last network.Day }

func on(day network.Day) days { return days{day, day} }

// Answer answers the one operation of a document that has passed validation.
func (o *Oracle) Answer(doc *ast.QueryDocument, variables map[string]any) Answer {
	x := &execution{Oracle: o, doc: doc, variables: variables}
	var out Answer
	data := object{}
	for _, f := range x.collect(doc.Operations[0].SelectionSet, []string{"Query"}) {
		if f.Name == "__typename" {
			data = append(data, member{f.Alias, "Query"})
			continue
		}
		v, err := x.root(f)
		if err != nil {
			out.Refused = append(out.Refused, f.Alias)
			v = nil
		}
		data = append(data, member{f.Alias, v})
	}
	out.Data = data.json()
	return out
}
