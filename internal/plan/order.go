package plan

import (
	"maps"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// Key is one key of an order.
type Key struct {
	By   KeyBy
	Desc bool
	// Name is how cursors call the key.
	Name string
	Kind KeyKind
	// Of is the property that a key ByProperty or ByEdge goes by.
	Of *Operand
	// Amount is what a key ByAmount goes by.
	Amount *Amount
	// Absent tells whether a row may have no value. Such rows come last, in both directions.
	Absent bool
}

// KeyBy is what an order goes by.
type KeyBy string

// What an order may go by.
const (
	ByName     KeyBy = "name"
	ByThingID  KeyBy = "id"
	ByTieID    KeyBy = "tie"      // the id of the one relationship behind an edge
	ByProperty KeyBy = "property" // of the thing
	ByEdge     KeyBy = "edge"     // a property of the one relationship behind an edge
	ByAmount   KeyBy = "amount"   // of the rows behind a connection
	ByScore    KeyBy = "score"    // of a search hit
	ByLength   KeyBy = "length"   // of a path
	ByRoute    KeyBy = "route"    // the ids of a path's relationships
	ByDate     KeyBy = "date"     // of a change
	ByWhat     KeyBy = "what"     // BEGAN or ENDED
	ByChangeID KeyBy = "change"   // the id of what changed
	ByEnd      KeyBy = "end"      // of an agreement
	ByKind     KeyBy = "kind"     // of a fact to check
	ByFactID   KeyBy = "fact"     // the id of what is to be checked
)

// KeyKind is what the values of a key are.
type KeyKind string

// The kinds of keys.
const (
	Text   KeyKind = "text"
	Whole  KeyKind = "whole" // a whole number
	Number KeyKind = "number"
	Date   KeyKind = "day"    // the first day that a date may mean
	Moment KeyKind = "moment" // a date with a time
	Truth  KeyKind = "truth"  // 0 or 1
)

func keyBy(by KeyBy) Key {
	kind := Text
	switch by {
	case ByScore:
		kind = Number
	case ByLength:
		kind = Whole
	}
	return Key{By: by, Name: string(by), Kind: kind}
}

// orderOf is the order of a source's rows when none is asked for; it ends with a key that no two rows share.
func orderOf(src Source) []Key {
	switch s := src.(type) {
	case *Search:
		score := keyBy(ByScore)
		score.Desc, score.Name = true, "-score"
		return []Key{score, keyBy(ByThingID)}
	case *Between:
		return []Key{keyBy(ByLength), keyBy(ByRoute)}
	case *Changes:
		return []Key{keyBy(ByDate), keyBy(ByWhat), keyBy(ByChangeID)}
	case *Ending:
		return []Key{keyBy(ByEnd), keyBy(ByThingID)}
	case *Facts:
		return []Key{keyBy(ByKind), keyBy(ByFactID)}
	case *Hops:
		if s.Single() {
			return []Key{keyBy(ByName), keyBy(ByThingID), keyBy(ByTieID)}
		}
	}
	return []Key{keyBy(ByName), keyBy(ByThingID)}
}

// order reads what a list is to be ordered by, and puts the source's own order behind it.
func (p *planning) order(t *graphmap.Type, src Source, asked []any) ([]Key, error) {
	hops, _ := src.(*Hops)
	var out []Key
	add := func(k Key) {
		if !slices.ContainsFunc(out, func(o Key) bool {
			return strings.TrimPrefix(o.Name, "-") == strings.TrimPrefix(k.Name, "-") && k.Amount == nil
		}) {
			out = append(out, k)
		}
	}
	for _, e := range asked {
		k, err := p.key(t, hops, e.(map[string]any))
		if err != nil {
			return nil, err
		}
		add(k)
	}
	for _, k := range orderOf(src) {
		add(k)
	}
	return out, nil
}

// key reads one entry of an order: an object with exactly one field.
func (p *planning) key(t *graphmap.Type, hops *Hops, entry map[string]any) (Key, error) {
	names := slices.Sorted(maps.Keys(entry))
	if len(names) != 1 {
		return Key{}, badInput("orderBy: each entry names exactly one field, not %d: write [{first: ASC}, {second: DESC}]", len(names))
	}
	name, v := names[0], entry[names[0]]
	if name == "edge" {
		return p.edgeKey(hops, v.(map[string]any))
	}
	f := t.Field(name)
	if len(f.Hops) > 0 {
		return p.amountKey(f, v.(map[string]any))
	}
	k := propertyKey(ByProperty, f, v == "DESC")
	switch name {
	case "name":
		k.By = ByName
	case "id":
		k.By = ByThingID
	}
	return k, nil
}

func propertyKey(by KeyBy, f *graphmap.Field, desc bool) Key {
	of := operand(f)
	k := Key{By: by, Name: f.Name, Desc: desc, Of: of, Kind: of.Kind, Absent: !f.Type.NonNull}
	if desc {
		k.Name = "-" + k.Name
	}
	return k
}

func (p *planning) edgeKey(hops *Hops, entry map[string]any) (Key, error) {
	names := slices.Sorted(maps.Keys(entry))
	if len(names) != 1 {
		return Key{}, badInput("orderBy.edge: name exactly one field, not %d", len(names))
	}
	f, err := p.edgeField("orderBy.edge", hops, names[0])
	if err != nil {
		return Key{}, err
	}
	k := propertyKey(ByEdge, f, entry[names[0]] == "DESC")
	k.Name = strings.Replace(k.Name, f.Name, "edge."+f.Name, 1)
	return k, nil
}

// amountKey reads an order by what is behind a connection.
func (p *planning) amountKey(f *graphmap.Field, v map[string]any) (Key, error) {
	a, err := p.amount("orderBy."+f.Name, f, v)
	if err != nil {
		return Key{}, err
	}
	k := Key{By: ByAmount, Kind: Whole, Amount: a, Name: f.Name + "." + strings.ToLower(a.Measure.Make), Desc: v["direction"] == "DESC"}
	if of, ok := v["of"].(string); ok {
		k.Name += "." + strings.ToLower(of)
	}
	if a.Measure.Make == "AVG" || a.Measure.Of != nil && a.Measure.Of.Kind == Number {
		k.Kind = Number
	}
	k.Absent = a.Measure.Make != "COUNT" && a.Measure.Make != "SUM"
	if k.Desc {
		k.Name = "-" + k.Name
	}
	return k, nil
}

// onAnyEdge are the fields that every relationship has.
var onAnyEdge = []string{"since", "until", "sourceCount"}

// edgeField finds a field of the one relationship that ties the rows of a list to where it was asked.
func (p *planning) edgeField(at string, hops *Hops, name string) (*graphmap.Field, error) {
	switch {
	case hops == nil:
		return nil, badInput("%s: nothing ties the rows of this list to anything: ask for it on a connection of a thing", at)
	case !hops.Single():
		return nil, badInput("%s: this connection follows more than one relationship: ask for it on one that follows one", at)
	}
	rel := p.Map.Relationships[hops.Steps[0].Over]
	f := p.Map.Types["Relationship"].Field(name)
	if carried := slices.Concat(rel.Properties, onAnyEdge); !slices.Contains(carried, name) {
		return nil, badInput("%s.%s: %s carries no %s; it carries %s", at, name, rel.Type, name, strings.Join(carried, ", "))
	}
	return f, nil
}
