package ingest

import (
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
)

// commonest finds who recorded most of the evidence and when most of it was recorded: what the heading says, and the
// single piece of evidence then need not. Without evidence it is nobody, at the beginning of time.
func commonest(n *network.Network) (string, time.Time) {
	by, at := map[string]int{}, map[time.Time]int{}
	count := func(p map[string]any) {
		people, _ := p["recordedBy"].([]string)
		for _, who := range people {
			if who != "" {
				by[who]++
			}
		}
		times, _ := p["recordedAt"].([]time.Time)
		for _, t := range times {
			at[t.UTC()]++
		}
	}
	for _, t := range n.Things {
		count(t.Properties)
	}
	for _, t := range n.Ties {
		count(t.Properties)
	}
	who, when := "nobody", time.Unix(0, 0).UTC()
	for w, n := range by {
		if most := by[who]; n > most || n == most && w < who {
			who = w
		}
	}
	for t, n := range at {
		if most := at[when]; n > most || n == most && t.Before(when) {
			when = t
		}
	}
	return who, when
}
