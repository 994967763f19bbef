// Package golden holds what a test got against a file that a person can read. `go test -update` writes the files anew;
// under CI that is refused, so that a change is always read by somebody.
package golden

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what came out as what is expected; refused under CI")

// Equal fails the test unless the file holds what the test got.
func Equal(t *testing.T, file string, got []byte) {
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
		t.Fatalf("%v: run with -update and read what it writes", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update and read the change:\n%s", file, diff)
	}
}
