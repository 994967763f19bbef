package localneo4j

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
)

const copyGoal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"

const jarCount = 213 // for the progress line alone

// pom asks for Neo4j as any Java project would, so that Maven's own settings
// (mirrors, proxies, accounts) hold here too.
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.github.partnergraph</groupId>
  <artifactId>local-neo4j</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.neo4j</groupId>
      <artifactId>neo4j</artifactId>
      <version>` + Version + `</version>
      <scope>runtime</scope>
    </dependency>
  </dependencies>
</project>
`

// copyDependencies has Maven put Neo4j's jars into the folder into. What Maven
// says is kept in fetch.log in the cache.
func copyDependencies(ctx context.Context, cache, into string, java javaRuntime, log func(string)) error {
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return errors.New("Maven is needed once, to fetch Neo4j, and there is no mvn on PATH: install it (Debian: apt-get install maven; macOS: brew install maven), or set NEO4J_URI to a Neo4j that already runs")
	}
	project, err := os.MkdirTemp("", "partnergraph-neo4j-")
	if err != nil {
		return fmt.Errorf("fetching Neo4j: %w", err)
	}
	defer os.RemoveAll(project)
	pomFile := filepath.Join(project, "pom.xml")
	if err := os.WriteFile(pomFile, []byte(pom), 0o600); err != nil {
		return fmt.Errorf("fetching Neo4j: %w", err)
	}
	said, err := os.Create(filepath.Join(cache, "fetch.log"))
	if err != nil {
		return fmt.Errorf("fetching Neo4j: %w", err)
	}
	defer said.Close()

	cmd := exec.CommandContext(ctx, mvn, "-B", "-Dstyle.color=never", "-f", pomFile, copyGoal,
		"-DincludeScope=runtime", "-DoutputDirectory="+into)
	cmd.Dir = project
	cmd.Env = os.Environ()
	if os.Getenv("JAVA_HOME") == "" && java.home != "" {
		cmd.Env = append(cmd.Env, "JAVA_HOME="+java.home)
	}
	cmd.SysProcAttr = ownGroup() // Ctrl-C is ours to handle
	cmd.Cancel = func() error { return endGroup(cmd.Process.Pid) }
	cmd.WaitDelay = 5 * time.Second
	output, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("fetching Neo4j: %w", err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return fmt.Errorf("fetching Neo4j: Maven did not run: %w", err)
	}
	failures := followMaven(io.TeeReader(output, said), log)
	err = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("fetching Neo4j was given up: %w", ctx.Err())
	case err != nil:
		return fmt.Errorf("fetching Neo4j with Maven failed: %s (its log: %s)", mavenReason(failures), said.Name())
	}
	return nil
}

// followMaven tells the progress of a fetch while it runs, and returns the
// lines in which Maven complained.
func followMaven(output io.Reader, log func(string)) (failures []string) {
	var fetched atomic.Int32
	finished := make(chan struct{})
	defer close(finished)
	go func() {
		began := time.Now()
		tick := time.NewTicker(4 * time.Second)
		defer tick.Stop()
		for {
			select {
			case <-finished:
				return
			case <-tick.C:
				log(fmt.Sprintf("fetching Neo4j: %d of about %d jars after %.0f s …", fetched.Load(), jarCount, time.Since(began).Seconds()))
			}
		}
	}()

	ours := false // Maven fetches for its plugin too, before and after
	lines := bufio.NewScanner(output)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		switch {
		case strings.HasPrefix(line, "[INFO] Building "):
			ours = true
		case strings.HasPrefix(line, "[INFO] --- "):
			ours = false
		case ours && strings.Contains(line, "Downloaded from ") && strings.Contains(line, ".jar "):
			fetched.Add(1)
		case strings.HasPrefix(line, "[ERROR]"), strings.HasPrefix(line, "Error:"), strings.HasPrefix(line, "The JAVA_HOME"):
			failures = append(failures, strings.TrimSpace(strings.TrimPrefix(line, "[ERROR]")))
		}
	}
	_, _ = io.Copy(io.Discard, output) // a line too long must not stall Maven
	return failures
}

// mavenReason says what went wrong and how to mend it.
func mavenReason(failures []string) string {
	if len(failures) == 0 {
		return "it gave no reason"
	}
	all := strings.Join(failures, " ")
	if strings.Contains(all, noSpace) {
		return "the disk is full (Maven keeps a copy of its own in ~/.m2): free 600 MB and start again"
	}
	for _, sign := range []string{
		"Unknown host", "UnknownHost", "Connection refused", "onnect timed out", "Connection reset", "Read timed out",
		"Network is unreachable", "No route to host", "name resolution", "offline mode", "Could not transfer",
	} {
		if strings.Contains(all, sign) {
			return "the Maven repository cannot be reached (" + lastWords(failures[0]) + "): connect to the network, or set a mirror in ~/.m2/settings.xml, and start again"
		}
	}
	return oneLine(failures[0])
}

// lastWords is the end of one of Maven's sentences, which name the artifact at
// length first and the reason last.
func lastWords(sentence string) string {
	sentence, _, _ = strings.Cut(sentence, " -> [Help")
	const most = 100
	if runes := []rune(sentence); len(runes) > most {
		return "… " + string(runes[len(runes)-most:])
	}
	return sentence
}
