package localneo4j

import (
	"strings"
	"testing"
)

func TestReasonInLog(t *testing.T) {
	const portTaken = `2026-11-21 10:00:07.154+0000 INFO  Starting...
2026-11-21 10:00:11.533+0000 ERROR Failed to start Neo4j on 127.0.0.1:7474.
java.lang.RuntimeException: Error starting Neo4j database server at /h/data/databases
	at org.neo4j.server.CommunityEntryPoint.main(CommunityEntryPoint.java:30)
Caused by: org.neo4j.kernel.lifecycle.LifecycleException: Component 'x' was successfully initialized, but failed to start.
	... 5 more
Caused by: io.netty.channel.unix.Errors$NativeIoException: bind(..) failed with error(-98): Address already in use
2026-11-21 10:00:11.535+0000 INFO  Stopped.
`
	cases := []struct{ name, log, want string }{
		{"innermost cause", portTaken, "bind(..) failed with error(-98): Address already in use"},
		{"error alone", "2026-11-21 10:00:14.411+0000 ERROR Invalid memory configuration - exceeds physical memory.\n", "Invalid memory configuration - exceeds physical memory."},
		{"full disk", "2026-11-21 10:00:14.411+0000 ERROR Failed.\nCaused by: java.io.IOException: No space left on device\n", "the disk is full: free some space and start again"},
		{"no error", "2026-11-21 10:00:07.154+0000 INFO  Starting...\n", ""},
		{"empty", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := reasonInLog(c.log); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
	if got := reasonInLog("2026-11-21 10:00:14.411+0000 ERROR " + strings.Repeat("long ", 500)); len(got) > 320 {
		t.Errorf("a reason of %d bytes", len(got))
	}
}

func TestReasonOnConsole(t *testing.T) {
	cases := []struct{ name, console, want string }{
		{"wrong setting", "Exception in thread \"main\" java.lang.IllegalArgumentException: Unrecognized setting.\n\tat org.neo4j.X.main(X.java:3)\n", "Unrecognized setting."},
		{"wrong heap", "Invalid maximum heap size: -Xmxbla\nError: Could not create the Java Virtual Machine.\n", "Invalid maximum heap size: -Xmxbla"},
		{"no memory", "Error occurred during initialization of VM\nCould not reserve enough space for object heap\n", "Could not reserve enough space for object heap"},
		{"warnings", "Picked up JAVA_TOOL_OPTIONS: -Dx\n[0.1s][warning][cds] mismatch\nTerminating due to java.lang.OutOfMemoryError: Java heap space\n", "Terminating due to java.lang.OutOfMemoryError: Java heap space"},
		{"nothing", "\n", ""},
		{"Neo4j's sign of life", "\x06", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := reasonOnConsole(c.console); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
