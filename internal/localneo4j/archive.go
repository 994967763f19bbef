package localneo4j

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// classArchive is a file in which Java keeps Neo4j's classes as it has them in
// memory; a start that maps it takes about half the time. Java makes it when a
// first run stops, and leaves it aside unless Java and jars are the same
// still. Nothing depends on it, so every trouble ends in doing without.
type classArchive struct{ path string }

// archiveRun is what one run does with the archive.
type archiveRun struct {
	flags  []string
	making string // where Java writes a new one; empty: none is made
	path   string
}

const archiveTries = 3

var notInFileName = regexp.MustCompile(`[^A-Za-z0-9._+-]+`)

func newClassArchive(cache string, java javaRuntime) classArchive {
	return classArchive{filepath.Join(cache, "classes-"+notInFileName.ReplaceAllString(java.release, "_")+".jsa")}
}

func (a classArchive) triesPath() string { return a.path + ".tries" }

// plan uses the archive if there is one and has one made if not. A quick run
// makes none: that costs seconds when it stops.
func (a classArchive) plan(quick bool) archiveRun {
	if isFile(a.path) {
		// Java takes a file that a power cut spoiled at its word unless told to verify.
		return archiveRun{flags: []string{"-Xshare:auto", "-XX:+VerifySharedSpaces", "-XX:SharedArchiveFile=" + a.path}}
	}
	if quick || checkSpace(filepath.Dir(a.path), spaceToFetch) != nil || !a.countTry() {
		return archiveRun{}
	}
	a.sweep()
	making := fmt.Sprintf("%s.partial-%d-%d", a.path, os.Getpid(), time.Now().UnixNano())
	return archiveRun{flags: []string{"-XX:ArchiveClassesAtExit=" + making}, making: making, path: a.path}
}

// countTry bounds the runs that pay for an archive that never comes about, as
// where each is killed before it is written.
func (a classArchive) countTry() bool {
	file, err := os.OpenFile(a.triesPath(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return false
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || info.Size() >= archiveTries {
		return false
	}
	_, err = file.WriteString(".")
	return err == nil
}

// sweep deletes what killed runs left behind.
func (a classArchive) sweep() {
	left, _ := filepath.Glob(a.path + ".partial-*")
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(path)
		}
	}
}

// distrust deletes an archive with which Java failed, and makes no other.
func (a classArchive) distrust() {
	_ = os.WriteFile(a.triesPath(), []byte(strings.Repeat(".", archiveTries)), 0o600)
	_ = os.Remove(a.path)
}

// dropArchives goes with new jars, which no older archive fits.
func dropArchives(cache string) {
	old, _ := filepath.Glob(filepath.Join(cache, "classes-*"))
	for _, path := range old {
		_ = os.Remove(path)
	}
}

// keep takes the archive of a run that ended well into use.
func (r archiveRun) keep(endedWell bool) {
	if r.making == "" {
		return
	}
	if !endedWell || os.Rename(r.making, r.path) != nil {
		_ = os.Remove(r.making)
	}
}
