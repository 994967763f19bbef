package answer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/answer"
	"github.com/partnergraph/partnergraph/internal/plan"
)

func text(key string, column int, nonNull bool) plan.Field {
	return plan.Field{Key: key, Column: column, Value: plan.Value{Scalar: "String", NonNull: nonNull}}
}

// one is a selection for all types: an id that must be, a name that must be, a link to another such thing.
func one(link *plan.Selection, linkMustBe bool) *plan.Selection {
	s := &plan.Selection{
		Type:    -1,
		Columns: []plan.Column{&plan.Property{Name: "id"}, &plan.Property{Name: "name"}},
		Cases:   []plan.Case{{Fields: []plan.Field{text("id", 0, true), text("name", 1, true)}}},
	}
	if link != nil {
		s.Columns = append(s.Columns, &plan.Link{Of: link})
		s.Cases[0].Fields = append(s.Cases[0].Fields, plan.Field{Key: "link", Column: 2, Value: plan.Value{NonNull: linkMustBe}})
	}
	return s
}

// TestNulls: a null where one may not be makes its nearest parent null that may be, and is told with its path.
func TestNulls(t *testing.T) {
	cases := []struct {
		name  string
		of    *plan.Selection
		value any
		want  string
		paths []string
	}{
		{"whole", one(one(nil, false), false), []any{"a", "A", []any{"b", "B"}}, `{"id":"a","name":"A","link":{"id":"b","name":"B"}}`, nil},
		{"absent thing", one(nil, false), nil, `null`, nil},
		{"absent link", one(one(nil, false), false), []any{"a", "A", nil}, `{"id":"a","name":"A","link":null}`, nil},
		{"hole in a link that may be null", one(one(nil, false), false), []any{"a", "A", []any{"b", nil}}, `{"id":"a","name":"A","link":null}`, []string{"link.name"}},
		{"hole in a link that may not", one(one(nil, false), true), []any{"a", "A", []any{"b", nil}}, `null`, []string{"link.name"}},
		{"link that may not be null", one(one(nil, false), true), []any{"a", "A", nil}, `null`, []string{"link"}},
		{"strings that need escaping", one(nil, false), []any{"a\"\\\n", "<大>"}, `{"id":"a\"\\\n","name":"\u003c大\u003e"}`, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, faults := answer.Write(&plan.Plan{Start: &plan.ByID{Of: c.of}}, &plan.Values{}, c.value)
			var paths []string
			for _, f := range faults {
				paths = append(paths, f.Path.String())
			}
			if string(got) != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if diff := cmp.Diff(c.paths, paths); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCases: what is written of a thing follows its type.
func TestCases(t *testing.T) {
	s := &plan.Selection{
		Type:    0,
		Columns: []plan.Column{&plan.TypeOf{}, &plan.Property{Name: "name"}},
		Cases: []plan.Case{
			{Types: []string{"University", "School"}, Fields: []plan.Field{text("__typename", 0, true), text("name", 1, true)}},
			{Types: []string{"Place"}},
		},
	}
	for kind, want := range map[string]string{"School": `{"__typename":"School","name":"N"}`, "Place": `{}`} {
		got, _ := answer.Write(&plan.Plan{Start: &plan.ByID{Of: s}}, &plan.Values{}, []any{kind, "N"})
		if string(got) != want {
			t.Errorf("a %s is written as %s, not %s", kind, got, want)
		}
	}
}

// TestPages: the row too many says that there is more, and a page read backwards is turned round.
func TestPages(t *testing.T) {
	page := func(backward bool) *plan.Plan {
		return &plan.Plan{Start: &plan.List{Page: &plan.Page{
			Backward: backward, Limit: plan.Fixed(2), Parts: plan.Parts{Rows: true, Total: true, Earlier: true},
			Columns: []plan.Column{&plan.Node{Of: one(nil, false)}},
			Fields: []plan.PageField{
				{Key: "n", Part: plan.PageNodes},
				{Key: "i", Part: plan.PageInfo, Info: []plan.PageField{{Key: "next", Name: "hasNextPage"}, {Key: "previous", Name: "hasPreviousPage"}}},
				{Key: "t", Part: plan.PageTotal},
			},
		}}}
	}
	rows := func() []any {
		return []any{[]any{[]any{"1", "x"}}, []any{[]any{"2", "x"}}, []any{[]any{"3", "x"}}}
	}
	got, _ := answer.Write(page(false), &plan.Values{}, []any{rows(), int64(9), true})
	if want := `{"n":[{"id":"1","name":"x"},{"id":"2","name":"x"}],"i":{"next":true,"previous":true},"t":9}`; string(got) != want {
		t.Errorf("forward: %s", got)
	}
	got, _ = answer.Write(page(true), &plan.Values{}, []any{rows(), int64(9), false})
	if want := `{"n":[{"id":"2","name":"x"},{"id":"1","name":"x"}],"i":{"next":false,"previous":true},"t":9}`; string(got) != want {
		t.Errorf("backward: %s", got)
	}
}
