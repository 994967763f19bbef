package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
)

var byScore = []plan.Key{{By: plan.ByScore, Name: "-score", Kind: plan.Number, Desc: true}, {By: plan.ByThingID, Name: "id", Kind: plan.Text}}

func TestCursorsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := []any{rapid.Float64Range(0, 1).Draw(t, "score"), rapid.String().Draw(t, "id")}
		got, err := plan.ReadCursor("after", plan.WriteCursor(byScore, want), byScore)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestWhatIsNoCursorIsRefused(t *testing.T) {
	byName := []plan.Key{{By: plan.ByName, Name: "name", Kind: plan.Text}, {By: plan.ByThingID, Name: "id", Kind: plan.Text}}
	for _, s := range []string{"", "x", "e30", plan.WriteCursor(byName, []any{"a", "b"}), plan.WriteCursor(byScore, []any{"a", "b"}), plan.WriteCursor(byScore, []any{1.0})} {
		if _, err := plan.ReadCursor("after", s, byScore); network.CodeOf(err) != network.BadUserInput {
			t.Errorf("%q gives %v", s, err)
		}
	}
}
