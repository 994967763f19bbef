package localneo4j

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSettings(t *testing.T) {
	home := t.TempDir()
	if err := prepareHome(home); err != nil {
		t.Fatal(err)
	}
	for _, port := range []int{7687, 17687} { // the second start writes anew
		if err := writeConf(home, port); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(filepath.Join(confDir(home), "neo4j.conf"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if _, again := seen[name]; !ok || again { // Neo4j refuses to start with either
			t.Errorf("the line %q is broken or set twice", line)
		}
		seen[name] = value
	}
	for name, want := range map[string]string{
		"server.default_listen_address": "127.0.0.1",
		"server.bolt.listen_address":    "127.0.0.1:17687",
		"server.http.enabled":           "false",
		"server.https.enabled":          "false",
		"dbms.usage_report.enabled":     "false",
		"db.transaction.timeout":        "60s",
	} {
		if seen[name] != want {
			t.Errorf("%s=%q, want %q", name, seen[name], want)
		}
	}
}

func TestLostPassword(t *testing.T) {
	home := t.TempDir()
	if err := os.MkdirAll(filepath.Join(home, "data", "databases", "system"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := ensurePassword(context.Background(), home, javaRuntime{}, "")
	wantLine(t, err, "has lost its password ("+filepath.Join(home, "password")+" is missing or empty): put that file back, or start over")
	if err := writePassword(home, "kept"); err != nil {
		t.Fatal(err)
	}
	password, err := ensurePassword(context.Background(), home, javaRuntime{}, "")
	if err != nil || password != "kept" {
		t.Errorf("got %q, %v", password, err)
	}
	if info, err := os.Stat(passwordFile(home)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
