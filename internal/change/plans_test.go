package change_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/partnergraph/partnergraph/internal/dbtest"
)

// TestPlans: the database finds what a change is about by its ids, and goes through no more than it must. What cites a
// source is the exception that the statement tells of.
func TestPlans(t *testing.T) {
	d := openDesk(t)
	d.made()
	c := dbtest.Config(t)
	driver, err := neo4j.NewDriverWithContext(c.URI, neo4j.BasicAuth(c.Username, c.Password, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = driver.Close(d.ctx) }()
	files, err := filepath.Glob("statements/*.cypher")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		statement := d.writer.WithKeys(strings.NewReplacer("KIND", "Registration", "KEY:", "base:").Replace(string(text)))
		result, err := neo4j.ExecuteQuery(d.ctx, driver, "EXPLAIN "+statement, map[string]any{"p": map[string]any{}}, neo4j.EagerResultTransformer)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		scans := false
		var look func(neo4j.Plan)
		look = func(p neo4j.Plan) {
			operator, _, _ := strings.Cut(p.Operator(), "@")
			if strings.Contains(operator, "Scan") {
				scans = true
				t.Logf("%s: %s %v", file, operator, p.Arguments()["Details"])
			}
			for _, c := range p.Children() {
				look(c)
			}
		}
		look(result.Summary.Plan())
		if may := file == "statements/attested.cypher"; scans != may {
			t.Errorf("%s goes through all there is: %t, not %t", file, scans, may)
		}
	}
}
