package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/names"
	"github.com/partnergraph/partnergraph/internal/network"
)

// complete completes a whole network.
func complete(m *graphmap.Map, n *network.Network) { NewCompleter(m).Complete(n) }

// Complete completes a part of a network. Its ties and evidence may name the things of the part itself and of parts
// that are remembered.
func (c *Completer) Complete(part *network.Network) {
	here := remembered{map[string]network.Day{}, map[string]network.Day{}}
	each(part.Things, func(thing network.Thing) {
		t, p := c.typeOf(thing.Labels), thing.Properties
		bound(p, c.columns[t.Label])
		hold(p, t.Begins, t.Ends, network.Always)
		findable(p)
		fold(t, p)
		countSources(p)
		if !c.Uncompared {
			p["digest"] = digest(thing.Labels, p)
		}
	})
	for _, thing := range part.Things {
		here.remember(thing)
	}
	each(part.Ties, func(tie network.Tie) {
		p := tie.Properties
		bound(p, c.columns[tie.Type])
		assumed := c.beginning(here, tie.From)
		if later := c.beginning(here, tie.To); later.After(assumed.Time) {
			assumed = later
		}
		hold(p, "since", "until", assumed)
		attest(p, func(source string) (network.Day, bool) { return c.publication(here, source) })
		countSources(p)
		if !c.Uncompared {
			p["digest"] = digest([]string{tie.Type, tie.From, tie.To}, p)
		}
	})
}

// each does the same for each element, on all processors where there are many of them.
func each[T any](all []T, do func(T)) {
	const few = 1000
	share := max(few, (len(all)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	var working sync.WaitGroup
	for some := range slices.Chunk(all, share) {
		working.Go(func() {
			for _, one := range some {
				do(one)
			}
		})
	}
	working.Wait()
}

// bound adds the first and the last day that each date may mean.
func bound(p map[string]any, columns []column) {
	for _, c := range columns {
		if s, stated := p[c.property].(string); stated && c.of == "PartialDate" {
			p[network.EarliestOf(c.property)] = network.PartialDate(s).Earliest()
			p[network.LatestOf(c.property)] = network.PartialDate(s).Latest()
		}
	}
}

// hold says from when to when an element holds; a beginning that nobody stated is the assumed one.
func hold(p map[string]any, begins, ends string, assumed network.Day) {
	p["holdsFrom"], p["holdsUntil"] = assumed, network.Forever
	if day, stated := p[network.EarliestOf(begins)]; stated {
		p["holdsFrom"] = day
	}
	if day, stated := p[network.LatestOf(ends)]; stated {
		p["holdsUntil"] = day
	}
}

// attest says by which day the first source of a relationship was published. A source that doesn't state its day was
// published by the day on which somebody recorded the fact from it.
func attest(p map[string]any, publishedOn func(source string) (network.Day, bool)) {
	sources, _ := p["sources"].([]string)
	recordedAt, _ := p["recordedAt"].([]time.Time)
	for i, id := range sources {
		day, known := publishedOn(id)
		if !known {
			day = network.NewDay(recordedAt[i].Date())
		}
		if first, have := p["attestedOn"].(network.Day); !have || day.Before(first.Time) {
			p["attestedOn"] = day
		}
	}
}

// fold adds the texts that filters and orders go by in the form that they compare.
func fold(t *graphmap.Type, p map[string]any) {
	for _, f := range t.Fields {
		if s, stated := p[f.Property].(string); stated && f.Folded {
			p[f.Key()] = names.Key(s)
		}
	}
}

// countSources counts sources, not pieces of evidence: one that is cited twice says so once.
func countSources(p map[string]any) {
	sources, _ := p["sources"].([]string)
	sources = slices.Clone(sources)
	slices.Sort(sources)
	p["sourceCount"] = int64(len(slices.Compact(sources)))
}

// findable adds the forms of a thing's names.
func findable(p map[string]any) {
	name, _ := p["name"].(string)
	nameZh, _ := p["nameZh"].(string)
	aliases, _ := p["aliases"].([]string)
	forms := names.Forms(name, nameZh, aliases)
	folded, texts, kinds := make([]string, len(forms)), make([]string, len(forms)), make([]string, len(forms))
	for i, f := range forms {
		folded[i], texts[i], kinds[i] = f.Folded, f.Text, string(f.Kind)
	}
	p["searchForms"], p["searchTexts"], p["searchKinds"] = folded, texts, kinds
	p["searchText"] = names.IndexText(forms)
}

// digest sums up an element: two have the same digest when they are the same. JSON sorts the properties.
func digest(of []string, properties map[string]any) string {
	text, err := json.Marshal([]any{of, properties})
	if err != nil {
		panic(err) // a property that can't be stored either
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
