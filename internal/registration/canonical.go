package registration

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
)

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// tree is a content as JSON has it: objects, lists, texts, numbers.
func (c Content) tree() map[string]any {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // a Content holds texts, numbers and lists; NaN never comes past a reading
	}
	var out map[string]any
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&out); err != nil {
		panic(err)
	}
	return out
}

// content is what a clean tree says.
func content(tree any) Content {
	b, err := json.Marshal(tree)
	if err != nil {
		panic(err)
	}
	var c Content
	if err := json.Unmarshal(b, &c); err != nil {
		panic(err) // a reading gives what the types hold: a test compares Fields with them
	}
	return c
}

// clean is the tree of what the content says, whoever made it and however.
func (c Content) clean() map[string]any {
	var r reading
	clean, _ := r.value(Fields, c.tree(), nil).(map[string]any)
	switch {
	case len(r.problems) > 0:
		return c.tree() // can't be held, and so is never approved; it still has a form of its own
	case clean == nil:
		return map[string]any{}
	}
	return clean
}

// Canonical is the content as JSON, the same for all contents that say the same: texts in one normal form, fields by
// name, and lists in the order of what they hold, because none of them means anything by its order.
func (c Content) Canonical() []byte { return encode(inOrder(c.clean())) }

// Hash names the content: SHA-256 of its canonical form, in hex.
func (c Content) Hash() string {
	sum := sha256.Sum256(c.Canonical())
	return hex.EncodeToString(sum[:])
}

func inOrder(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, e := range v {
			out[name] = inOrder(e)
		}
		return out
	case []any:
		type element struct {
			value any
			key   []byte
		}
		elements := make([]element, len(v))
		for i, e := range v {
			value := inOrder(e)
			elements[i] = element{value, encode(value)}
		}
		slices.SortFunc(elements, func(a, b element) int { return bytes.Compare(a.key, b.key) })
		out := make([]any, len(v))
		for i, e := range elements {
			out[i] = e.value
		}
		return out
	}
	return v
}

func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
