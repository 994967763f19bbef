package acceptance

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/dbtest"
)

// The script in examples plays the whole life of a base with curl alone, as the README tells a new user to.
func TestTheScriptOfALife(t *testing.T) {
	dbtest.Open(t)
	c := build(t, "../..")
	key := filepath.Join(t.TempDir(), "key")
	said, stop := c.starts(t, "--development", "--development-key", key)
	defer stop()
	at := "http://127.0.0.1:" + regexp.MustCompile(`localhost:(\d+)/playground`).FindStringSubmatch(said.String())[1]
	play := exec.CommandContext(t.Context(), "../../examples/life-of-a-base.sh")
	play.Env = append(os.Environ(), "SERVER="+at, "PARTNERGRAPH="+c.path, "PARTNERGRAPH_DEVELOPMENT_KEY="+key)
	text, err := play.CombinedOutput()
	if err != nil {
		t.Fatalf("%v:\n%s", err, text)
	}
	var steps []string
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 2 {
			steps = append(steps, strings.Join(f, " "))
		}
	}
	want := `Create DRAFT, Update DRAFT, Submit SUBMITTED, StartReview IN_REVIEW, RequestChanges CHANGES_REQUESTED, Update CHANGES_REQUESTED, ` +
		`Submit SUBMITTED, StartReview IN_REVIEW, Approve APPROVED, PartyApprove APPROVED, PartyApprove ACTIVE, Amend AMENDING, Update AMENDING, ` +
		`Submit AMENDING, StartReview AMENDING, Approve AMENDING, PartyApprove AMENDING, PartyApprove ACTIVE, Suspend SUSPENDED, Resume ACTIVE, Terminate TERMINATED`
	if got := strings.Join(steps, ", "); got != want {
		t.Errorf("it plays %s\nall it says:\n%s", got, text)
	}
	if !regexp.MustCompile(`"cost":\d+,"statements":(1\d|[4-9])`).MatchString(said.String()) {
		t.Errorf("the log tells of no statements of changes:\n%s", said.String())
	}
	if !strings.Contains(string(text), `"name":"Cloud practice base","status":"ACTIVE","places":20`) {
		t.Errorf("the public isn't shown the base:\n%s", text)
	}
}
