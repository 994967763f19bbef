package bulk_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/internal/bulk"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/localneo4j"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
	"github.com/partnergraph/partnergraph/internal/synthetic"
)

var ctx = context.Background()

// What is filled without a server holds what a load stores, to the types of all values and the zones of all moments.
func TestFilledIsLoaded(t *testing.T) {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	unlike := network.Network{
		Things: []network.Thing{
			{ID: "loc_a", Labels: []string{"Place", "Node"}, Properties: map[string]any{
				"id": "loc_a", "name": `A "quoted"`, "text": "tab\there, back\\slash", "empty": "", "nameKey": "a", "sourceCount": int64(0),
				"number": -1.5e-300, "position": network.Point{Latitude: -31.123456789012345, Longitude: 1e-7}, "since": network.Always,
				"list": []string{"x;y", `"z"`, "'", " "},
			}},
			{ID: "loc_b", Labels: []string{"Place", "Node"}, Properties: map[string]any{"id": "loc_b", "later": true, "sourceCount": int64(0)}},
		},
		Ties: []network.Tie{{ID: "rel_b", Type: "PART_OF", From: "loc_b", To: "loc_a", Properties: map[string]any{"id": "rel_b", "name": "'一 '", "sourceCount": int64(0)}}},
	}
	parts := func(yield func(*network.Network) bool) {
		for part := range synthetic.Parts(m, synthetic.Demo, 1) {
			if !yield(part) {
				return
			}
		}
		yield(&unlike)
	}
	home := t.TempDir()
	o := localneo4j.Options{Home: home, Heap: "1g", Quick: true, Log: func(text string) { t.Log(text) }}
	if err := localneo4j.Import(ctx, o, func(dir string) ([]string, error) { return bulk.Write(ctx, dir, parts) }); err != nil {
		t.Fatal(err)
	}
	server, err := localneo4j.Start(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(ctx) })
	filled, err := store.Open(ctx, store.Config{URI: server.URI(), Username: server.Username(), Password: server.Password(), Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = filled.Close(ctx) })
	if _, err := filled.MigrateFilled(ctx); err != nil {
		t.Fatal(err)
	}
	loaded := dbtest.Open(t)
	if err := loaded.Load(ctx, parts); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(stored(t, loaded), stored(t, filled)); diff != "" {
		t.Errorf("loaded (-), filled (+):\n%.5000s", diff)
	}
}

// stored is all that a database holds, with the types of the values.
func stored(t *testing.T, s *store.Store) []any {
	t.Helper()
	all, err := s.Dump(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, thing := range all.Things {
		slices.Sort(thing.Labels)
	}
	digests, err := s.Digests(ctx)
	if err != nil {
		t.Fatal(err)
	}
	out := []any{all, digests}
	for _, text := range []string{
		"MATCH (n:Node) UNWIND keys(n) AS k WITH DISTINCT k, valueType(n[k]) AS v ORDER BY k, v RETURN collect([k, v]) AS answer",
		"MATCH (:Node)-[r]->() UNWIND keys(r) AS k WITH DISTINCT type(r) AS t, k, valueType(r[k]) AS v ORDER BY t, k, v RETURN collect([t, k, v]) AS answer",
		"MATCH (n:Node) RETURN [count(*), sum(n.version), count(n.createdAt), sum(CASE WHEN n.createdAt = n.updatedAt THEN 1 ELSE 0 END)] AS answer",
		"MATCH (n:Node) WITH DISTINCT n.createdAt.timezone AS a, n.updatedAt.timezone AS b, head(n.recordedAt).timezone AS c ORDER BY a, b, c RETURN collect([a, b, c]) AS answer",
		"CALL db.index.fulltext.queryNodes('names', 'university') YIELD node RETURN count(*) AS answer",
		"SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN count(*) AS answer",
	} {
		answer, err := s.Read(ctx, text, nil)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		out = append(out, answer)
	}
	return out
}

// What the importer would misread is refused with its name.
func TestWriteRefuses(t *testing.T) {
	for want, p := range map[string]map[string]any{
		"loc_a: text: a text of several lines":  {"text": "a\nb"},
		"loc_a: list: the list has \"a\\x1fb\"": {"list": []string{"a\x1fb"}},
		"loc_a: list: the list has \"\"":        {"list": []string{"a", ""}},
		"loc_a: list: the list is empty":        {"list": []string{}},
		"loc_a: times: the list is empty":       {"times": []time.Time{}},
		"loc_a: odd: a map[string]string":       {"odd": map[string]string{}},
	} {
		parts := []*network.Network{{Things: []network.Thing{{ID: "loc_a", Labels: []string{"Node"}, Properties: p}}}}
		if _, err := bulk.Write(ctx, t.TempDir(), slices.Values(parts)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	mixed := []*network.Network{{Things: []network.Thing{
		{ID: "loc_a", Labels: []string{"Node"}, Properties: map[string]any{"n": int64(1)}},
		{ID: "loc_b", Labels: []string{"Node"}, Properties: map[string]any{"n": 1.5}},
	}}}
	if _, err := bulk.Write(ctx, t.TempDir(), slices.Values(mixed)); err == nil || !strings.Contains(err.Error(), "n: is a long in one place and a double in another") {
		t.Errorf("values of two types give %v", err)
	}
}
