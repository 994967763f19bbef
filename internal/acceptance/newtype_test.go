package acceptance

import (
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/dbtest"
)

// patentType is a new type of things with one connection, as somebody would add it to schema.graphqls.
const patentType = `
"A right to an invention."
type Patent implements Node @node(label: "Patent", prefix: "pat", seen: ANYONE, begins: "grantedOn") {
  "Its id, good for node(id:) and never reused."
  id: ID!
  "Its name: English or transliterated; Chinese when asked for and known."
  name("The language." lang: Language = EN): String!
  "Its Chinese name."
  nameZh: String
  "Every other form of its name that was met."
  aliases: [Alias!]!
  "What it is, in a sentence or two."
  summary: String
  "Its website."
  website: String
  "Whether it was made up for trials and measurements."
  synthetic: Boolean!
  "Who says that it is, and is so."
  evidence: [Evidence!]!
  "How many sources say so."
  sourceCount: Int!
  "When it was first recorded."
  createdAt: DateTime!
  "When it was last changed."
  updatedAt: DateTime!
  "How often it was changed."
  version: Int!
  "When it was granted."
  grantedOn: PartialDate
  "Who owns it."
  owners("From the front." first: Int, "Behind." after: String, "From the back." last: Int, "Ahead of." before: String, "Which ones." where: OrganizationWhere): OrganizationConnection!
    @traverse(hops: [{over: OWNS, direction: IN}])
}

extend enum NodeType {
  "A right to an invention."
  Patent
}

extend enum RelationshipType {
  "An organisation owns a patent."
  OWNS @relationship(joins: [{from: "Organization", to: "Patent"}])
}

extend type Query {
  "All patents, by name."
  patents("From the front." first: Int, "Behind." after: String, "From the back." last: Int, "Ahead of." before: String, "Which ones." where: PatentWhere, "In which order." orderBy: [PatentOrder!], "The day." asOf: Date): PatentConnection @start(at: ALL)
}
`

var patentFiles = map[string]string{
	"dataset/nodes/Patent.yaml":       "- id: pat_loom\n  name: A loom\n  grantedOn: 2020-05\n",
	"dataset/relationships/OWNS.yaml": "- from: sch_qmes\n  to: pat_loom\n  since: 2021\n",
}

// TestANewType adds a type of things with one connection: the schema and the dataset take it, and no line of Go is
// written. It generates, builds, imports and asks, as somebody who adds a type does.
func TestANewType(t *testing.T) {
	dbtest.Open(t)
	source := filepath.Join(t.TempDir(), "source")
	copySource(t, "../..", source)
	schema := filepath.Join(source, "schema.graphqls")
	text, err := os.ReadFile(schema)
	if err != nil {
		t.Fatal(err)
	}
	write(t, schema, string(text)+patentType)
	for name, text := range patentFiles {
		write(t, filepath.Join(source, name), text)
	}
	generate := exec.Command("make", "generate")
	generate.Dir = source
	if text, err := generate.CombinedOutput(); err != nil {
		t.Fatalf("generating: %v\n%s", err, text)
	}
	c := build(t, source)
	things, ties := documents(t)
	c.must([]string{fmt.Sprintf("things: %d new", things+1), fmt.Sprintf("relationships: %d new", ties+1)}, "import")

	at := freeAddress(t)
	run := exec.Command(c.path, "serve", "--listen", at)
	run.Env = c.env
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = run.Process.Signal(os.Interrupt)
		_ = run.Wait()
	}()
	const query = `{"query": "{ patents { nodes { id name owners { edges { since node { name } } } } } before: patents(asOf: \"2020-01-01\") { totalCount } search(query: \"loom\") { nodes { __typename } } }"}`
	const want = `{"data":{"patents":{"nodes":[{"id":"pat_loom","name":"A loom","owners":{"edges":[{"since":"2021","node":{"name":"Queen Mary University of London Engineering School, NPU"}}]}}]},"before":{"totalCount":0},"search":{"nodes":[{"__typename":"Patent"}]}},"extensions":{"cost":{"requested":441,"limit":10000}}}`
	if got := eventually(t, "http://"+at+"/graphql", query); got != want {
		t.Errorf("the new type answers\n%s\nnot\n%s", got, want)
	}
}

// copySource copies the project without what is built or fetched.
func copySource(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		switch {
		case e.IsDir() && (e.Name() == ".git" || e.Name() == "node_modules" || e.Name() == ".data" || rel == "bin"):
			return filepath.SkipDir
		case e.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		case !e.Type().IsRegular():
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), text, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// eventually posts a body once a server answers.
func eventually(t *testing.T, url, body string) string {
	t.Helper()
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		response, err := http.Post(url, "application/json", strings.NewReader(body))
		if err == nil {
			defer func() { _ = response.Body.Close() }()
			text, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		if time.Since(began) > 30*time.Second {
			t.Fatal(err)
		}
	}
}
