package acceptance

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/golden"
)

// TestExplain: the plan, the statement and the parameters of each root field are shown without a database; with
// --profile, what the database did.
func TestExplain(t *testing.T) {
	dbtest.Open(t)
	c := build(t, "../..")
	question := []string{"explain", "../../examples/01-members-on-a-day.graphql", "--variables", "../../examples/01-members-on-a-day.variables.json"}
	nobody := []string{"NEO4J_URI=bolt://127.0.0.1:1"}
	shown, code := c.run(nobody, question...)
	if code != 0 {
		t.Fatalf("it ends with %d:\n%s", code, shown)
	}
	golden.Equal(t, filepath.Join("testdata", "explain.txt"), []byte(shown))

	c.must(nil, "import")
	profiled := c.must(nil, append(question, "--profile")...)
	plain := regexp.MustCompile(`(?s)-- profile --\n(.*?)(-- plan --\n|\z)`)
	if got := plain.ReplaceAllString(profiled, "$2"); got != shown {
		t.Errorf("with --profile, beside it:\n%s", got)
	}
	parts := plain.FindAllStringSubmatch(profiled, -1)
	if want := strings.Count(shown, "-- plan --"); len(parts) != want {
		t.Fatalf("%d profiles of %d statements:\n%s", len(parts), want, profiled)
	}
	// A database that has just been filled has no samples of its indexes yet, and may go through one.
	finds := regexp.MustCompile("NodeUniqueIndexSeek|NodeIndexScan|NodeByLabelScan")
	step := regexp.MustCompile(`^ *\d+ +\d+  (\d+/\d+ +)? *[A-Z]\w+(\(\w+\))?(  .*)?$`)
	for _, part := range parts {
		lines := strings.Split(strings.TrimSpace(part[1]), "\n")
		for _, l := range lines[1 : len(lines)-2] {
			if !step.MatchString(l) {
				t.Errorf("no rows and hits: %q", l)
			}
		}
		if !finds.MatchString(part[1]) || !strings.HasSuffix(lines[len(lines)-1], "the first time") {
			t.Errorf("the profile is\n%s", part[1])
		}
	}
	c.fails(nobody, []string{"can't be reached"}, append(question, "--profile")...)
	folder := t.TempDir()
	for text, want := range map[string][]string{
		"{ alliance(id: \"x\") {\n nmae } }":             {"q.graphql:2: ", `"nmae"`},
		"{ universities(first: 1000) { totalCount } }":   {"q.graphql: first: ", "200"},
		"query($id: ID!) { alliance(id: $id) { name } }": {"q.graphql: variable.id", "defined"},
		"{ __typename }": {"no root field"},
		"query A { __typename }\nquery B { __typename }": {"2 operations, not one"},
		"{ alliance(": {"q.graphql:1: "},
	} {
		file := filepath.Join(folder, "q.graphql")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c.fails(nobody, want, "explain", file)
	}
	c.fails(nobody, []string{"no such file"}, "explain", filepath.Join(folder, "none.graphql"))
	c.fails(nobody, []string{"variables", "JSON"}, append(question[:2:2], "--variables", question[1])...)
}
