package synthetic

import (
	"crypto/sha256"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
)

func schema(t *testing.T) *graphmap.Map {
	t.Helper()
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// all puts the parts of a network together.
func all(m *graphmap.Map, size Size, seed uint64) *network.Network {
	n := &network.Network{}
	for part := range Parts(m, size, seed) {
		n.Things, n.Ties = append(n.Things, part.Things...), append(n.Ties, part.Ties...)
	}
	return n
}

// The same size and seed make the same network, byte for byte; another seed makes another one.
func TestSameSeed(t *testing.T) {
	m := schema(t)
	sum := func(seed uint64) [32]byte {
		text, err := json.Marshal(all(m, Demo, seed))
		if err != nil {
			t.Fatal(err)
		}
		return sha256.Sum256(text)
	}
	seen := map[[32]byte]uint64{}
	for _, seed := range []uint64{0, 1, math.MaxUint64, rapid.Uint64().Example(1)} {
		one := sum(seed)
		if other, twice := seen[one]; twice {
			t.Errorf("the seeds %d and %d make the same", other, seed)
		}
		seen[one] = seed
		if sum(seed) != one {
			t.Errorf("the seed %d makes something else the second time", seed)
		}
	}
}

// A network stops being made when nobody wants more of it.
func TestPartsStop(t *testing.T) {
	m, parts := schema(t), 0
	for range Parts(m, S, 1) {
		if parts++; parts == 3 {
			break
		}
	}
	if parts != 3 {
		t.Errorf("%d parts", parts)
	}
}

// The import finds nothing wrong with what was made up, and makes the same of its files.
func TestImportTakesIt(t *testing.T) {
	m := schema(t)
	n := all(m, Demo, 7)
	files, err := ingest.Write(m, n, "Made up")
	if err != nil {
		t.Fatal(err)
	}
	dir := fstest.MapFS{}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: text}
	}
	got, err := ingest.Read(m, dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []*network.Network{n, got} {
		slices.SortFunc(one.Things, func(a, b network.Thing) int { return strings.Compare(a.ID, b.ID) })
		slices.SortFunc(one.Ties, func(a, b network.Tie) int { return strings.Compare(a.ID, b.ID) })
	}
	if len(got.Things) != len(n.Things) || len(got.Ties) != len(n.Ties) {
		t.Fatalf("read %d things and %d ties, made %d and %d", len(got.Things), len(got.Ties), len(n.Things), len(n.Ties))
	}
	for i := range n.Things {
		delete(got.Things[i].Properties, "digest") // what is made up is compared with no import
		if !reflect.DeepEqual(got.Things[i].Properties, n.Things[i].Properties) {
			t.Fatalf("read %v\nmade %v", got.Things[i], n.Things[i])
		}
	}
	for i := range n.Ties {
		delete(got.Ties[i].Properties, "digest")
		if !reflect.DeepEqual(got.Ties[i].Properties, n.Ties[i].Properties) {
			t.Fatalf("read %v\nmade %v", got.Ties[i], n.Ties[i])
		}
	}
}

// Every part can be loaded after those before it: its ties lead to things that are there.
func TestPartsFollowEachOther(t *testing.T) {
	there := map[string]bool{}
	for part := range Parts(schema(t), Demo, 3) {
		for _, thing := range part.Things {
			if there[thing.ID] {
				t.Errorf("%s is made twice", thing.ID)
			}
			there[thing.ID] = true
		}
		for _, tie := range part.Ties {
			if there[tie.ID] || !there[tie.From] || !there[tie.To] {
				t.Errorf("%s stands twice, or leads to what isn't there", tie.ID)
			}
			there[tie.ID] = true
		}
	}
}

// What was made goes, and nothing else does: each thing has one of the prefixes.
func TestPrefixes(t *testing.T) {
	m := schema(t)
	prefixes := Prefixes(m)
	for _, thing := range all(m, Demo, 1).Things {
		if thing.Properties["synthetic"] != true || !strings.Contains(thing.ID, Mark) || !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(thing.ID, p) }) {
			t.Errorf("%s isn't marked as made up", thing.ID)
		}
	}
}
