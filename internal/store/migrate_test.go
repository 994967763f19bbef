package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/dbtest"
)

// TestFoldedMigration: a network that was loaded before names were stored folded is in the lists that go by them.
func TestFoldedMigration(t *testing.T) {
	s := dbtest.Open(t)
	for _, text := range []string{
		"MATCH (m:Migration {name: '0004_folded'}) DELETE m",
		`CREATE (e:Enterprise:Organization:Node {id: 'ent_a', name: 'ＡCME', nameZh: '甲', creditCode: '91A', sources: ['src_a', 'src_b', 'src_a']})
		 CREATE (e)-[:PART_OF {id: 'rel_a', sources: ['src_a']}]->(:Enterprise:Organization:Node {id: 'ent_b', name: 'B'})`,
	} {
		if err := s.Run(ctx, text, nil); err != nil {
			t.Fatal(err)
		}
	}
	if taken, err := s.Migrate(ctx); err != nil || len(taken) != 1 {
		t.Fatalf("%v, %v", taken, err)
	}
	got, err := s.Read(ctx, `RETURN COLLECT {
		MATCH (n:Node) WITH n ORDER BY n.id
		RETURN [n.nameKey, n.nameZhKey, n.creditCodeKey, n.sourceCount, head([(n)-[r]->() | r.sourceCount])]
	} AS answer`, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []any{[]any{"acme", "甲", "91a", int64(2), int64(1)}, []any{"b", nil, nil, int64(0), nil}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
