package store

import (
	"context"
	_ "embed" // the statements
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/partnergraph/partnergraph/internal/network"
)

//go:embed statements/digests.cypher
var digestsText string

//go:embed statements/dump.cypher
var dumpText string

//go:embed statements/write_things.cypher
var writeThingsText string

//go:embed statements/write_ties.cypher
var writeTiesText string

// wholeTimeout bounds what reads or writes the whole network.
const wholeTimeout = 10 * time.Minute

// rowsPerStatement is how many rows one statement of a load writes.
const rowsPerStatement = 5000

// whole is the store with time enough for the whole network.
func (s *Store) whole() *Store {
	out := *s
	out.config.Timeout = wholeTimeout
	return &out
}

// Empty tells whether the network holds nothing.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	v, err := s.Read(ctx, "RETURN NOT EXISTS { MATCH (:Node) } AS answer", nil)
	return v == true, err
}

// Holds tells whether there is a thing with the id.
func (s *Store) Holds(ctx context.Context, id string) (bool, error) {
	v, err := s.Read(ctx, "RETURN EXISTS { MATCH (:Node {id: $id}) } AS answer", map[string]any{"id": id})
	return v == true, err
}

// Digests gives the digest of every thing and tie by its id; "" for what was changed since it was imported, or made here.
func (s *Store) Digests(ctx context.Context) (map[string]string, error) {
	return s.DigestsApart(ctx, "")
}

// DigestsApart is Digests without synthetic things that have apart in their ids, and without the ties that lead from
// them.
func (s *Store) DigestsApart(ctx context.Context, apart string) (map[string]string, error) {
	v, err := s.whole().Read(ctx, digestsText, map[string]any{"apart": apart})
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, row := range v.([]any) {
		row := row.([]any)
		id, _ := row[0].(string)
		digest, _ := row[1].(string)
		out[id] = digest
	}
	return out, nil
}

// Dump reads the whole network, without what the store itself keeps of a thing.
func (s *Store) Dump(ctx context.Context) (*network.Network, error) {
	v, err := s.whole().Read(ctx, dumpText, nil)
	if err != nil {
		return nil, err
	}
	things, ties := v.([]any)[0].([]any), v.([]any)[1].([]any)
	out := &network.Network{}
	for _, row := range things {
		row := row.([]any)
		t := network.Thing{Properties: value(row[1]).(map[string]any)}
		t.ID, _ = t.Properties["id"].(string)
		t.Labels, _ = value(row[0]).([]string)
		for _, own := range []string{"createdAt", "updatedAt", "version"} {
			delete(t.Properties, own)
		}
		out.Things = append(out.Things, t)
	}
	for _, row := range ties {
		row := row.([]any)
		t := network.Tie{Type: row[0].(string), From: row[1].(string), To: row[2].(string), Properties: value(row[3]).(map[string]any)}
		t.ID, _ = t.Properties["id"].(string)
		out.Ties = append(out.Ties, t)
	}
	return out, nil
}

//go:embed statements/follow.cypher
var followText string

// Write writes things and then ties, new ones and changed ones, in one transaction. The ties of the things with the ids
// in around that state no beginning are made to follow from those of their ends as they are then.
func (s *Store) Write(ctx context.Context, things []network.Thing, ties []network.Tie, around ...string) error {
	now := time.Now().UTC()
	err := s.write(ctx, wholeTimeout, func(tx neo4j.ManagedTransaction) error {
		byLabels := map[string][]any{}
		for _, t := range things {
			labels := strings.Join(t.Labels, " ")
			byLabels[labels] = append(byLabels[labels], map[string]any{"id": t.ID, "properties": t.Properties})
		}
		for labels, rows := range byLabels {
			if err := runRows(ctx, tx, strings.Replace(writeThingsText, "n:LABELS", "n:"+quoted(strings.Fields(labels)), 1), rows, now); err != nil {
				return err
			}
		}
		byType := map[string][]any{}
		for _, t := range ties {
			byType[t.Type] = append(byType[t.Type], map[string]any{"id": t.ID, "from": t.From, "to": t.To, "properties": t.Properties})
		}
		for kind, rows := range byType {
			if err := runRows(ctx, tx, strings.Replace(writeTiesText, "r:TYPE", "r:"+quoted([]string{kind}), 1), rows, now); err != nil {
				return err
			}
		}
		if len(around) == 0 {
			return nil
		}
		result, err := tx.Run(ctx, followText, map[string]any{"ids": around})
		if err == nil {
			_, err = result.Consume(ctx)
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.awaitSearch(ctx)
}

func runRows(ctx context.Context, tx neo4j.ManagedTransaction, text string, rows []any, now time.Time) error {
	for chunk := range slices.Chunk(rows, rowsPerStatement) {
		list := make([]any, len(chunk))
		for i, r := range chunk {
			list[i] = parameter(r)
		}
		result, err := tx.Run(ctx, text, map[string]any{"rows": list, "now": now})
		if err != nil {
			return err
		}
		if _, err := result.Consume(ctx); err != nil {
			return err
		}
	}
	return nil
}

// quoted writes names of the schema as `A`:`B`; a backtick can't end the quotation.
func quoted(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, "`"+strings.ReplaceAll(n, "`", "``")+"`")
	}
	return strings.Join(out, ":")
}

// awaitSearch waits until a search finds what was written.
func (s *Store) awaitSearch(ctx context.Context) error {
	return s.whole().Run(ctx, "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()", nil)
}

// Wipe deletes every thing and relationship, and what changes left beside them, and leaves the layout.
func (s *Store) Wipe(ctx context.Context) error {
	return s.whole().Run(ctx, "MATCH (n) WHERE NOT n:Migration DETACH DELETE n", nil)
}
