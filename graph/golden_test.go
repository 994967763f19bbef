package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/answer"
	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/golden"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

// TestGolden holds each case of testdata/golden: a query and what it becomes. The statement is explained and run on
// the real database with the document dataset.
func TestGolden(t *testing.T) {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	planner := &plan.Planner{Map: m, Today: func() network.Day { return network.NewDay(2026, 11, 21) }}
	s := dbtest.Open(t)
	n, err := ingest.Read(m, partnergraph.Dataset())
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Fill(t, s, n)
	files, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var query string
			var variables json.RawMessage
			viewer := access.Viewer{Roles: access.Admin}
			kept := &txtar.Archive{Comment: a.Comment}
			for _, f := range a.Files {
				switch f.Name {
				case "query.graphql":
					query = string(f.Data)
				case "variables.json":
					variables = f.Data
				case "viewer":
					if viewer, err = access.Parse(string(f.Data)); err != nil {
						t.Fatal(err)
					}
				default:
					continue
				}
				kept.Files = append(kept.Files, f)
			}
			plans, err := graph.Plans(planner, viewer, query, variables)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range plans {
				if _, err := s.Read(context.Background(), "EXPLAIN "+p.Text, p.Params); err != nil {
					t.Errorf("the database can't plan it: %v", err)
				}
				v, err := s.Read(context.Background(), p.Text, p.Params)
				if err != nil {
					t.Errorf("the database can't run it: %v", err)
				}
				text, faults := answer.Write(p.Plan, p.Values, v)
				if len(faults) > 0 {
					t.Errorf("holes in the data: %v", faults)
				}
				kept.Files = append(kept.Files,
					txtar.File{Name: "plan", Data: []byte(p.Plan.String())},
					txtar.File{Name: "cypher", Data: []byte(p.Text + "\n")},
					txtar.File{Name: "parameters", Data: allTypes.ReplaceAll([]byte(cypher.ListParams(p.Params)), []byte("$$p.types = all types of things"))},
					txtar.File{Name: "answer.json", Data: indented(t, text)},
				)
			}
			golden.Equal(t, file, txtar.Format(kept))
		})
	}
}

// allTypes is the parameter that lists all types of things, which a new type would change in every case.
var allTypes = regexp.MustCompile(`(?m)^\$p\.types = .*$`)

func indented(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	b.WriteByte('\n')
	return b.Bytes()
}
