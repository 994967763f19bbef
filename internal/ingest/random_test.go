package ingest

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Whatever a network holds, its files are read into the same network; and the same network gives the same files.
func TestWriteThenRead(t *testing.T) {
	m := schema(t)
	rapid.Check(t, func(t *rapid.T) {
		n := randomNetwork(t, m)
		files, err := Write(m, n, "Trial")
		if err != nil {
			t.Fatal(err)
		}
		again, err := Write(m, &network.Network{Things: reversed(n.Things), Ties: reversed(n.Ties)}, "Trial")
		if err != nil || !reflect.DeepEqual(files, again) {
			t.Fatal("the order of the elements shows in the files", err)
		}
		dir := fstest.MapFS{}
		for name, text := range files {
			dir[name] = &fstest.MapFile{Data: text}
		}
		got, err := Read(m, dir)
		if err != nil {
			t.Fatalf("%v\n%s", err, all(files))
		}
		for _, one := range []*network.Network{n, got} {
			slices.SortFunc(one.Things, func(a, b network.Thing) int { return cmp.Compare(a.ID, b.ID) })
			slices.SortFunc(one.Ties, func(a, b network.Tie) int { return cmp.Compare(a.ID, b.ID) })
		}
		if !reflect.DeepEqual(got, n) {
			t.Fatalf("read\n%v\nwant\n%v\nfrom\n%s", got, n, all(files))
		}
	})
}

func reversed[T any](list []T) []T {
	out := slices.Clone(list)
	slices.Reverse(out)
	return out
}

func all(files map[string][]byte) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&b, "-- %s --\n%s", name, files[name])
	}
	return b.String()
}

// random draws networks of the schema.
type random struct {
	*rapid.T
	m   *graphmap.Map
	ids map[string][]string // of the things that others may name, by their type
}

func randomNetwork(t *rapid.T, m *graphmap.Map) *network.Network {
	r := random{t, m, map[string][]string{}}
	types := []*graphmap.Type{m.Types["Source"], m.Types["Source"]}
	for range r.count("things", 6) {
		types = append(types, m.Types[rapid.SampledFrom(namesOfThings(m)).Draw(t, "type")])
	}
	for i, of := range types {
		r.ids[of.Name] = append(r.ids[of.Name], fmt.Sprintf("%s_%d", of.Prefix, i))
	}
	n := &network.Network{}
	for i, of := range types {
		n.Things = append(n.Things, r.thing(of, fmt.Sprintf("%s_%d", of.Prefix, i)))
	}
	seen := map[string]bool{}
	for _, kind := range sortedKeys(m.Relationships) {
		rel := m.Relationships[kind]
		for i, from := range types {
			for j, to := range types {
				if !rel.Allows(from.Name, to.Name) || r.count("skip", 2) > 0 {
					continue
				}
				tie := r.tie(rel, n.Things[i].ID, n.Things[j].ID)
				if !seen[tie.ID] {
					seen[tie.ID] = true
					n.Ties = append(n.Ties, tie)
				}
			}
		}
	}
	complete(m, n)
	return n
}

func (r random) count(what string, most int) int { return rapid.IntRange(0, most).Draw(r.T, what) }

func (r random) thing(of *graphmap.Type, id string) network.Thing {
	p := r.properties(thingColumns(of), of.Begins, of.Ends)
	p["id"] = id
	return network.Thing{ID: id, Labels: r.m.Labels(of), Properties: p}
}

func (r random) tie(rel *graphmap.Rel, from, to string) network.Tie {
	p := r.properties(tieColumns(r.m, rel)[2:], "since", "until")
	key, _ := p["key"].(string)
	p["id"] = TieID(rel.Type, from, to, key)
	return network.Tie{ID: p["id"].(string), Type: rel.Type, From: from, To: to, Properties: p}
}

func (r random) properties(columns []column, begins, ends string) map[string]any {
	p := map[string]any{}
	for _, c := range columns {
		if c.absent != nil {
			p[c.property] = c.absent
		}
		if !c.required && r.count(c.name, 1) == 0 {
			continue
		}
		switch {
		case c.point:
			p[c.property] = network.Point{
				Latitude:  rapid.Float64Range(-90, 90).Draw(r.T, "latitude"),
				Longitude: rapid.Float64Range(-180, 180).Draw(r.T, "longitude"),
			}
		case c.parts != nil:
			r.rows(p, c)
		case c.list:
			p[c.property] = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return text(t) }), 1, 3).Draw(r.T, c.name)
		default:
			p[c.property] = r.value(c)
		}
	}
	if from, _ := p[begins].(string); from != "" && p[ends] != nil {
		p[ends] = from
	}
	return p
}

func (r random) rows(p map[string]any, c column) {
	count := 1 + r.count(c.name, 2)
	for _, part := range c.parts {
		if part.of == "DateTime" {
			list := make([]time.Time, count)
			for i := range list {
				list[i] = r.value(part).(time.Time)
			}
			p[part.property] = list
			continue
		}
		list := make([]string, count)
		for i := range list {
			if part.required || part.name == "recordedBy" || r.count(part.name, 1) > 0 {
				list[i] = r.value(part).(string)
			}
		}
		p[part.property] = list
	}
}

func (r random) value(c column) any {
	if d := r.m.Schema.Types[c.of]; d != nil && d.Kind == ast.Enum {
		return rapid.SampledFrom(d.EnumValues).Draw(r.T, c.name).Name
	}
	switch {
	case c.name == "creditCode":
		return "914403001922038216"
	case c.name == "key":
		return rapid.StringMatching(`[a-z0-9][a-z0-9-]{0,5}`).Draw(r.T, "key")
	case c.refers:
		return rapid.SampledFrom(r.ids[c.of]).Draw(r.T, c.name)
	}
	switch c.of {
	case "Boolean":
		return rapid.Bool().Draw(r.T, c.name)
	case "Int":
		return int64(rapid.Int32().Draw(r.T, c.name))
	case "Float":
		return rapid.Float64Range(-math.MaxFloat64, math.MaxFloat64).Draw(r.T, c.name)
	case "PartialDate":
		return rapid.StringMatching(`(19|20)[0-9]{2}(-0[1-9](-[01][1-9])?)?`).Draw(r.T, c.name)
	case "DateTime":
		return time.Unix(rapid.Int64Range(0, 4e9).Draw(r.T, c.name), rapid.SampledFrom([]int64{0, 0, 123456789}).Draw(r.T, "ns")).UTC()
	}
	return text(r.T)
}

// text draws what people write, and what YAML might take for something else.
func text(t *rapid.T) string {
	words := rapid.SliceOfN(rapid.OneOf(
		rapid.SampledFrom([]string{
			"2019", "2023-06-26", "null", "~", "true", "no", "YES", "1e3", "0x1F", ".inf", "-", "?", ":", "a: b", "#", " # ", "&a", "*a", "!t", "|", ">",
			"%", "@", "`", `"`, "'", `\`, "{", "}", "[", "]", ",", "¶3, ¶4", "江苏大学", "“互联网+”", "é", "\n", "\t", "\u00a0", "\u2028", "\u0085", "\ufeff", "😀", "---", "<<", "=",
		}),
		rapid.String(),
	), 1, 4).Draw(t, "words")
	if s := strings.TrimSpace(strings.Join(words, rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))); s != "" {
		return s
	}
	return "x"
}
