package acceptance

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestPromisesHaveTests: each test that the documentation of what keeps a server safe names is there.
func TestPromisesHaveTests(t *testing.T) {
	text := read(t, "../../docs/security.md")
	_, table, _ := strings.Cut(text, "## Each promise, and its test")
	for row := range strings.Lines(table) {
		if strings.HasPrefix(row, "| ") && !strings.Contains(row, "| --- |") && !strings.HasPrefix(row, "| promise") && !strings.Contains(row, "Test") {
			t.Errorf("no test is named: %s", row)
		}
	}
	names := regexp.MustCompile("`(Test\\w+)`").FindAllStringSubmatch(text, -1)
	if len(names) < 30 {
		t.Errorf("only %d tests are named", len(names))
	}
	for _, name := range names {
		if err := exec.Command("grep", "-rqE", "--include=*_test.go", `^func `+name[1]+`\(`, "../..").Run(); err != nil {
			t.Errorf("there is no %s", name[1])
		}
	}
}

// TestLimitsAreAsTheDocumentationSays: each that is a flag has the default of its row.
func TestLimitsAreAsTheDocumentationSays(t *testing.T) {
	help := build(t, "../..").must(nil, "serve", "--help")
	_, text, _ := strings.Cut(read(t, "../../docs/security.md"), "## Limits")
	text, _, _ = strings.Cut(text, "\n## ")
	compared := 0
	for row := range strings.Lines(text) {
		cells := strings.Split(row, " | ")
		if len(cells) < 3 || !strings.Contains(cells[2], "`--") {
			continue
		}
		values := regexp.MustCompile(`([\d,]+)( s| min)?\b`).FindAllStringSubmatch(cells[1], -1)
		flags := regexp.MustCompile("`(--[a-z-]+)`").FindAllStringSubmatch(cells[2], -1)
		if len(values) != len(flags) {
			t.Errorf("%d values for %d flags: %s", len(values), len(flags), row)
			continue
		}
		for i, flag := range flags {
			compared++
			want := strings.ReplaceAll(values[i][1], ",", "")
			if unit := strings.TrimSpace(values[i][2]); unit != "" {
				d, err := time.ParseDuration(want + unit[:1])
				if err != nil {
					t.Fatal(err)
				}
				want = d.String()
			}
			if !regexp.MustCompile(regexp.QuoteMeta(flag[1]+"="+want) + `(m?0s)?\s`).MatchString(help) {
				t.Errorf("%s isn't %s by default", flag[1], want)
			}
		}
	}
	if compared < 20 {
		t.Errorf("only %d limits have flags", compared)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
