// Package house tests the layout of the code itself: who may import whom, that every package says why it exists, and
// that a file can be read in one sitting. It has tests only.
package house

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/partnergraph/partnergraph"

type pkg struct {
	ImportPath string
	Dir        string
	Doc        string
	Name       string
	Imports    []string
	GoFiles    []string
	TestGoFiles,
	XTestGoFiles []string
}

// own is the path of a package below the module, "" for another module's.
func own(path string) (string, bool) {
	if path == module {
		return ".", true
	}
	return strings.CutPrefix(path, module+"/")
}

func packages(t *testing.T) []pkg {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,Dir,Doc,Name,Imports,GoFiles,TestGoFiles,XTestGoFiles", "./...")
	list.Dir = "../.."
	var failed bytes.Buffer
	list.Stderr = &failed
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v: %s", err, &failed)
	}
	var all []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// rule says what a package may import of ours, and why.
type rule struct {
	of  string
	may []string
	why string
}

var rules = []rule{
	{"internal/network", nil, "every rule stands on it, so it stands on nothing"},
	{"internal/access", []string{"internal/network"}, "it knows who asks, and no GraphQL, Cypher or HTTP"},
	{"internal/signin", []string{"internal/network", "internal/access"}, "it verifies tokens and knows neither our HTTP nor GraphQL"},
	{"internal/bookmark", []string{"internal/network"}, "it carries what a client has written, and knows no HTTP and no driver"},
	{"internal/names", nil, "it compares names and knows nothing of networks"},
	{"internal/registration", []string{"internal/network", "internal/names"}, "the rules of registration are the same for a form, the API and a spreadsheet, and know none of them"},
	{"internal/placement", []string{"internal/network", "internal/registration"}, "the rules of placements are the same for a form, the API and a spreadsheet, and know none of them"},
	{"internal/cypher", []string{"internal/network"}, "it writes Cypher and knows no GraphQL and no plan"},
	{"internal/graphmap", []string{"internal/network"}, "it reads the schema and knows no plan and no Cypher"},
	{"internal/derive", []string{"internal/access", "internal/graphmap", "internal/registration", "internal/placement"}, "it writes a part of the contract from the rest, before anything is generated"},
	{"internal/plan", []string{"internal/network", "internal/access", "internal/graphmap", "internal/names"}, "a plan knows no Cypher"},
	{"internal/compile", []string{"internal/network", "internal/access", "internal/plan", "internal/cypher", "internal/names"}, "it turns plans into Cypher and runs nothing"},
	{"internal/answer", []string{"internal/network", "internal/plan"}, "it writes answers and knows no Cypher"},
	{"internal/limits", []string{"internal/network"}, "it bounds documents and knows neither the graph nor HTTP"},
	{"internal/store", []string{"internal/network", "internal/bookmark"}, "it runs statements and knows not what they mean"},
	{"internal/observe", []string{"internal/network"}, "it tells what was done, and knows not what it means"},
	{"internal/bulk", []string{"internal/network"}, "it writes the files of a network for a database to be, and knows no running one"},
	{"internal/change", []string{"internal/network", "internal/access", "internal/graphmap", "internal/compile", "internal/ingest", "internal/store"}, "it changes things and ties, and knows no use case, no GraphQL and no HTTP"},
	{"internal/feed", []string{"internal/network", "internal/access", "internal/change", "internal/store"}, "it tells who follows, and knows no GraphQL, no Cypher but its own and no HTTP"},
	{"internal/chores", []string{"internal/store"}, "it knows when something is due, and not what it is"},
	{"internal/ingest", []string{"internal/network", "internal/graphmap", "internal/names"}, "it reads and writes files and knows no database"},
	{"internal/synthetic", []string{"internal/network", "internal/graphmap", "internal/ingest"}, "it makes networks up and knows no database"},
	{"internal/localneo4j", nil, "it starts a database and knows nothing of what is in it"},
	{"internal/office", []string{"internal/feed", "internal/access", "internal/change", "internal/compile", "internal/graphmap", "internal/names", "internal/network", "internal/registration", "internal/placement", "internal/store"}, "it does what people ask for, and knows no GraphQL and no HTTP"},
	{"graph", []string{"graph/generated", "graph/model", "internal/access", "internal/network", "internal/graphmap", "internal/plan", "internal/compile", "internal/answer", "internal/observe"}, "it joins gqlgen and the planner; the store reaches it as an interface"},
	{"server", []string{"graph", "internal/access", "internal/bookmark", "internal/network", "internal/limits", "internal/observe", "web"}, "it speaks HTTP; all wiring is in cmd"},
	{"web", nil, "it serves pages"},
}

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		name, _ := own(p.ImportPath)
		seen[name] = true
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "github.com/neo4j/neo4j-go-driver") && !slices.Contains([]string{"internal/store", "bench/byhand"}, name) {
				t.Errorf("%s imports the driver: only internal/store does, so that a change of driver stays small, and the limit that it is measured against", name)
			}
			if name == "internal/network" && strings.Contains(strings.Split(i, "/")[0], ".") {
				t.Errorf("internal/network imports %s: it imports the standard library only", i)
			}
			of, ours := own(i)
			if !ours {
				continue
			}
			for _, r := range rules {
				if r.of == name && !slices.Contains(r.may, of) {
					t.Errorf("%s imports %s, which it must not: %s", name, of, r.why)
				}
			}
			if strings.HasPrefix(of, "cmd/") || slices.Contains([]string{"internal/dbtest", "internal/golden", "internal/idtest", "internal/waytest"}, of) && name != "internal/dbtest/run" && !strings.HasPrefix(name, "internal/oracle") {
				t.Errorf("%s imports %s, which is not for it", name, of)
			}
		}
	}
	for _, r := range rules {
		if !seen[r.of] {
			t.Errorf("a rule is about %s, which is not there", r.of)
		}
	}
}

func TestPackagesSayWhyTheyExist(t *testing.T) {
	for _, p := range packages(t) {
		name, _ := own(p.ImportPath)
		if p.Doc == "" && len(p.GoFiles) > 0 && !strings.HasPrefix(name, "graph/") {
			t.Errorf("package %s has no comment", name)
		}
		for _, vague := range []string{"utils", "util", "common", "helpers", "helper", "misc", "pkg", "x"} {
			if p.Name == vague {
				t.Errorf("package %s has a name that says nothing", name)
			}
		}
	}
}

// longest is how many lines a written file may have.
const longest = 400

func TestFilesAreReadInOneSitting(t *testing.T) {
	for _, p := range packages(t) {
		name, _ := own(p.ImportPath)
		if name == "graph/generated" || name == "graph/model" {
			continue
		}
		for _, file := range slices.Concat(p.GoFiles, p.TestGoFiles, p.XTestGoFiles) {
			f, err := os.Open(filepath.Join(p.Dir, file))
			if err != nil {
				t.Fatal(err)
			}
			lines := 0
			for s := bufio.NewScanner(f); s.Scan(); {
				lines++
			}
			_ = f.Close()
			if lines > longest {
				t.Errorf("%s/%s has %d lines, more than %d: split it by idea", name, file, lines, longest)
			}
		}
	}
}
