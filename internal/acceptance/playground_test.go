package acceptance

import (
	"os"
	"os/exec"
	"testing"
)

// TestPlayground drives the page in a real browser that reaches nothing but the server.
func TestPlayground(t *testing.T) {
	r := serveDocuments(t)
	test := exec.Command("node", "--test", "--test-reporter=spec", "test/playground.test.mjs")
	test.Dir = "../../web"
	test.Env = append(os.Environ(), "BASE_URL="+r.url)
	out, err := test.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
