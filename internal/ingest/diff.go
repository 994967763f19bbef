package ingest

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Changes is what an import would do.
type Changes struct {
	CreateThings, UpdateThings []network.Thing
	CreateTies, UpdateTies     []network.Tie
	Unchanged                  int
	Changed                    []string // ids that are in the files and were changed in the network, sorted; an import leaves them alone
	Missing                    []string // ids that are stored and not in the files, sorted; an import leaves them alone
}

// Known lists the things that were in the network before, and that the import or the network itself has changed: what the
// files work out of them need not be so there.
func (c Changes) Known() []string {
	out := slices.Clone(c.Changed)
	for _, t := range c.UpdateThings {
		out = append(out, t.ID)
	}
	return out
}

// Diff compares what the files hold with what is stored, the digest of each element by its id. What has none was changed
// in the network, which then knows better than the files.
func Diff(want *network.Network, stored map[string]string) Changes {
	var c Changes
	wanted := map[string]bool{}
	for _, t := range want.Things {
		wanted[t.ID] = true
		switch digest, there := stored[t.ID]; {
		case !there:
			c.CreateThings = append(c.CreateThings, t)
		case digest == "":
			c.Changed = append(c.Changed, t.ID)
		case digest != t.Properties["digest"]:
			c.UpdateThings = append(c.UpdateThings, t)
		default:
			c.Unchanged++
		}
	}
	for _, t := range want.Ties {
		wanted[t.ID] = true
		switch digest, there := stored[t.ID]; {
		case !there:
			c.CreateTies = append(c.CreateTies, t)
		case digest == "":
			c.Changed = append(c.Changed, t.ID)
		case digest != t.Properties["digest"]:
			c.UpdateTies = append(c.UpdateTies, t)
		default:
			c.Unchanged++
		}
	}
	for id := range stored {
		if !wanted[id] {
			c.Missing = append(c.Missing, id)
		}
	}
	slices.Sort(c.Changed)
	slices.Sort(c.Missing)
	return c
}
