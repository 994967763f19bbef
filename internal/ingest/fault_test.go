package ingest

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/internal/golden"
	"github.com/partnergraph/partnergraph/internal/graphmap"
)

func schema(t testing.TB) *graphmap.Map {
	t.Helper()
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// sound is a dataset without faults, to which each case adds its files.
var sound = fstest.MapFS{
	"dataset.yaml":          {Data: []byte("name: Trial\nrecordedBy: somebody\nrecordedAt: 2026-11-21T00:00:00Z\n")},
	"nodes/Source.yaml":     {Data: []byte("- id: src_page\n  name: The page\n  publishedOn: 2023-06-28\n")},
	"nodes/Alliance.yaml":   {Data: []byte("- id: all_delta\n  name: Delta\n  founded: 2015\n")},
	"nodes/University.yaml": {Data: []byte("- id: uni_jiangsu\n  name: Jiangsu University\n  founded: 1902\n")},
}

// Each archive in testdata/faults holds files, `(none)` for one that is taken away, and last the faults that they have.
func TestFaults(t *testing.T) {
	m := schema(t)
	cases, err := filepath.Glob("testdata/faults/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			dir := maps.Clone(sound)
			for _, f := range archive.Files {
				switch {
				case f.Name == "faults":
				case string(f.Data) == "(none)\n":
					delete(dir, f.Name)
				default:
					dir[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			_, err = Read(m, dir)
			var faults Faults
			if !errors.As(err, &faults) {
				t.Fatalf("error %v, want faults", err)
			}
			archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "faults" })
			archive.Files = append(archive.Files, txtar.File{Name: "faults", Data: []byte(faults.Error() + "\n")})
			golden.Equal(t, name, txtar.Format(archive))
		})
	}
}

func TestOnlySoManyFaults(t *testing.T) {
	dir := maps.Clone(sound)
	var text strings.Builder
	for i := range mostFaults + 7 {
		fmt.Fprintf(&text, "- id: per_%d\n", i)
	}
	dir["nodes/Person.yaml"] = &fstest.MapFile{Data: []byte(text.String())}
	_, err := Read(schema(t), dir)
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != mostFaults+1 || lines[0] != "nodes/Person.yaml:1: name: is missing: give a text" || lines[mostFaults] != "and 7 more" {
		t.Fatalf("%d lines, the first %q, the last %q", len(lines), lines[0], lines[len(lines)-1])
	}
}
