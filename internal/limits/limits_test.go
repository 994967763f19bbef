package limits_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/examples"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/limits"
)

var schema = func() *ast.Schema {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		panic(err)
	}
	return m.Schema
}()

// requested reads a document and tells what its first operation costs with the variables.
func requested(t *testing.T, text string, given map[string]any) (*limits.Cost, map[string]any, int) {
	t.Helper()
	doc, errs := limits.Default.Read(schema, text)
	if errs != nil {
		t.Fatalf("%s\n%v", text, errs)
	}
	op := doc.Operations[0]
	v, err := validator.VariableValues(schema, op, given)
	if err != nil {
		t.Fatal(err)
	}
	c := doc.Cost(op)
	return c, v, c.Requested(v)
}

// TestWhatIsAskedForPasses: the examples, and the operations that the server is measured by.
func TestWhatIsAskedForPasses(t *testing.T) {
	all, err := examples.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		given := map[string]any{}
		if len(e.Variables) > 0 {
			if err := json.Unmarshal(e.Variables, &given); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, n := requested(t, e.Query, given); n > limits.Default.Cost {
			t.Errorf("%s requests %d", e.Name, n)
		}
	}
	files, err := filepath.Glob("../../bench/workload/queries/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no operations")
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		given := map[string]any{"id": "x", "to": "y", "text": "x", "after": "x", "day": "2026-11-21"}
		if _, _, n := requested(t, string(text), given); n > limits.Default.Cost {
			t.Errorf("%s requests %d", f, n)
		}
	}
}

func repeat(n int, text string) string { return strings.Repeat(text, n) }
