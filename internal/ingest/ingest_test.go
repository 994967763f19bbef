package ingest

import (
	"bytes"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/partnergraph/partnergraph/internal/names"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Reading the real dataset and writing it gives its files, byte for byte.
func TestDatasetRoundTrip(t *testing.T) {
	m, dir := schema(t), os.DirFS("../../dataset")
	n, err := Read(m, dir)
	if err != nil {
		t.Fatal(err)
	}
	files, err := Write(m, n, "Five documents")
	if err != nil {
		t.Fatal(err)
	}
	err = fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		want, err := fs.ReadFile(dir, name)
		if got, there := files[name]; !there {
			t.Errorf("%s is not written", name)
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s is written otherwise:\n%s", name, firstDifference(string(got), string(want)))
		}
		delete(files, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range files {
		t.Errorf("%s is written and was not there", name)
	}
}

func firstDifference(got, want string) string {
	wanted := strings.Split(want, "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(wanted) || line != wanted[i] {
			return "got  " + line + "\nwant " + strings.Join(wanted[min(i, len(wanted)):min(i+1, len(wanted))], "")
		}
	}
	return "the end is missing"
}

func TestStoredForm(t *testing.T) {
	dir := fstest.MapFS{
		"dataset.yaml": {Data: []byte("name: Trial\nrecordedBy: editors\nrecordedAt: 2026-11-21T08:00:00+08:00\n")},
		"nodes/Source.yaml": {Data: []byte(`
- {id: src_old, name: Old page, publishedOn: 2020-10}
- {id: src_new, name: New page, publishedOn: 2023-06-28}
- {id: src_undated, name: Undated page}
`)},
		"nodes/University.yaml": {Data: []byte(`
- id: uni_jiangsu
  name: Jiangsu University
  nameZh: 江苏大学
  kind: UNIVERSITY
  founded: 1902
  specialities: [agricultural machinery]
  aliases:
    - {name: JSU, source: src_new, locator: ¶9}
    - {name: Kiangsu}
  evidence:
    - {source: src_new, locator: "¶9, ¶12"}
    - {source: src_old, recordedBy: me, recordedAt: 2026-01-02T03:04:05Z}
`)},
		"nodes/Alliance.yaml": {Data: []byte("- {id: all_delta, name: Delta, founded: 2015-09, dissolved: 2024}\n")},
		"nodes/Place.yaml":    {Data: []byte("- {id: loc_here, name: Here, synthetic: true, position: {latitude: 31.2, longitude: -121}}\n")},
		"relationships/MEMBER_OF.yaml": {Data: []byte(`
- from: uni_jiangsu
  to: all_delta
  evidence: [{source: src_undated}, {source: src_new}, {source: src_old}]
- {from: uni_jiangsu, to: all_delta, key: again, role: PARTNER, since: 2023-06, until: 2023}
`)},
	}
	n, err := Read(schema(t), dir)
	if err != nil {
		t.Fatal(err)
	}
	day := func(y int, m time.Month, d int) network.Day { return network.NewDay(y, m, d) }
	recorded := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	all := names.Forms("Jiangsu University", "江苏大学", []string{"JSU", "Kiangsu"})
	var forms, texts, kinds []string
	for _, f := range all {
		forms, texts, kinds = append(forms, f.Folded), append(texts, f.Text), append(kinds, string(f.Kind))
	}
	want := map[string]map[string]any{
		"uni_jiangsu": {
			"id": "uni_jiangsu", "name": "Jiangsu University", "nameZh": "江苏大学", "kind": "UNIVERSITY", "synthetic": false,
			"nameKey": "jiangsu university", "nameZhKey": "江苏大学", "sourceCount": int64(2),
			"founded": "1902", "foundedEarliest": day(1902, 1, 1), "foundedLatest": day(1902, 12, 31),
			"holdsFrom": day(1902, 1, 1), "holdsUntil": network.Forever,
			"specialities": []string{"agricultural machinery"},
			"aliases":      []string{"JSU", "Kiangsu"}, "aliasSources": []string{"src_new", ""}, "aliasLocators": []string{"¶9", ""},
			"sources": []string{"src_new", "src_old"}, "locators": []string{"¶9, ¶12", ""}, "recordedBy": []string{"editors", "me"},
			"recordedAt":  []time.Time{recorded, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)},
			"searchForms": forms, "searchTexts": texts, "searchKinds": kinds, "searchText": names.IndexText(all),
		},
		"all_delta": {
			"nameKey": "delta", "sourceCount": int64(0),
			"id": "all_delta", "name": "Delta", "synthetic": false, "founded": "2015-09", "dissolved": "2024",
			"foundedEarliest": day(2015, 9, 1), "foundedLatest": day(2015, 9, 30),
			"dissolvedEarliest": day(2024, 1, 1), "dissolvedLatest": day(2024, 12, 31),
			"holdsFrom": day(2015, 9, 1), "holdsUntil": day(2024, 12, 31),
			"searchForms": []string{"delta"}, "searchKinds": []string{"NAME"}, "searchTexts": []string{"Delta"}, "searchText": "delta",
		},
		"loc_here": {
			"nameKey": "here", "sourceCount": int64(0),
			"id": "loc_here", "name": "Here", "synthetic": true, "position": network.Point{Latitude: 31.2, Longitude: -121},
			"holdsFrom": network.Always, "holdsUntil": network.Forever,
			"searchForms": []string{"here"}, "searchKinds": []string{"NAME"}, "searchTexts": []string{"Here"}, "searchText": "here",
		},
		"rel_member-of_uni_jiangsu_all_delta": {
			"id": "rel_member-of_uni_jiangsu_all_delta", "holdsFrom": day(2015, 9, 1), "holdsUntil": network.Forever,
			"attestedOn": day(2020, 10, 1), "sourceCount": int64(3),
			"sources": []string{"src_undated", "src_new", "src_old"}, "locators": []string{"", "", ""},
			"recordedBy": []string{"editors", "editors", "editors"}, "recordedAt": []time.Time{recorded, recorded, recorded},
		},
		"rel_member-of_uni_jiangsu_all_delta_again": {
			"id": "rel_member-of_uni_jiangsu_all_delta_again", "key": "again", "role": "PARTNER", "sourceCount": int64(0),
			"since": "2023-06", "sinceEarliest": day(2023, 6, 1), "sinceLatest": day(2023, 6, 30),
			"until": "2023", "untilEarliest": day(2023, 1, 1), "untilLatest": day(2023, 12, 31),
			"holdsFrom": day(2023, 6, 1), "holdsUntil": day(2023, 12, 31),
		},
	}
	got, labels := map[string]map[string]any{}, map[string][]string{}
	for _, thing := range n.Things {
		got[thing.ID], labels[thing.ID] = thing.Properties, thing.Labels
	}
	for _, tie := range n.Ties {
		got[tie.ID] = tie.Properties
	}
	for id, p := range want {
		if digest, _ := got[id]["digest"].(string); len(digest) != 64 {
			t.Errorf("%s has the digest %q", id, digest)
		}
		delete(got[id], "digest")
		if !reflect.DeepEqual(got[id], p) {
			t.Errorf("%s is stored as\n%v\nwant\n%v", id, got[id], p)
		}
	}
	if !slices.Equal(labels["uni_jiangsu"], []string{"University", "Organization", "Node"}) {
		t.Errorf("a university has the labels %v", labels["uni_jiangsu"])
	}
}

