package acceptance

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// example is an operation in a text, and its answer.
var example = regexp.MustCompile("```graphql\n([^`]*)```\n\n```json\n([^`]*)```")

// TestDocs asks each operation of the documentation that stands with its whole answer.
func TestDocs(t *testing.T) {
	r := serveDocuments(t)
	text, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	found := example.FindAllStringSubmatch(string(text), -1)
	if len(found) < 10 {
		t.Fatalf("%d operations with their answers", len(found))
	}
	for _, e := range found {
		t.Run(strings.Join(strings.Fields(e[1])[:2], " "), func(t *testing.T) {
			var want, got any
			if err := json.Unmarshal([]byte(e[2]), &want); err != nil {
				t.Fatalf("%v in %s", err, e[2])
			}
			answer := r.post(e[1], nil)
			if err := json.Unmarshal(answer, &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-docs +answer):\n%s\n%s", diff, answer)
			}
		})
	}
}
