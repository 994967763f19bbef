package store

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/partnergraph/partnergraph/internal/network"
)

//go:embed migrations/*.cypher
var migrationFiles embed.FS

// Migration is one numbered step of the database's layout. Steps are only ever added.
type Migration struct {
	Name       string
	Checksum   string
	statements []string
}

// Migrations lists the steps that this program knows, in order.
func Migrations() ([]Migration, error) {
	entries, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	var out []Migration
	for _, e := range entries {
		text, err := migrationFiles.ReadFile("migrations/" + e.Name())
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(text)
		out = append(out, Migration{
			Name:       strings.TrimSuffix(e.Name(), ".cypher"),
			Checksum:   hex.EncodeToString(sum[:]),
			statements: statements(string(text)),
		})
	}
	slices.SortFunc(out, func(a, b Migration) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// statements splits a file at the semicolons that end its lines.
func statements(text string) []string {
	var out []string
	for _, s := range strings.Split(text, ";\n") {
		var lines []string
		for _, l := range strings.Split(s, "\n") {
			if l != "" && !strings.HasPrefix(l, "//") {
				lines = append(lines, l)
			}
		}
		if len(lines) > 0 {
			out = append(out, strings.TrimSuffix(strings.Join(lines, "\n"), ";"))
		}
	}
	return out
}

// Pending lists the steps that the database lacks. A database that holds steps that this program doesn't know, or
// knows otherwise, is refused: an older program must not write to it.
func (s *Store) Pending(ctx context.Context) ([]Migration, error) {
	known, err := Migrations()
	if err != nil {
		return nil, err
	}
	v, err := s.Read(ctx, "RETURN COLLECT { MATCH (m:Migration) WITH m ORDER BY m.name RETURN [m.name, m.checksum] } AS answer", nil)
	if err != nil {
		return nil, err
	}
	done := map[string]string{}
	for _, row := range v.([]any) {
		row := row.([]any)
		done[row[0].(string)] = row[1].(string)
	}
	var pending []Migration
	for _, m := range known {
		sum, ok := done[m.Name]
		switch {
		case !ok:
			pending = append(pending, m)
		case sum != m.Checksum:
			return nil, network.Errorf(network.Unavailable, "the database was migrated with another text of %s: this program was changed after the fact; use the program that made it, or an empty database", m.Name)
		}
		delete(done, m.Name)
	}
	for name := range done {
		return nil, network.Errorf(network.Unavailable, "the database is newer than this program (it has %s): use a newer partnergraph, or an empty database", name)
	}
	return pending, nil
}

// Migrate takes the steps that the database lacks and tells which they were. A step that was cut off is taken again:
// every statement of a step may run twice.
func (s *Store) Migrate(ctx context.Context) ([]string, error) {
	return s.migrate(ctx, func(string) bool { return true })
}

// MigrateFilled is Migrate for a network that this program has just filled, in which there is nothing to mend of what
// older ones stored: it lays out alone.
func (s *Store) MigrateFilled(ctx context.Context) ([]string, error) {
	return s.migrate(ctx, func(text string) bool { return strings.HasPrefix(text, "CREATE ") })
}

func (s *Store) migrate(ctx context.Context, wanted func(statement string) bool) ([]string, error) {
	pending, err := s.Pending(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, m := range pending {
		var indexes []string
		for _, text := range m.statements {
			switch {
			case !wanted(text):
			case createsIndex.MatchString(text):
				indexes = append(indexes, text)
			default:
				if err := s.whole().Run(ctx, text, nil); err != nil {
					return names, fmt.Errorf("migration %s: %w", m.Name, err)
				}
			}
		}
		if err := s.createIndexes(ctx, indexes); err != nil {
			return names, fmt.Errorf("migration %s: %w", m.Name, err)
		}
		err := s.whole().Run(ctx, "MERGE (m:Migration {name: $name}) ON CREATE SET m.checksum = $checksum, m.takenAt = datetime()",
			map[string]any{"name": m.Name, "checksum": m.Checksum})
		if err != nil {
			return names, err
		}
		names = append(names, m.Name)
	}
	if len(names) > 0 {
		err = s.whole().Run(ctx, "CALL db.awaitIndexes(600)", nil)
	}
	return names, err
}

var createsIndex = regexp.MustCompile(`^CREATE (\w+ )?INDEX `)

// createIndexes creates the indexes of a step, after its other statements, in one transaction: the database then goes
// through the network once for all of them.
func (s *Store) createIndexes(ctx context.Context, texts []string) error {
	return s.write(ctx, wholeTimeout, func(tx neo4j.ManagedTransaction) error {
		for _, text := range texts {
			result, err := tx.Run(ctx, text, nil)
			if err != nil {
				return err
			}
			if _, err := result.Consume(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}
