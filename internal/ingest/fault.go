package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing that is wrong with the files.
type Fault struct {
	File  string
	Line  int    // 0 when the file as a whole is meant
	Field string // "" when the entry as a whole is meant
	Text  string // what is wrong and what would be right
}

func (f Fault) String() string {
	var b strings.Builder
	if f.File != "" {
		b.WriteString(f.File)
		if f.Line > 0 {
			fmt.Fprintf(&b, ":%d", f.Line)
		}
		b.WriteString(": ")
	}
	if f.Field != "" {
		b.WriteString(f.Field + ": ")
	}
	return b.String() + f.Text
}

// Faults is what is wrong with the files, by file and line. There are at most mostFaults of them and then one, without
// a file, that says how many more there are.
type Faults []Fault

const mostFaults = 100

// Error gives one line for each fault.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// findings collects faults while the files are read.
type findings []finding

// finding is a fault whose text is not written yet: to look for the nearest right word among all ids takes time, and is
// worth it only for the faults that are shown.
type finding struct {
	file  string
	line  int
	field string
	text  error
}

func (f *findings) add(file string, line int, field string, text error) {
	*f = append(*f, finding{file, line, field, text})
}

func (f *findings) addf(file string, line int, field, format string, args ...any) {
	f.add(file, line, field, fmt.Errorf(format, args...))
}

// faults is nil when nothing is wrong.
func (f findings) faults() error {
	if len(f) == 0 {
		return nil
	}
	slices.SortStableFunc(f, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
	})
	var out Faults
	for _, one := range f[:min(len(f), mostFaults)] {
		out = append(out, Fault{one.file, one.line, one.field, one.text.Error()})
	}
	if more := len(f) - len(out); more > 0 {
		out = append(out, Fault{Text: fmt.Sprintf("and %d more", more)})
	}
	return out
}