func TestDiff(t *testing.T) {
	m := schema(t)
	n, err := Read(m, os.DirFS("../../dataset"))
	if err != nil {
		t.Fatal(err)
	}
	first := Diff(n, nil)
	if len(first.CreateThings) != len(n.Things) || len(first.CreateTies) != len(n.Ties) || first.Unchanged != 0 {
		t.Errorf("into an empty network it creates %d things and %d ties", len(first.CreateThings), len(first.CreateTies))
	}
	stored := map[string]string{}
	for _, thing := range n.Things {
		stored[thing.ID] = thing.Properties["digest"].(string)
	}
	for _, tie := range n.Ties {
		stored[tie.ID] = tie.Properties["digest"].(string)
	}
	if again := Diff(n, stored); !reflect.DeepEqual(again, Changes{Unchanged: len(stored)}) {
		t.Errorf("the second time it changes %+v", again)
	}
	thing, tie := n.Things[3], n.Ties[5]
	stored[thing.ID], stored[tie.ID] = "changed", "changed"
	stored["uni_gone"], stored["all_gone"] = "x", "x"
	delete(stored, n.Things[4].ID)
	want := Changes{
		CreateThings: n.Things[4:5], UpdateThings: []network.Thing{thing}, UpdateTies: []network.Tie{tie},
		Unchanged: len(stored) - 4, Missing: []string{"all_gone", "uni_gone"},
	}
	if got := Diff(n, stored); !reflect.DeepEqual(got, want) {
		t.Errorf("it changes %+v, want %+v", got, want)
	}
}
