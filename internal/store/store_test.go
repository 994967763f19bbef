package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
)

var ctx = context.Background()

// TestRefusals: each way in which a database can't be used has its own text, which names neither host nor statement.
func TestRefusals(t *testing.T) {
	dbtest.Open(t) // nobody else freezes it meanwhile
	good := dbtest.Config(t)
	cases := []struct {
		name   string
		change func(*store.Config)
		want   string
	}{
		{"nobody answers", func(c *store.Config) { c.URI = "bolt://127.0.0.1:1" }, "can't be reached"},
		{"no such host", func(c *store.Config) { c.URI = "bolt://no-such-host.invalid:7687" }, "can't be reached"},
		{"a cluster nobody answers for", func(c *store.Config) { c.URI = "neo4j://127.0.0.1:1" }, "can't be reached"},
		{"no address", func(c *store.Config) { c.URI = "http://127.0.0.1:7474" }, "write bolt://"},
		{"a wrong password", func(c *store.Config) { c.Password = "wrong" }, "NEO4J_PASSWORD"},
		{"no such database", func(c *store.Config) { c.Database = "elsewhere" }, "NEO4J_DATABASE"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			config := good
			c.change(&config)
			config.Timeout = 5 * time.Second
			_, err := store.Open(ctx, config)
			var known *network.Error
			if !errors.As(err, &known) || !strings.Contains(known.Message, c.want) {
				t.Fatalf("got %v, want a text with %q", err, c.want)
			}
		})
	}
}

func TestRouting(t *testing.T) {
	dbtest.Open(t)
	c := dbtest.Config(t)
	c.URI = strings.Replace(c.URI, "bolt://", "neo4j://", 1)
	s, err := store.Open(ctx, c)
	if err != nil {
		t.Fatalf("a single server by neo4j://: %v", err)
	}
	_ = s.Close(ctx)
}

// TestMigrations: an empty, a current, a newer and a tampered database.
func TestMigrations(t *testing.T) {
	s := dbtest.Open(t)
	forget := func() {
		if err := s.Run(ctx, "MATCH (m:Migration) DELETE m", nil); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		forget()
		if _, err := s.Migrate(ctx); err != nil {
			t.Error(err)
		}
	})
	known, err := store.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range known {
		all = append(all, m.Name)
	}
	forget()
	for _, want := range [][]string{all, nil} {
		got, err := s.Migrate(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("migrated (-want +got):\n%s", diff)
		}
	}
	if err := s.Run(ctx, "CREATE (:Migration {name: '9999_later', checksum: 'x'})", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Migrate(ctx); err == nil || !strings.Contains(err.Error(), "newer than this program (it has 9999_later)") {
		t.Errorf("a newer database gives %v", err)
	}
	forget()
	if err := s.Run(ctx, "CREATE (:Migration {name: $name, checksum: 'x'})", map[string]any{"name": all[0]}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Migrate(ctx); err == nil || !strings.Contains(err.Error(), "another text of "+all[0]) {
		t.Errorf("a changed migration gives %v", err)
	}
}

// TestDeadline: a statement that runs too long is ended, and says so.
func TestDeadline(t *testing.T) {
	s := dbtest.Open(t)
	short, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	defer cancel()
	_, err := s.Read(short, "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*) AS answer", nil)
	if network.CodeOf(err) != network.Timeout {
		t.Errorf("got %v, want a timeout", err)
	}
}

// TestWriteAndDump: what is written comes back as it was, of every kind of value; a second write changes it.
func TestWriteAndDump(t *testing.T) {
	s := dbtest.Open(t)
	moment := time.Date(2026, 11, 21, 8, 30, 0, 0, time.UTC)
	thing := func(id string, more map[string]any) network.Thing {
		p := map[string]any{"id": id, "digest": "1"}
		for k, v := range more {
			p[k] = v
		}
		return network.Thing{ID: id, Labels: []string{"Place", "Node"}, Properties: p}
	}
	want := &network.Network{
		Things: []network.Thing{
			thing("loc_a", map[string]any{
				"name": "A", "synthetic": false, "number": int64(3), "value": 2.5, "list": []string{"x", ""},
				"holdsFrom": network.NewDay(2019, 1, 1), "recordedAt": []time.Time{moment}, "position": network.Point{Latitude: 30.5, Longitude: 120.25},
			}),
			thing("loc_b", nil),
		},
		Ties: []network.Tie{{ID: "rel_x", Type: "PART_OF", From: "loc_a", To: "loc_b", Properties: map[string]any{
			"id": "rel_x", "digest": "2", "since": "2019", "holdsFrom": network.NewDay(2019, 1, 1),
		}}},
	}
	if err := s.Write(ctx, want.Things, want.Ties); err != nil {
		t.Fatal(err)
	}
	got, err := s.Dump(ctx)
	if err != nil {
		t.Fatal(err)
	}
	ignoreLabelOrder := cmp.Comparer(func(a, b []string) bool {
		seen := map[string]int{}
		for _, x := range a {
			seen[x]++
		}
		for _, x := range b {
			seen[x]--
		}
		for _, n := range seen {
			if n != 0 {
				return false
			}
		}
		return len(a) == len(b)
	})
	if diff := cmp.Diff(want, got, ignoreLabelOrder); diff != "" {
		t.Errorf("dumped (-want +got):\n%s", diff)
	}
	changed := thing("loc_b", map[string]any{"digest": "3"})
	if err := s.Write(ctx, []network.Thing{changed}, nil); err != nil {
		t.Fatal(err)
	}
	digests, err := s.Digests(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"loc_a": "1", "loc_b": "3", "rel_x": "2"}, digests); diff != "" {
		t.Errorf("digests (-want +got):\n%s", diff)
	}
	version, err := s.Read(ctx, "MATCH (n:Node {id: 'loc_b'}) RETURN n.version AS answer", nil)
	if err != nil || version != int64(2) {
		t.Errorf("the version after a change is %v (%v), not 2", version, err)
	}
}
