package localneo4j

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func confDir(home string) string { return filepath.Join(home, "conf") }
func logDir(home string) string  { return filepath.Join(home, "logs") }

// settings are all that a local Neo4j is told; what is not named here keeps
// Neo4j's default. They are written at every start, so that a store made by an
// older release of this program runs with today's settings.
func settings(port int) string {
	address := fmt.Sprintf("127.0.0.1:%d", port)
	lines := []string{
		"# Written by partnergraph at every start: changes made here are lost.",
		"# Only this machine may connect, and only by Bolt.",
		"server.default_listen_address=127.0.0.1",
		"server.bolt.enabled=true",
		"server.bolt.listen_address=" + address,
		"server.bolt.advertised_address=" + address,
		"server.http.enabled=false",
		"server.https.enabled=false",
		"# Nothing is reported to anyone.",
		"dbms.usage_report.enabled=false",
		"# A fresh store takes 2 MB instead of 519.",
		"db.tx_log.preallocate=false",
		"# A runaway statement ends by itself; Neo4j's default is never.",
		"db.transaction.timeout=60s",
		"server.memory.pagecache.size=256m",
		"# Stops in half a second instead of ten; nothing is lost by it on one machine.",
		"internal.server.bolt.thread_pool_shutdown_wait_time=0s",
	}
	return strings.Join(lines, "\n") + "\n"
}

func writeConf(home string, port int) error {
	path := filepath.Join(confDir(home), "neo4j.conf")
	if err := os.WriteFile(path, []byte(settings(port)), 0o600); err != nil {
		return fmt.Errorf("writing Neo4j's settings: %w", err)
	}
	return nil
}

// prepareHome makes the folders that Neo4j expects to find. The store is for
// its owner alone: it holds people's names.
func prepareHome(home string) error {
	for _, dir := range []string{home, confDir(home), logDir(home)} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("making the store folder: %w", err)
		}
	}
	return nil
}
