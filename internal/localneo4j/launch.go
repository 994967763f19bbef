package localneo4j

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

const entryPoint = "org.neo4j.server.CommunityEntryPoint"

// launcher holds what one start needs once everything was found.
type launcher struct {
	options Options
	java    javaRuntime
	lib     string
	archive classArchive
	plain   bool // without a class archive
}

// run launches Neo4j for s, and again where a second try can do better: a free
// port can be taken by another program before Neo4j binds it, and a class
// archive that this Java dislikes is only there to save time.
func (l launcher) run(ctx context.Context, s *Server) error {
	for try := 1; ; try++ {
		err := l.once(ctx, s)
		if err == nil && l.plain {
			l.archive.distrust() // it was the archive, then
		}
		var failed *startFailure
		if err == nil || ctx.Err() != nil || try == 3 || !errors.As(err, &failed) {
			return err
		}
		switch {
		case len(s.archive.flags) > 0 && !failed.saidByNeo4j:
			l.plain = true
		case l.options.BoltPort == 0 && failed.portTaken():
		default:
			return err
		}
	}
}

func (l launcher) once(ctx context.Context, s *Server) (err error) {
	o := l.options
	if s.port, err = choosePort(o.BoltPort); err != nil {
		return err
	}
	if err := writeConf(o.Home, s.port); err != nil {
		return err
	}
	if s.password, err = ensurePassword(ctx, o.Home, l.java, l.lib); err != nil {
		return err
	}
	s.archive = archiveRun{}
	if !l.plain {
		s.archive = l.archive.plan(o.Quick)
	}

	o.Log("Neo4j is starting …")
	s.child, err = startChild(o.Home, exec.Command(l.java.path, l.arguments(s.archive.flags)...))
	if err != nil {
		s.archive.keep(false)
		return err
	}
	if err := awaitBolt(ctx, s.port, s.child, o.Log); err != nil {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = s.child.stop(grace) // the reason to tell is why it did not start
		s.archive.keep(false)
		return err
	}
	return nil
}

// arguments make the command line. The home folder is on it so that an orphan
// can be told from any other Java process.
func (l launcher) arguments(archiveFlags []string) []string {
	args := []string{
		"-Xmx" + l.options.Heap,
		// A server out of memory that stays half alive is worse than none.
		"-XX:+ExitOnOutOfMemoryError",
		"-XX:ErrorFile=" + l.options.Home + "/logs/jvm-crash-%p.log",
		"--add-opens=java.base/java.nio=ALL-UNNAMED",
		"--add-opens=java.base/java.io=ALL-UNNAMED",
		"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
		"-Dio.netty.tryReflectionSetAccessible=true",
		"-Dlog4j2.disable.jmx=true",
	}
	if l.options.Quick {
		args = append(args, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
	} else {
		// Java's own choice, G1, keeps pauses short in large heaps, which this isn't; a load costs a quarter more with it.
		args = append(args, "-XX:+UseParallelGC")
	}
	args = append(args, archiveFlags...)
	return append(args, "-cp", classPath(l.lib), entryPoint,
		homeFlag(l.options.Home), "--config-dir="+confDir(l.options.Home))
}

func homeFlag(home string) string { return "--home-dir=" + home }

// startFailure is a server that ended before it answered.
type startFailure struct {
	reason      string
	log         string
	saidByNeo4j bool // the reason is Neo4j's own, not the Java machine's
}

func (f *startFailure) Error() string {
	return fmt.Sprintf("Neo4j did not start: %s (its log: %s)", f.reason, f.log)
}

func (f *startFailure) portTaken() bool { return strings.Contains(f.reason, "Address already in use") }
