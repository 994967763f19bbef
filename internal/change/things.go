package change

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// Evidence is who says so: a source, and where in it.
type Evidence struct {
	Source, Locator string
}

// Create makes a thing of a type. Its properties are as they are stored, aliases as parallel lists. The id is made when
// it is not among them.
func (t *Tx) Create(kind string, properties map[string]any, evidence ...Evidence) (string, error) {
	of := t.writer.Map.Types[kind]
	if of == nil || of.Kind != graphmap.Thing {
		return "", fmt.Errorf("there are no things of the type %s", kind)
	}
	one := &thing{of: of, Thing: Thing{Type: of.Name}}
	one.Labels, one.Properties = t.writer.Map.Labels(of), said(properties)
	one.ID, _ = properties["id"].(string)
	if one.ID == "" {
		one.ID = of.Prefix + "_" + newID()
	} else {
		t.given = append(t.given, one.ID)
	}
	one.Properties["id"] = one.ID
	t.attest(one.Properties, evidence)
	if err := t.writer.completer.Fits(kind, one.Properties); err != nil {
		return "", err
	}
	if t.things[one.ID] != nil {
		return "", fmt.Errorf("%s is there already", one.ID)
	}
	t.things[one.ID] = one
	t.change(one.ID)
	return one.ID, nil
}

// said is what properties say: a nil says nothing.
func said(properties map[string]any) map[string]any {
	out := maps.Clone(properties)
	if out == nil {
		out = map[string]any{}
	}
	maps.DeleteFunc(out, func(_ string, v any) bool { return v == nil })
	return out
}

// Update changes properties of a locked thing; nil clears one. Evidence is for what it says from now on, and takes the
// place of what there was; without any, that stays.
func (t *Tx) Update(id string, properties map[string]any, evidence ...Evidence) error {
	one, err := t.held(id)
	if err != nil {
		return err
	}
	if to, given := properties["id"]; given && to != id {
		return fmt.Errorf("%s can't become %v: ids stay", id, to)
	}
	next := t.completer.Stated(one.of.Label, one.Properties)
	maps.Copy(next, properties)
	next = said(next)
	if len(evidence) > 0 {
		t.attest(next, evidence)
	}
	if err := t.writer.completer.Fits(one.of.Label, next); err != nil {
		return err
	}
	one.Properties = next
	t.change(id)
	return nil
}

// Touch gives a locked thing a new version though it holds what it did, since something was changed that belongs to it.
func (t *Tx) Touch(id string) error {
	one, err := t.held(id)
	if err == nil {
		one.touch = true
		t.change(id)
	}
	return err
}

// Delete takes a locked thing away with all its ties. It is for drafts, which nobody has relied on; the caller knows which
// are. The id is never used again.
func (t *Tx) Delete(id string) error {
	one, err := t.held(id)
	if err != nil {
		return err
	}
	for _, k := range t.ties {
		if k.From == id || k.To == id {
			t.remove(k)
		}
	}
	if one.before == nil {
		delete(t.things, id)
		t.leave(func(s string) bool { return s == id })
		return nil
	}
	one.deleted = true
	t.change(id)
	return nil
}

// attest says who says so, and when and by whom it was recorded.
func (t *Tx) attest(properties map[string]any, evidence []Evidence) {
	if len(evidence) == 0 {
		return
	}
	var sources, locators, by []string
	var at []time.Time
	for _, e := range evidence {
		sources, locators = append(sources, e.Source), append(locators, e.Locator)
		at, by = append(at, t.now), append(by, t.request.RecordedBy)
	}
	properties["sources"], properties["locators"], properties["recordedAt"], properties["recordedBy"] = sources, locators, at, by
}

// cites lists the sources that an element names: for what it says, and for its aliases.
func cites(properties map[string]any) []string {
	var out []string
	for _, property := range []string{"sources", "aliasSources"} {
		list, _ := properties[property].([]string)
		out = append(out, list...)
	}
	return slices.DeleteFunc(out, func(id string) bool { return id == "" })
}
