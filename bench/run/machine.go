package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/partnergraph/partnergraph/internal/localneo4j"
)

// about says when, on what and of what was measured.
func (r *report) about() string {
	return fmt.Sprintf("Measured on %s on %d cores (%s) with %s of memory, which servers, database and clients share; %s, Neo4j %s, "+
		"network %s, %d clients, %d slices of %s a server and operation. Load of the machine at the end: %s.",
		r.began.Format("2006-01-02"), runtime.NumCPU(), valueOf("/proc/cpuinfo", "model name"), valueOf("/proc/meminfo", "MemTotal"),
		runtime.Version(), localneo4j.Version, r.size, clients, r.rounds, r.length, load())
}

// valueOf reads the first value of a name in a file of the system.
func valueOf(file, name string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(text)) {
		if key, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

// load is how many processes wanted to run, over the last quarter of an hour. The bench alone makes about 10.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if fields := strings.Fields(string(text)); err == nil && len(fields) > 2 {
		return fields[2]
	}
	return "unknown"
}
