package localneo4j

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

const oldestJava = 17

const mendJava = "install a JDK 17 or newer (Debian: apt-get install openjdk-17-jdk-headless; macOS: brew install openjdk@17), set JAVA_HOME to one, or set NEO4J_URI to a Neo4j that already runs"

// javaRuntime is a Java that is new enough to run Neo4j.
type javaRuntime struct {
	path    string // the real program, past any shim that would stand between us and its pid
	home    string
	release string // 17.0.15+6-Debian-1deb12u1
}

// findJava takes the given program, else JAVA_HOME's, else the one on PATH.
func findJava(ctx context.Context, given string) (javaRuntime, error) {
	path, err := javaPath(given)
	if err != nil {
		return javaRuntime{}, err
	}
	// Its properties come on stderr or stdout, depending on the release.
	out, err := exec.CommandContext(ctx, path, "-XshowSettings:properties", "-version").CombinedOutput()
	if ctx.Err() != nil {
		return javaRuntime{}, fmt.Errorf("starting Neo4j was given up: %w", ctx.Err())
	}
	if err != nil {
		return javaRuntime{}, fmt.Errorf("Java is needed to run Neo4j, and %s does not run (%w): %s", path, err, mendJava)
	}
	facts := parseJava(string(out))
	if facts.major < oldestJava {
		found := "of an unknown version"
		if facts.version != "" {
			found = "Java " + facts.version
		}
		return javaRuntime{}, fmt.Errorf("Neo4j needs Java %d or newer, and %s is %s: %s", oldestJava, path, found, mendJava)
	}
	found := javaRuntime{path: path, home: facts.home, release: facts.release}
	if real := filepath.Join(facts.home, "bin", "java"); facts.home != "" && isFile(real) {
		found.path = real
	}
	return found, nil
}

func javaPath(given string) (string, error) {
	if given != "" {
		path, err := exec.LookPath(given)
		if err != nil {
			return "", fmt.Errorf("there is no Java program at %s: %s", given, mendJava)
		}
		return path, nil
	}
	if home := os.Getenv("JAVA_HOME"); home != "" {
		path := filepath.Join(home, "bin", "java")
		if !isFile(path) {
			return "", fmt.Errorf("JAVA_HOME is %s, but there is no %s: point JAVA_HOME at a JDK 17 or newer, or unset it", home, path)
		}
		return path, nil
	}
	path, err := exec.LookPath("java")
	if err != nil {
		return "", errors.New("Java is needed to run Neo4j, and there is no java on PATH: " + mendJava)
	}
	return path, nil
}

// javaFacts is what a Java says about itself.
type javaFacts struct {
	version string // 17.0.15, or 1.8.0_392 in the old way of counting
	release string
	home    string
	major   int
}

var (
	javaProperty = regexp.MustCompile(`(?m)^\s*java\.(version|home|runtime\.version) = (.*?)\s*$`)
	javaBanner   = regexp.MustCompile(`(?m)^\S+ version "([^"]+)"`)
	leadingCount = regexp.MustCompile(`^(?:1\.)?(\d+)`)
)

// parseJava reads the output of java -XshowSettings:properties -version, or of
// plain java -version from a Java that knows no more.
func parseJava(out string) javaFacts {
	var f javaFacts
	for _, m := range javaProperty.FindAllStringSubmatch(out, -1) {
		switch m[1] {
		case "version":
			f.version = m[2]
		case "home":
			f.home = m[2]
		case "runtime.version":
			f.release = m[2]
		}
	}
	if m := javaBanner.FindStringSubmatch(out); f.version == "" && m != nil {
		f.version = m[1]
	}
	if f.release == "" {
		f.release = f.version
	}
	if m := leadingCount.FindStringSubmatch(f.version); m != nil {
		f.major, _ = strconv.Atoi(m[1])
	}
	f.version, f.release = strings.TrimSpace(f.version), strings.TrimSpace(f.release)
	return f
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
