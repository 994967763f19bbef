package localneo4j

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// childAttributes give the child a process group of its own. macOS cannot tie
// its life to ours: after a kill -9 the next start ends it (see orphan.go).
func childAttributes() *syscall.SysProcAttr { return ownGroup() }

// commandLine is the process's words joined by blanks; empty if there is none.
func commandLine(pid int) string {
	out, err := exec.Command("ps", "-ww", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
