package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/internal/synthetic"
)

type importCmd struct {
	Database database `embed:""`

	Folder string `arg:"" optional:"" type:"existingdir" help:"Folder of the dataset; the document dataset that the program carries if absent."`
	DryRun bool   `help:"Check the files and say what would change, without writing."`
}

func (c *importCmd) Run(ctx context.Context) error {
	m, err := graph.Contract()
	if err != nil {
		return err
	}
	files := partnergraph.Dataset()
	if c.Folder != "" {
		files = os.DirFS(c.Folder)
	}
	// Wrong files are told before a database is started.
	want, err := ingest.Read(m, files)
	if err != nil {
		return err
	}
	open := c.Database.openToWrite
	if c.DryRun {
		open = c.Database.openToRead
	}
	s, err := open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	return load(ctx, s.Store, want, c.DryRun)
}

// load writes what a dataset holds and the network lacks, in one transaction, and says what it did.
func load(ctx context.Context, s *store.Store, want *network.Network, dryRun bool) error {
	// What was made up is many things and none of a dataset's business, unless the dataset is an export of it.
	apart := synthetic.Mark
	if slices.ContainsFunc(want.Things, func(t network.Thing) bool { return strings.Contains(t.ID, synthetic.Mark) }) {
		apart = ""
	}
	stored, err := s.DigestsApart(ctx, apart)
	if err != nil {
		return err
	}
	diff := ingest.Diff(want, stored)
	if !dryRun {
		err = s.Write(ctx, slices.Concat(diff.CreateThings, diff.UpdateThings), slices.Concat(diff.CreateTies, diff.UpdateTies), diff.Known()...)
		if err != nil {
			return err
		}
	}
	verb := "Imported"
	if dryRun {
		verb = "Would import"
	}
	say("%s: things: %d new, %d changed; relationships: %d new, %d changed; as they were: %d.", verb,
		len(diff.CreateThings), len(diff.UpdateThings), len(diff.CreateTies), len(diff.UpdateTies), diff.Unchanged)
	list("The network has changed %d since they were imported; these were left as they are:", diff.Changed)
	list("The network also holds %d that the files lack; nothing was deleted:", diff.Missing)
	return nil
}

// list says which ids something is about, if any.
func list(text string, ids []string) {
	const most = 50
	if len(ids) == 0 {
		return
	}
	say(text, len(ids))
	for _, id := range ids[:min(len(ids), most)] {
		say("  %s", id)
	}
	if more := len(ids) - most; more > 0 {
		say("  and %d more", more)
	}
}

type exportCmd struct {
	Database database `embed:""`

	Folder string `arg:"" type:"path" help:"Folder to write to; made if absent, and refused unless empty."`
	Name   string `default:"PartnerGraph network" help:"Name of the dataset."`
}

func (c *exportCmd) Run(ctx context.Context) error {
	if left, err := os.ReadDir(c.Folder); err == nil && len(left) > 0 {
		return network.Errorf(network.BadUserInput, "%s is not empty: choose a folder that is empty or does not exist", c.Folder)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	m, err := graph.Contract()
	if err != nil {
		return err
	}
	s, err := c.Database.openToRead(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	n, err := s.Dump(ctx)
	if err != nil {
		return err
	}
	files, err := ingest.Write(m, n, c.Name)
	if err != nil {
		return err
	}
	for name, text := range files {
		path := filepath.Join(c.Folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
	}
	say("Exported %d things and %d relationships to %s.", len(n.Things), len(n.Ties), c.Folder)
	return nil
}
