package acceptance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/internal/store"
)

// mostHits are the lookups that it may take a database to find that a thing exists and that its rule hides it, by who
// asks: who has no organisations needs a property of it at most, the others the way from it to theirs.
var mostHits = map[string]int64{"public": 10, "office:uni_own": 45}

// TestHiddenIsAsAbsent asks about what a viewer may not see in every way that names it, and again by an id that nothing
// has. The answer is the same to the byte, cost and errors included, by as many statements; and the database looks up
// the thing and what its rule needs, and nothing of what was asked.
func TestHiddenIsAsAbsent(t *testing.T) {
	r := serveNetwork(t, visibleNetwork)
	planner := &plan.Planner{Map: r.m, Today: func() network.Day { return today }}
	ids := slices.Sorted(maps.Keys(sights))
	compared, measured := 0, map[string]int64{}
	for v, viewer := range viewers {
		r.as(viewer)
		done := map[string]bool{}
		for _, id := range ids {
			if sees(v, id) != '-' {
				continue
			}
			of := r.m.ByPrefix(id[:3])
			absent := of.Prefix + "_" + strings.Repeat("z", len(id)-4)
			most, measures := mostHits[viewer]
			measures = measures && !done[of.Name]
			done[of.Name] = true
			for _, q := range askAbout(r, of) {
				compared++
				is, none := r.about(q.text, id), r.about(q.text, absent)
				if is != none {
					t.Errorf("%s asks about %s: %s\nanswered as %+v\nand if it were absent as %+v", viewer, id, q.text, is, none)
				}
				if !measures {
					continue
				}
				more := r.hits(planner, q.text, id) - r.hits(planner, q.text, absent)
				measured[viewer] = max(measured[viewer], more/q.times)
				if more > q.times*most {
					t.Errorf("%s asks about %s: %s\nmakes the database look up %d times more than if it were absent", viewer, id, q.text, more)
				}
			}
		}
	}
	t.Logf("%d questions; lookups for what is hidden, beyond those for what is absent: %v", compared, measured)
}

// question names a thing by the variable $id, and looks for it so many times.
type question struct {
	text  string
	times int64
}

// askAbout are all ways to name a thing of a type.
func askAbout(r *running, of *graphmap.Type) (out []question) {
	whole, _ := everyField(of, nil)
	whole = strings.TrimSuffix(whole[strings.Index(whole, "... on"):], " } }")
	add := func(times int64, format string, args ...any) {
		out = append(out, question{"query ($id: ID!) { " + fmt.Sprintf(format, args...) + " }", times})
	}
	add(1, `node(id: $id) { %s }`, whole)
	add(1, `nodes(ids: ["uni_own", $id]) { id name }`)
	add(1, `neighborhood(of: $id, depth: 2) { center { id } nodes { id } totalCount }`)
	add(2, `paths(from: $id, to: "uni_own") { nodes { length } totalCount }`)
	add(2, `paths(from: "uni_own", to: $id) { totalCount }`)
	for _, name := range slices.Sorted(maps.Keys(r.m.Roots)) {
		root := r.m.Roots[name]
		switch {
		case root.Start == "ID" && root.Target == of:
			add(1, `%s(id: $id) { id name }`, name)
		case root.Start == "ALL" && root.Target.Node == of:
			add(3, `%s(where: {id: {in: [$id]}}) { nodes { id } totalCount aggregate { count } }`, name)
			add(2, `%s(where: {not: {id: {eq: $id}}}) { nodes { id } totalCount }`, name)
		case root.Start == "ALL" && root.Target.Node.Kind == graphmap.Thing:
			for _, f := range root.Target.Node.Fields {
				if f.Target != nil && f.Target.Kind == graphmap.Connection && f.Target.Node == of {
					add(1, `%s(where: {%s: {some: {id: {in: [$id]}}}}) { totalCount }`, name, f.Name)
				}
			}
		}
	}
	return out
}

// told is all that somebody who asks about an id is told, but for the id itself, and how many statements it took.
type told struct {
	status     int
	answer     string
	statements int64
}

func (r *running) about(query, id string) told {
	r.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]string{"id": id}})
	if err != nil {
		r.Fatal(err)
	}
	request, err := http.NewRequestWithContext(r.Context(), http.MethodPost, r.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		r.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	before := r.statements.Load()
	response, answer := r.do(request)
	return told{response.StatusCode, strings.ReplaceAll(answer, id, "$id"), r.statements.Load() - before}
}

// hits is how often the database looks something up to answer a query about an id.
func (r *running) hits(planner *plan.Planner, query, id string) (out int64) {
	r.Helper()
	variables, err := json.Marshal(map[string]string{"id": id})
	if err != nil {
		r.Fatal(err)
	}
	plans, err := graph.Plans(planner, r.viewer, query, variables)
	if err != nil {
		r.Fatal(err)
	}
	var add func(*store.Operator)
	add = func(o *store.Operator) {
		out += o.Hits
		for _, below := range o.Of {
			add(below)
		}
	}
	for _, p := range plans {
		profile, err := r.store.Profile(r.Context(), p.Text, p.Params)
		if err != nil {
			r.Fatal(err)
		}
		add(profile.Root)
	}
	return out
}

// TestATieOfWhatIsHidden: whoever names a tie at something hidden is told what they are told of one that isn't there, and of
// one of another kind.
func TestATieOfWhatIsHidden(t *testing.T) {
	r := serveNetwork(t, visibleNetwork)
	r.as("office:uni_own")
	asked := 0
	for _, rel := range r.m.Relationships {
		if rel.Noun == "" {
			continue
		}
		end := fmt.Sprintf(`mutation ($id: ID!) { %sEnd(input: {id: $id, until: "2026-01-01"}) { id userErrors { message } } }`, rel.Noun)
		none := r.about(end, "rel_at_plc_nobody_bas_nowhere")
		if !strings.Contains(none.answer, `"NOT_FOUND"`) {
			t.Errorf("%s of nothing answers %s", rel.Noun, none.answer)
		}
		for _, id := range []string{
			"rel_at_plc_other_bas_open", "rel_has-placement_stu_other_plc_other", "rel_located-in_bas_draft-other_loc_one", "rel_located-in_stu_other_loc_one",
			"rel_governed-by_bas_draft-other_agr_other", "rel_hosts_ent_works_bas_draft-other", "rel_measures_met_one_bas_draft-other",
			"rel_established_res_one_bas_draft-other", "rel_opened-at_bas_draft-other_evt_one", "rel_supervises_per_one_plc_other",
		} {
			asked++
			if is := r.about(end, id); is.status != none.status || is.answer != none.answer {
				t.Errorf("%s of %s answers %+v, and of nothing %+v", rel.Noun, id, is, none)
			}
		}
	}
	if asked < 50 {
		t.Errorf("asked %d times only", asked)
	}
}
