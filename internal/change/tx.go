package change

import (
	"context"
	_ "embed" // the statements
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
)

//go:embed statements/claim.cypher
var claimText string

//go:embed statements/lock.cypher
var lockText string

//go:embed statements/tie.cypher
var tieText string

//go:embed statements/ties.cypher
var tiesText string

//go:embed statements/counted.cypher
var countedText string

//go:embed statements/attested.cypher
var attestedText string

//go:embed statements/record.cypher
var recordText string

//go:embed statements/used.cypher
var usedText string

//go:embed statements/hear.cypher
var hearText string

//go:embed statements/tell.cypher
var tellText string

//go:embed statements/write.cypher
var writeText string

// Tx is a change in the making. What it is told is written at its end and all at once, so reads don't see it.
type Tx struct {
	writer    *Writer
	request   *Request
	tx        *store.Tx
	now       time.Time
	completer *ingest.Completer

	things  map[string]*thing
	ties    map[string]*tie
	records []*Record
	sources map[string]bool // ids of sources that are there
	given   []string        // ids of new things that the caller chose
	touched []string        // ids of things and ties that change, in the order of the calls
	notices []notice
	changes map[string]bool // the same
	redact  func(any) any   // of what is erased, takes what was out of a value
}

// Thing is a thing as the change finds it, or is about to leave it.
type Thing struct {
	network.Thing
	Type    string
	Version int64 // 0 of one that is new
}

// thing is what the change knows of a thing.
type thing struct {
	Thing
	of      *graphmap.Type
	before  map[string]any // what was stored; nil when it is new
	deleted bool
	touch   bool // it counts as changed whatever it holds
}

func (w *Writer) begin(tx *store.Tx, r *Request, now time.Time) *Tx {
	return &Tx{
		writer: w, request: r, tx: tx, now: now, completer: w.completer.ForOne(),
		things: map[string]*thing{}, ties: map[string]*tie{}, sources: map[string]bool{}, changes: map[string]bool{},
	}
}

// Today is the day of the change.
func (t *Tx) Today() network.Day { return network.NewDay(t.now.Date()) }

// Now is the moment of the change.
func (t *Tx) Now() time.Time { return t.now }

// Read runs a statement that reads, and gives its records.
func (t *Tx) Read(ctx context.Context, text string, params map[string]any) ([]store.Row, error) {
	return t.tx.Run(ctx, text, params)
}

// Lock reads things and keeps every other change of them waiting until this one ends. Give all that are known at once:
// they are locked in the order of their ids, so that two changes of the same things don't wait for each other.
func (t *Tx) Lock(ctx context.Context, ids ...string) (map[string]Thing, error) {
	if err := t.load(ctx, ids, nil); err != nil {
		return nil, err
	}
	out := map[string]Thing{}
	for _, id := range ids {
		one, err := t.thing(id)
		if err != nil {
			return nil, err
		}
		out[id] = one.Thing
	}
	return out, nil
}

// thing is one that was sought, or is new.
func (t *Tx) thing(id string) (*thing, error) {
	if one := t.things[id]; one != nil && !one.deleted {
		return one, nil
	}
	return nil, network.Errorf(network.NotFound, "there is nothing with the id %q", id)
}

// held is one that the work has locked before, or made.
func (t *Tx) held(id string) (*thing, error) {
	if t.things[id] == nil {
		return nil, fmt.Errorf("%s is neither locked nor new", id)
	}
	return t.thing(id)
}

// load locks the things that are not locked yet, and remembers them and the sources.
func (t *Tx) load(ctx context.Context, ids, sources []string) error {
	lock := map[string]bool{}
	for _, id := range ids {
		if t.things[id] == nil {
			lock[id] = true
		}
	}
	if len(lock) == 0 && len(sources) == 0 {
		return nil
	}
	rows, err := t.tx.Run(ctx, lockText, map[string]any{"p": map[string]any{"lock": slices.Sorted(maps.Keys(lock)), "read": sources}})
	if err != nil {
		return err
	}
	for _, row := range rows {
		properties := row["properties"].(map[string]any)
		one := &thing{before: properties}
		one.ID, one.Labels, one.Properties = row["id"].(string), row["labels"].([]string), maps.Clone(properties)
		one.Version, _ = properties["version"].(int64)
		if one.of = t.writer.typeOf(one.ID); one.of == nil {
			return fmt.Errorf("no type has the prefix of the id %q", one.ID)
		}
		one.Type = one.of.Name
		t.completer.Remember(&network.Network{Things: []network.Thing{one.Thing.Thing}})
		if lock[one.ID] {
			t.things[one.ID] = one
		}
		if one.Type == "Source" {
			t.sources[one.ID] = true
		}
	}
	return nil
}

// typeOf is the type of a thing by the prefix of its id; nil when there is none.
func (w *Writer) typeOf(id string) *graphmap.Type {
	prefix, _, _ := strings.Cut(id, "_")
	return w.Map.ByPrefix(prefix)
}

// Expect makes sure that a locked thing has the version that somebody saw. Otherwise the error is a *VersionConflict.
func (t *Tx) Expect(id string, version int64) error {
	one, err := t.held(id)
	if err == nil && one.Version != version {
		err = &VersionConflict{ID: id, Expected: version, Actual: one.Version}
	}
	return err
}

// VersionConflict says that a thing was changed since somebody looked at it.
type VersionConflict struct {
	ID               string
	Expected, Actual int64
}

func (e *VersionConflict) Error() string { return e.Unwrap().Error() }

// Unwrap gives the error that a client is shown.
func (e *VersionConflict) Unwrap() error {
	return network.Errorf(network.Conflict, "%s was changed meanwhile: it has version %d, not %d; look at it as it is now, and decide anew", e.ID, e.Actual, e.Expected)
}

// change notes that an element changes.
func (t *Tx) change(id string) {
	if !t.changes[id] {
		t.changes[id] = true
		t.touched = append(t.touched, id)
	}
}

// leave notes that elements don't change after all.
func (t *Tx) leave(these func(id string) bool) {
	t.touched = slices.DeleteFunc(t.touched, func(id string) bool {
		if these(id) {
			delete(t.changes, id)
			return true
		}
		return false
	})
}
