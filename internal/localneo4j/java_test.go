package localneo4j

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseJava(t *testing.T) {
	const debian17 = `Picked up JAVA_TOOL_OPTIONS: -Dx=y
Property settings:
    java.home = /usr/lib/jvm/java-17-openjdk-amd64
    java.runtime.version = 17.0.15+6-Debian-1deb12u1
    java.specification.version = 17
    java.version = 17.0.15
    java.version.date = 2025-04-15

openjdk version "17.0.15" 2025-04-15
OpenJDK Runtime Environment (build 17.0.15+6-Debian-1deb12u1)
`
	cases := []struct {
		name, out string
		want      javaFacts
	}{
		{"Debian's 17", debian17, javaFacts{"17.0.15", "17.0.15+6-Debian-1deb12u1", "/usr/lib/jvm/java-17-openjdk-amd64", 17}},
		{"banner alone", "openjdk version \"21\" 2023-09-19\n", javaFacts{"21", "21", "", 21}},
		{"early access", "openjdk version \"25-ea\" 2025-09-16\n", javaFacts{"25-ea", "25-ea", "", 25}},
		{"the old way of counting", "java version \"1.8.0_392\"\n", javaFacts{"1.8.0_392", "1.8.0_392", "", 8}},
		{"not Java", "hello\n", javaFacts{}},
		{"nothing", "", javaFacts{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := parseJava(c.out); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestFindJavaSaysHowToMend(t *testing.T) {
	old := writeScript(t, "java", `echo 'openjdk version "11.0.2" 2019-01-15' >&2`)
	broken := writeScript(t, "java", "echo 'Unable to locate a Java Runtime.'; exit 1")
	cases := []struct {
		name, given, home, path, want string
	}{
		{"too old", old, "", os.Getenv("PATH"), "Neo4j needs Java 17 or newer, and " + old + " is Java 11.0.2: install a JDK 17"},
		{"does not run", broken, "", os.Getenv("PATH"), "does not run (exit status 1): install a JDK 17"},
		{"given one is missing", "/nowhere/java", "", os.Getenv("PATH"), "there is no Java program at /nowhere/java: install"},
		{"JAVA_HOME is wrong", "", "/nowhere", os.Getenv("PATH"), "JAVA_HOME is /nowhere, but there is no /nowhere/bin/java: point"},
		{"none on PATH", "", "", t.TempDir(), "there is no java on PATH: install a JDK 17"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("JAVA_HOME", c.home)
			t.Setenv("PATH", c.path)
			_, err := findJava(context.Background(), c.given)
			wantLine(t, err, c.want)
		})
	}
}

// A shim would stand between us and the process that is to be stopped.
func TestFindJavaLooksPastShims(t *testing.T) {
	home := t.TempDir()
	real := filepath.Join(home, "bin", "java")
	if err := os.MkdirAll(filepath.Dir(real), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(real, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	shim := writeScript(t, "java", "echo '    java.version = 21.0.1'; echo '    java.home = "+home+"'")
	java, err := findJava(context.Background(), shim)
	if err != nil || java.path != real {
		t.Errorf("got %+v, %v; want the program at %s", java, err, real)
	}
}

// writeScript makes a program that does what the shell lines say.
func writeScript(t *testing.T, name, lines string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+lines+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantLine checks an error that a person reads: one line, with what is wrong
// and how to mend it.
func wantLine(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case err == nil:
		t.Errorf("no error; want %q", want)
	case !strings.Contains(err.Error(), want):
		t.Errorf("error %q\n does not say %q", err, want)
	case strings.Contains(err.Error(), "\n"):
		t.Errorf("error is not one line: %q", err)
	}
}
