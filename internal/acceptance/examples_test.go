package acceptance

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/partnergraph/partnergraph/examples"
	"github.com/partnergraph/partnergraph/internal/golden"
)

// TestExamples asks each example operation of the document dataset. Its answer is a file that a person can check
// against the documents.
func TestExamples(t *testing.T) {
	r := serveDocuments(t)
	all, err := examples.All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("%d examples; the ten questions must be among them", len(all))
	}
	for _, e := range all {
		t.Run(e.Name, func(t *testing.T) {
			var got bytes.Buffer
			if err := json.Indent(&got, r.post(e.Query, e.Variables), "", "  "); err != nil {
				t.Fatal(err)
			}
			got.WriteByte('\n')
			golden.Equal(t, filepath.Join("testdata", "answers", e.Name+".json"), got.Bytes())
		})
	}
}
