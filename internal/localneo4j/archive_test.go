package localneo4j

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestClassArchive(t *testing.T) {
	cache := t.TempDir()
	archive := newClassArchive(cache, javaRuntime{release: "17.0.15+6 odd/name"})
	if strings.ContainsAny(filepath.Base(archive.path), " /") {
		t.Errorf("the file name %q", archive.path)
	}
	if run := archive.plan(true); len(run.flags) != 0 {
		t.Errorf("a quick run makes an archive: %q", run.flags)
	}

	killed := archive.plan(false)
	if killed.making == "" {
		t.Fatal("a first run makes no archive")
	}
	killed.keep(false)
	well := archive.plan(false)
	if err := os.WriteFile(well.making, []byte("classes"), 0o400); err != nil {
		t.Fatal(err)
	}
	well.keep(true)
	for _, quick := range []bool{false, true} {
		if run := archive.plan(quick); run.making != "" || len(run.flags) == 0 {
			t.Errorf("the archive is not used: %+v", run)
		}
	}

	archive.distrust()
	if run := archive.plan(false); len(run.flags) != 0 {
		t.Errorf("a distrusted archive: %+v", run)
	}
	dropArchives(cache)
	for range archiveTries {
		if archive.plan(false).making == "" {
			t.Error("new jars make no new archive")
		}
	}
	if archive.plan(false).making != "" {
		t.Error("tries without end")
	}
}
