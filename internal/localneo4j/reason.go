package localneo4j

import (
	"regexp"
	"strings"
	"unicode"
)

// noSpace is how Java words a full disk.
const noSpace = "No space left on device"

var (
	logError   = regexp.MustCompile(`^\d{4}-\d\d-\d\d \S+ ERROR\s+(?:\[\S+\] )?(.*)`)
	logEntry   = regexp.MustCompile(`^\d{4}-\d\d-\d\d \S+ [A-Z]+ `)
	className  = regexp.MustCompile(`^(?:Exception in thread "[^"]*" )?(?:[a-z]\w*\.)+[A-Z][\w$]*(?:Exception|Error)?: `)
	stackFrame = regexp.MustCompile(`^\s+at |^\s*\.\.\. \d+ more`)
)

// reasonInLog finds, in Neo4j's own log, why it gave up: the innermost cause
// of the last error, without its stack and Java's class names.
func reasonInLog(text string) string {
	var said, cause string
	inError := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if m := logError.FindStringSubmatch(line); m != nil {
			said, cause, inError = m[1], "", true
		} else if logEntry.MatchString(line) {
			inError = false
		} else if rest, ok := strings.CutPrefix(line, "Caused by: "); ok && inError {
			cause = rest
		}
	}
	if cause != "" {
		cause = withoutClass(cause)
		if strings.HasPrefix(said, "Failed to start Neo4j on ") {
			said = cause // the port it names there is not one it was given
		} else {
			said = strings.TrimRight(said, ".") + ": " + cause
		}
	}
	return oneLine(said)
}

// reasonOnConsole finds why Java itself gave up, before Neo4j had a log. Java
// says it first and tells of its own end after that.
func reasonOnConsole(text string) string {
	for line := range strings.Lines(text) {
		line = strings.TrimFunc(line, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
		switch {
		case line == "", stackFrame.MatchString(line), logEntry.MatchString(line):
		case strings.HasPrefix(line, "Picked up "), strings.Contains(line, "[warning]"), strings.HasPrefix(line, "WARNING:"):
		case strings.HasPrefix(line, "Error occurred during initialization of VM"), strings.HasPrefix(line, "#"):
		default:
			return oneLine(withoutClass(line))
		}
	}
	return ""
}

func withoutClass(line string) string { return className.ReplaceAllString(line, "") }

// oneLine keeps an error to what a person reads in one line.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if strings.Contains(text, noSpace) {
		return "the disk is full: free some space and start again"
	}
	const most = 300
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + " …"
	}
	return text
}
