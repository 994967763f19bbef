package house_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// root is the top of the checkout, from here.
const root = "../.."

// named is a file or folder that the text names.
var named = regexp.MustCompile("`((?:cmd|internal|graph|server|bench|web)/[a-z0-9_/-]*|[a-z]+/|[a-z0-9_/-]*[a-z0-9_-]\\.(?:go|cypher|yaml|graphqls?|mjs|js|svg))`")

// TestTheGuideNamesWhatIsThere reads CONTRIBUTING, which a stranger follows: each file that it names is there. In the
// table of folders a file's name is of its folder; in the text a bare name is of the folder that was named last.
func TestTheGuideNamesWhatIsThere(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	found, folder := 0, ""
	for number, line := range strings.Split(string(text), "\n") {
		for i, part := range named.FindAllStringSubmatch(line, -1) {
			name := part[1]
			switch inTable := strings.HasPrefix(line, "|"); {
			case inTable && i > 0:
			case path.Ext(name) == "":
				folder = name
			case path.Dir(name) != ".":
				folder = path.Dir(name)
			}
			found++
			if _, err := os.Stat(filepath.Join(root, name)); err == nil {
				continue
			}
			if _, err := os.Stat(filepath.Join(root, folder, name)); err != nil {
				t.Errorf("CONTRIBUTING.md:%d names %s, which is neither at the top nor in %s", number+1, name, folder)
			}
		}
	}
	if found < 80 {
		t.Errorf("%d names were found in CONTRIBUTING.md, which has more", found)
	}
}
