package change

import (
	"context"
	"maps"
	"reflect"
	"strings"
)

// Kind is a kind of records that are no things of the network: the label and the property that holds their keys. A
// constraint of the database keeps each key apart.
type Kind struct{ Label, Key string }

// Record is a record as the change finds it.
type Record struct {
	Kind       Kind
	Key        string
	Properties map[string]any // nil when there is none yet
	Version    int64

	element string
	next    map[string]any // what it is to hold
	deleted bool
}

// Record finds a record by its key and locks it, if it is there.
func (t *Tx) Record(ctx context.Context, kind Kind, key string) (*Record, error) {
	for _, r := range t.records {
		if r.Kind == kind && r.Key == key {
			return r, nil
		}
	}
	text := strings.NewReplacer("KIND", quoted(kind.Label), "KEY", quoted(kind.Key)).Replace(recordText)
	rows, err := t.tx.Run(ctx, text, map[string]any{"p": map[string]any{"key": key}})
	if err != nil {
		return nil, err
	}
	r := &Record{Kind: kind, Key: key}
	for _, row := range rows {
		r.element, r.Properties = row["element"].(string), row["properties"].(map[string]any)
		r.Version, _ = r.Properties["version"].(int64)
	}
	t.records = append(t.records, r)
	return r, nil
}

// Note changes what a record holds, and makes it if there is none; nil clears a property.
func (t *Tx) Note(r *Record, properties map[string]any) {
	if r.next == nil {
		r.next = maps.Clone(r.Properties)
	}
	if r.next == nil {
		r.next = map[string]any{}
	}
	maps.Copy(r.next, properties)
	r.next = said(r.next)
	r.deleted = false
}

// Forget takes a record away.
func (t *Tx) Forget(r *Record) { r.next, r.deleted = nil, true }

// id is what the record is called where things are called by their ids.
func (r *Record) id() string { return r.Kind.Label + ":" + r.Key }

// changes tells whether the record is to hold something else.
func (r *Record) changes() bool {
	return r.deleted && r.element != "" || r.next != nil && !reflect.DeepEqual(r.next, r.Properties)
}

// quoted writes a name so that it is nothing else to the database.
func quoted(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }
