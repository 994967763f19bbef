package cypher_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph/internal/cypher"
	"github.com/partnergraph/partnergraph/internal/network"
)

func TestWrite(t *testing.T) {
	n, r := cypher.Var("n"), cypher.Var("r")
	got := cypher.Write(cypher.Query{
		cypher.Match{
			Patterns: []cypher.Pattern{{
				Nodes: []cypher.NodePattern{{Var: n, Label: "University", ID: cypher.Param{Value: "uni_x' OR 1=1"}}, {Label: "odd `label"}},
				Rels:  []cypher.RelPattern{{Var: r, Types: []string{"A", "B"}, Direction: cypher.In, Least: 0, Most: 3, Where: cypher.Cmp(cypher.Prop{Of: r, Name: "d"}, "<", cypher.Param{Name: "day", Value: 1})}},
			}},
			Where: cypher.AndAll(
				cypher.OrAny(cypher.Lit("true"), cypher.NotExpr{Of: cypher.IsNull{Of: n}}),
				nil,
				cypher.AndAll(cypher.HasLabel{Of: n, Labels: []string{"A", "B"}}, cypher.Cmp(n, "=", cypher.Param{Name: "day", Value: 1})),
			),
		},
		cypher.Return{Items: []cypher.Item{{Of: cypher.List{n, cypher.Sub{Kind: "COUNT", Of: cypher.Query{cypher.Unwind{List: cypher.List{}, As: "x"}}}}, As: "answer"}}, Limit: cypher.Param{Value: 5}},
	})
	want := "MATCH (n:University {id: $p.v1})(()<-[r:A|B]-() WHERE r.d < $day){0,3}(:`odd ``label`)\n" +
		"  WHERE (true OR (NOT (n IS NULL))) AND (n:A|B) AND (n = $day)\n" +
		"RETURN [n, COUNT {\n" +
		"  UNWIND [] AS x\n" +
		"}] AS answer LIMIT $v3"
	if diff := cmp.Diff(want, got.Text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"p.v1": "uni_x' OR 1=1", "day": 1, "v3": 5}, got.Params); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
}

// TestFixed: the text of a file refers to its values as the tree does to its own.
func TestFixed(t *testing.T) {
	got := cypher.Write(cypher.Query{
		cypher.Fixed{Text: "MATCH (n)\n  WHERE $from <= n.day AND n.name IN $names AND n.none = $none\n", Params: map[string]any{
			"from": network.NewDay(2026, 11, 21), "names": []string{"a"}, "none": nil,
		}},
		cypher.Return{Items: []cypher.Item{{Of: cypher.Param{Value: "b"}, As: "answer"}}},
	})
	want := "MATCH (n)\n  WHERE $from <= n.day AND n.name IN $p.names AND n.none = $p.none\nRETURN $p.v4 AS answer"
	if diff := cmp.Diff(want, got.Text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	values := map[string]any{"from": network.NewDay(2026, 11, 21), "p.names": []string{"a"}, "p.none": nil, "p.v4": "b"}
	if diff := cmp.Diff(values, got.Params); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
}
