package localneo4j

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// fakeMaven puts a mvn on PATH that copies one jar and counts its calls.
func fakeMaven(t *testing.T, lines string) (calls string) {
	t.Helper()
	calls = filepath.Join(t.TempDir(), "calls")
	script := writeScript(t, "mvn", `echo call >> '`+calls+`'
for arg; do case "$arg" in -DoutputDirectory=*) into="${arg#-DoutputDirectory=}";; esac; done
`+lines)
	t.Setenv("PATH", filepath.Dir(script)+string(os.PathListSeparator)+os.Getenv("PATH"))
	return calls
}

const copiesOneJar = `echo jar > "$into/neo4j-` + Version + `.jar"`

func silent(string) {}

func TestJarsAreFetchedOnceByMany(t *testing.T) {
	calls := fakeMaven(t, "sleep 0.3\n"+copiesOneJar)
	cache := filepath.Join(t.TempDir(), "cache")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			lib, err := ensureJars(context.Background(), cache, javaRuntime{}, silent)
			if err != nil || !isComplete(lib) {
				t.Errorf("got %q, %v", lib, err)
			}
		})
	}
	all.Wait()
	said, err := os.ReadFile(calls)
	if err != nil || strings.Count(string(said), "call") != 1 {
		t.Errorf("Maven ran %d times, %v", strings.Count(string(said), "call"), err)
	}
}

func TestDamagedJarsAreFetchedAgain(t *testing.T) {
	fakeMaven(t, copiesOneJar)
	cache := t.TempDir()
	for _, damage := range []func(lib string) error{
		func(lib string) error { return os.Remove(filepath.Join(lib, "neo4j-"+Version+".jar")) },
		func(lib string) error { return os.Truncate(filepath.Join(lib, "neo4j-"+Version+".jar"), 1) },
		func(lib string) error { return os.Remove(filepath.Join(lib, jarList)) },
	} {
		lib, err := ensureJars(context.Background(), cache, javaRuntime{}, silent)
		if err != nil {
			t.Fatal(err)
		}
		if err := damage(lib); err != nil {
			t.Fatal(err)
		}
		if isComplete(lib) {
			t.Error("the damage is not seen")
		}
	}
}

func TestFailedFetchLeavesNothing(t *testing.T) {
	cases := []struct{ name, maven, want string }{
		{"no network", `echo '[ERROR] Plugin x could not be resolved: Connect to repo failed: Connection refused -> [Help 1]'; exit 1`,
			"the Maven repository cannot be reached (Plugin x could not be resolved: Connect to repo failed: Connection refused): connect to the network"},
		{"disk full", `touch "$into/half.jar"; echo '[ERROR] Could not transfer artifact y: No space left on device -> [Help 1]'; exit 1`,
			"the disk is full (Maven keeps a copy of its own in ~/.m2): free 600 MB"},
		{"no Java", `echo 'The JAVA_HOME environment variable is not defined correctly' >&2; exit 1`,
			"failed: The JAVA_HOME environment variable is not defined correctly (its log: "},
		{"silent", "exit 1", "it gave no reason (its log: "},
		{"wrong jars", `touch "$into/other.jar"`, "Maven copied 1 jars, but not Neo4j's own"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			fakeMaven(t, c.maven)
			cache := t.TempDir()
			_, err := ensureJars(context.Background(), cache, javaRuntime{}, silent)
			wantLine(t, err, c.want)
			if left, _ := filepath.Glob(filepath.Join(cache, "lib*")); len(left) != 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

func TestFetchWithoutMaven(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := ensureJars(context.Background(), t.TempDir(), javaRuntime{}, silent)
	wantLine(t, err, "there is no mvn on PATH: install it")
}

func TestFetchGivenUp(t *testing.T) {
	fakeMaven(t, "sleep 20")
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := ensureJars(ctx, t.TempDir(), javaRuntime{}, silent)
	wantLine(t, err, "fetching Neo4j was given up: context deadline exceeded")
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("Maven ran on for %s", took)
	}
}

func TestFullDiskIsToldBefore(t *testing.T) {
	wantLine(t, checkSpace(t.TempDir(), 1<<62), "MB of free disk, and Neo4j needs")
	if err := checkSpace(t.TempDir(), 1); err != nil {
		t.Error(err)
	}
}
