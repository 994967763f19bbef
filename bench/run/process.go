package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server of the bench.
type process struct {
	name    string
	address string
	command *exec.Cmd
	ended   chan struct{}
}

// spawn starts a server and waits until it accepts connections. What it logs goes nowhere: only that it writes it counts.
func spawn(ctx context.Context, name, dir string, environment []string, command func(address string) []string) (*process, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &process{name: name, address: listener.Addr().String(), ended: make(chan struct{})}
	if err := listener.Close(); err != nil {
		return nil, err
	}
	words := command(p.address)
	p.command = exec.Command(words[0], words[1:]...)
	p.command.Dir, p.command.Env = dir, append(append(os.Environ(), "NODE_ENV=production"), environment...)
	p.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	go func() { _ = p.command.Wait(); close(p.ended) }()
	for {
		if conn, err := net.Dial("tcp", p.address); err == nil {
			return p, conn.Close()
		}
		select {
		case <-p.ended:
			return nil, fmt.Errorf("%s ended before it listened", name)
		case <-ctx.Done():
			p.stop()
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (p *process) pid() int { return p.command.Process.Pid }

func (p *process) stop() {
	_ = p.command.Process.Signal(os.Interrupt)
	select {
	case <-p.ended:
	case <-time.After(10 * time.Second):
		_ = p.command.Process.Kill()
		<-p.ended
	}
}

// tick is the unit of the times in /proc.
const tick = 10 * time.Millisecond

// cpu is the time that a process has computed so far.
func cpu(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	// The second field is a name in brackets, which may hold anything.
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick, errors.Join(err1, err2)
}

// peak is the most memory that a process has held, in bytes.
func peak(pid int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, found := strings.CutPrefix(line, "VmHWM:"); found {
			kib, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kib << 10, err
		}
	}
	return 0, fmt.Errorf("process %d says nothing of its memory", pid)
}

// childNamed finds the child of this process that runs a program.
func childNamed(program string) (int, error) {
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return 0, err
	}
	for _, t := range tasks {
		text, err := os.ReadFile("/proc/self/task/" + t.Name() + "/children")
		if err != nil {
			return 0, err
		}
		for _, pid := range strings.Fields(string(text)) {
			if name, err := os.ReadFile("/proc/" + pid + "/comm"); err == nil && strings.TrimSpace(string(name)) == program {
				return strconv.Atoi(pid)
			}
		}
	}
	return 0, fmt.Errorf("no %s runs below this process", program)
}
