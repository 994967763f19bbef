package acceptance

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/examples"
)

var update = flag.Bool("update", false, "write what came back as what is expected; refused under CI")

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
			golden(t, filepath.Join("testdata", "answers", e.Name+".json"), got.Bytes())
		})
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if os.Getenv("CI") != "" {
			t.Fatal("-update is refused under CI")
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update and read the change:\n%s", file, diff)
	}
}
