package localneo4j

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
)

// child is the Neo4j process.
type child struct {
	home      string
	process   *os.Process
	logBefore int64         // where neo4j.log ended when this run began
	done      chan struct{} // closed once the process has ended
	state     *os.ProcessState
}

func neo4jLog(home string) string   { return filepath.Join(logDir(home), "neo4j.log") }
func consoleLog(home string) string { return filepath.Join(logDir(home), "neo4j-console.log") }

// startChild runs cmd in a process group of its own, so that Ctrl-C in a
// terminal reaches this program alone and the two stop in order.
func startChild(home string, cmd *exec.Cmd) (*child, error) {
	console, err := os.OpenFile(consoleLog(home), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("Neo4j did not start: %w", err)
	}
	defer console.Close() // the process has its own copy
	cmd.Dir, cmd.Stdout, cmd.Stderr = home, console, console
	cmd.SysProcAttr = childAttributes()

	c := &child{home: home, done: make(chan struct{})}
	if info, err := os.Stat(neo4jLog(home)); err == nil {
		c.logBefore = info.Size()
	}
	started := make(chan error)
	go func() {
		// On Linux the child is told to end when the thread that made it
		// ends, so that thread waits for it and does nothing else.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if err := cmd.Start(); err != nil {
			started <- err
			return
		}
		c.process = cmd.Process
		started <- nil
		_ = cmd.Wait() // how it ended is in the process state
		c.state = cmd.ProcessState
		_ = os.Remove(pidFile(home))
		close(c.done)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("Neo4j did not start: %w", err)
	}
	if err := writePid(home, c.process.Pid); err != nil {
		_ = c.process.Kill()
		<-c.done
		return nil, fmt.Errorf("Neo4j did not start: %w", err)
	}
	return c, nil
}

// stop asks the process to end, and makes it end when ctx is done first.
func (c *child) stop(ctx context.Context) error {
	err := c.process.Signal(syscall.SIGTERM)
	if err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-c.done:
		return nil
	case <-ctx.Done():
	}
	_ = c.process.Kill() // fails only if it has just ended
	<-c.done
	return errors.New("it was killed; the next start recovers its store")
}

func (c *child) ended() bool {
	select {
	case <-c.done:
		return true
	default:
		return false
	}
}

func (c *child) endedWell() bool { return c.ended() && c.state.Success() }

// failure says why the process ended before it answered.
func (c *child) failure() *startFailure {
	if reason := reasonInLog(readFrom(neo4jLog(c.home), c.logBefore)); reason != "" {
		return &startFailure{reason: reason, log: neo4jLog(c.home), saidByNeo4j: true}
	}
	reason := reasonOnConsole(readFrom(consoleLog(c.home), 0))
	if reason == "" {
		reason = howEnded(c.state)
	}
	if reason == "" {
		reason = "it gave no reason and ended with " + c.state.String()
	}
	return &startFailure{reason: reason, log: consoleLog(c.home)}
}

// whyEnded says why the process ended after it had served. Its log may by then
// hold errors that have nothing to do with its end, so the system is asked first.
func (c *child) whyEnded() string {
	reason, log := howEnded(c.state), neo4jLog(c.home)
	if reason == "" {
		f := c.failure()
		reason, log = f.reason, f.log
	}
	return fmt.Sprintf("%s (its log: %s)", reason, log)
}

// howEnded is what the system knows, empty if that is no more than a number.
func howEnded(state *os.ProcessState) string {
	status, ok := state.Sys().(syscall.WaitStatus)
	switch {
	case state.Success():
		return "another program asked it to stop"
	case ok && status.Signaled() && status.Signal() == syscall.SIGKILL:
		return "it was killed, by hand or by the system for want of memory"
	case ok && status.Signaled():
		return fmt.Sprintf("it was ended by the signal %q", status.Signal())
	}
	return ""
}

// readFrom reads a log from where this run began; a log that was turned over
// since then is shorter, and all of it is this run's.
func readFrom(path string, offset int64) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return ""
	}
	if info.Size() < offset {
		offset = 0
	}
	const enough = 1 << 20
	offset = max(offset, info.Size()-enough)
	text, _ := io.ReadAll(io.NewSectionReader(file, offset, enough))
	return string(text)
}
