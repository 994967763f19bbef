package acceptance

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/localneo4j"
)

// A made-up network stands beside the documents, in the place of the one before; neither touches the other, and one that
// was cut off is made whole by the next call.
func TestGenerate(t *testing.T) {
	ctx, s := context.Background(), dbtest.Open(t)
	c := build(t, "../..")
	things, ties := documents(t)
	c.must(nil, "import")
	before, err := s.Digests(ctx)
	if err != nil {
		t.Fatal(err)
	}
	documentsAreThere := func() {
		t.Helper()
		now, err := s.DigestsApart(ctx, "_syn-")
		if diff := cmp.Diff(before, now); err != nil || diff != "" {
			t.Errorf("the documents are no longer as they were: %v\n%s", err, diff)
		}
	}
	made := regexp.MustCompile(`Made up (\d+) things and \d+ relationships`)
	count := func(text string) string {
		t.Helper()
		found := made.FindStringSubmatch(text)
		if found == nil {
			t.Fatalf("no word of what was made up:\n%s", text)
		}
		return found[1]
	}
	if text, code := c.run(nil, "generate", "--size", "XS"); code == 0 || !strings.Contains(text, `"DEMO","S","M","L"`) {
		t.Errorf("a size that isn't there ends with %d:\n%s", code, text)
	}
	first := count(c.must(nil, "generate", "--size", "DEMO"))
	documentsAreThere()
	c.must([]string{"things: 0 new, 0 changed; relationships: 0 new, 0 changed", fmt.Sprintf("as they were: %d.", things+ties)}, "import")
	second := c.must([]string{"Deleted the earlier made-up network: " + first + " things."}, "generate", "--size", "DEMO", "--seed", "2")
	documentsAreThere()

	half := exec.Command(c.path, "generate", "--size", "DEMO", "--seed", "3")
	half.Env = c.env
	if err := half.Start(); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		now, err := s.Read(ctx, "RETURN EXISTS { (:Node {id: 'bas_syn-000000'}) } AND NOT EXISTS { (:Node {id: 'met_syn-whole'}) } AS answer", nil)
		if err != nil || time.Since(began) > time.Minute {
			t.Fatalf("the second network does not go: %v", err)
		}
		if now == true {
			break
		}
	}
	if err := half.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := half.Wait(); err == nil || half.ProcessState.ExitCode() != 130 {
		t.Errorf("one that is stopped ends with %v", err)
	}
	documentsAreThere()
	if whole, err := s.Holds(ctx, "met_syn-whole"); err != nil || whole {
		t.Errorf("what was cut off says that it is whole (%v)", err)
	}
	again := c.must(nil, "generate", "--size", "DEMO", "--seed", "2")
	if count(again) != count(second) || !strings.Contains(again, "Deleted the earlier") {
		t.Errorf("after one that was cut off:\n%swant as before:\n%s", again, second)
	}
	documentsAreThere()
}

// A store that never had a database is filled without a server, and one that was cut off stays such a store.
func TestGenerateFills(t *testing.T) {
	c := build(t, "../..")
	home := filepath.Join(t.TempDir(), "store")
	own := []string{"NEO4J_URI=", "PARTNERGRAPH_STORE=" + home}
	half := exec.Command(c.path, "generate", "--size", "S")
	half.Env = append(c.env, own...)
	if err := half.Start(); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if begun, _ := filepath.Glob(filepath.Join(home, "import", "*", "rows", "ties-*")); len(begun) > 0 {
			break
		}
		if time.Since(began) > time.Minute {
			t.Fatal("nothing is written")
		}
	}
	if err := half.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := half.Wait(); err == nil || half.ProcessState.ExitCode() != 130 {
		t.Errorf("one that is stopped ends with %v", err)
	}
	if _, err := os.Stat(filepath.Join(home, "import")); !localneo4j.Fresh(home) || !os.IsNotExist(err) {
		t.Errorf("one that is stopped leaves something behind: %v", err)
	}
	if text, code := c.run(own, "generate", "--size", "DEMO"); code != 0 || !strings.Contains(text, "taking in the network") || !strings.Contains(text, "Made up ") {
		t.Errorf("a store is filled with %d:\n%s", code, text)
	}
	if localneo4j.Fresh(home) {
		t.Error("what was filled holds no database")
	}
}

// The server shows a made-up network beside the documents when asked to, and makes it once.
func TestServeDemo(t *testing.T) {
	dbtest.Open(t)
	c := build(t, "../..")
	text := c.serves(t, "--demo")
	if !strings.Contains(text, "loading the document dataset") || !strings.Contains(text, "Made up ") {
		t.Errorf("on an empty database it says:\n%s", text)
	}
	if text = c.serves(t, "--demo"); strings.Contains(text, "loading") || strings.Contains(text, "ade up") {
		t.Errorf("the second time it says:\n%s", text)
	}
}
