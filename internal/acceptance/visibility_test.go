package acceptance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// visibleNetwork has a university of ours and one of others, each with a school, bases in several states, a student and
// a placement, and one thing of every other type that leads to them.
const visibleNetwork = `
nodes/Alliance.yaml
- {id: all_ours, name: Ours}
- {id: all_theirs, name: Theirs}

nodes/University.yaml
- {id: uni_other, name: Other}
- {id: uni_own, name: Own}

nodes/School.yaml
- {id: sch_other, name: Other school}
- {id: sch_own, name: Own school}

nodes/Enterprise.yaml
- {id: ent_host, name: Host}
- {id: ent_works, name: Works}

nodes/ResearchCenter.yaml
- {id: res_one, name: Centre}

nodes/GovernmentBody.yaml
- {id: gov_one, name: Ministry}

nodes/Association.yaml
- {id: asc_one, name: Association}

nodes/PracticeBase.yaml
- {id: bas_draft-other, name: Draft of others, status: DRAFT, contact: 1, places: 3}
- {id: bas_draft-own, name: Draft of ours, status: DRAFT, contact: 2, places: 4}
- {id: bas_hosted, name: Hosted, status: EXPIRED, contact: 3}
- {id: bas_open, name: Open, status: ACTIVE, contact: 4, places: 10}
- {id: bas_published, name: Published, contact: 5}
- {id: bas_sent-other, name: Sent by others, status: SUBMITTED, contact: 6}
- {id: bas_sent-own, name: Sent by us, status: IN_REVIEW, contact: 7}
- {id: bas_stopped, name: Stopped, status: SUSPENDED, contact: 8}

nodes/Agreement.yaml
- {id: agr_other, name: Agreement of others, number: N-1, fileHash: aa}
- {id: agr_own, name: Agreement of ours, number: N-2, fileHash: bb}

nodes/Student.yaml
- {id: stu_guest, name: Guest, studentNumber: S3, summary: A guest., aliases: [{name: G.}]}
- {id: stu_other, name: Other student, studentNumber: S2, summary: Theirs., website: https://b.example}
- {id: stu_own, name: Own student, nameZh: 李, studentNumber: S1, summary: Ours.}

nodes/Placement.yaml
- {id: plc_guest, name: Guest at Hosted, status: ACTIVE}
- {id: plc_other, name: Other at Open, status: ACTIVE, summary: Theirs.}
- {id: plc_own, name: Own at Open, status: PLANNED, summary: Ours.}

nodes/Policy.yaml
- {id: pol_one, name: Policy}

nodes/Program.yaml
- {id: prg_one, name: Programme}

nodes/Competition.yaml
- {id: cmp_one, name: Competition}

nodes/CompetitionEdition.yaml
- {id: edn_one, name: Edition}

nodes/Award.yaml
- {id: awd_one, name: Award}

nodes/Event.yaml
- {id: evt_one, name: Event}

nodes/Person.yaml
- {id: per_one, name: Supervisor}

nodes/Discipline.yaml
- {id: dis_one, name: Chemistry}

nodes/Industry.yaml
- {id: ind_one, name: Chemicals}

nodes/Place.yaml
- {id: loc_one, name: Wuhan, kind: CITY}

nodes/Metric.yaml
- {id: met_one, name: Figure, value: 3}

nodes/Source.yaml
- {id: src_one, name: Source}

relationships/MEMBER_OF.yaml
- {from: uni_other, to: all_theirs}
- {from: uni_own, to: all_ours}

relationships/PART_OF.yaml
- {from: sch_other, to: uni_other}
- {from: sch_own, to: uni_own}

relationships/HOSTS.yaml
- {from: ent_host, to: bas_hosted}
- {from: ent_works, to: bas_draft-other}
- {from: ent_works, to: bas_draft-own}
- {from: ent_works, to: bas_open}
- {from: ent_works, to: bas_sent-other}
- {from: ent_works, to: bas_sent-own}
- {from: ent_works, to: bas_stopped}

relationships/SERVES.yaml
- {from: bas_draft-other, to: uni_other}
- {from: bas_draft-own, to: sch_own}
- {from: bas_hosted, to: uni_other}
- {from: bas_open, to: uni_other}
- {from: bas_sent-other, to: sch_other}
- {from: bas_sent-own, to: uni_own}
- {from: bas_stopped, to: uni_other}

relationships/ENROLLED_AT.yaml
- {from: stu_guest, to: uni_other}
- {from: stu_other, to: sch_other}
- {from: stu_own, to: sch_own}

relationships/STUDIES.yaml
- {from: stu_guest, to: dis_one}
- {from: stu_other, to: dis_one}
- {from: stu_own, to: dis_one}

relationships/HAS_PLACEMENT.yaml
- {from: stu_guest, to: plc_guest}
- {from: stu_other, to: plc_other}
- {from: stu_own, to: plc_own}

relationships/AT.yaml
- {from: plc_guest, to: bas_hosted}
- {from: plc_other, to: bas_open}
- {from: plc_own, to: bas_open}

relationships/SUPERVISES.yaml
- {from: per_one, to: plc_guest}
- {from: per_one, to: plc_other}
- {from: per_one, to: plc_own}

relationships/PARTY_TO.yaml
- {from: loc_one, to: agr_other}
- {from: uni_other, to: agr_other}
- {from: uni_own, to: agr_own}

relationships/GOVERNED_BY.yaml
- {from: bas_draft-other, to: agr_other}
- {from: bas_draft-own, to: agr_own}
- {from: prg_one, to: agr_other}

relationships/OFFERS.yaml
- {from: bas_draft-other, to: dis_one, places: 3}
- {from: bas_draft-own, to: dis_one, places: 4}
- {from: bas_open, to: dis_one, places: 10}

relationships/OPENED_AT.yaml
- {from: bas_draft-other, to: evt_one}
- {from: bas_open, to: evt_one}

relationships/LOCATED_IN.yaml
- {from: bas_draft-other, to: loc_one}
- {from: bas_open, to: loc_one}
- {from: stu_other, to: loc_one}

relationships/MEASURES.yaml
- {from: met_one, to: bas_draft-other}

relationships/ESTABLISHED.yaml
- {from: res_one, to: bas_draft-other}
- {from: res_one, to: bas_open}
`

// The viewers, and what each sees of the things that not everybody sees: nothing (-), a part (p) or the whole (w).
var viewers = []string{
	"public", "analyst", "office:uni_own", "office:ent_host", "reviewer:all_ours", "reviewer:uni_other", "analyst, office:uni_own", "admin",
}

var sights = map[string]string{ // in the order of viewers
	"bas_open":        "p p p p p w p w",
	"bas_hosted":      "p p p w p w p w",
	"bas_published":   "p p p p p p p w",
	"bas_draft-own":   "- - w - - - w w",
	"bas_draft-other": "- - - - - - - w",
	"bas_sent-own":    "- - w - w - w w",
	"bas_sent-other":  "- - - - - w - w",
	"bas_stopped":     "- - - - - w - w",
	"agr_own":         "p p w p w p w w",
	"agr_other":       "p p p p p w p w",
	"stu_own":         "- p w - - - w w",
	"stu_other":       "- p - - - - p w",
	"stu_guest":       "- p - w - - p w",
	"plc_own":         "- p w - - - w w",
	"plc_other":       "- p - - - - p w",
	"plc_guest":       "- p - w - - p w",
}

// confidential are the fields that only those see who see the whole thing.
var confidential = map[string][]string{
	"PracticeBase": {"contact", "insuredUntil", "submittedAt"},
	"Agreement":    {"number", "fileHash"},
	"Student":      {"name", "nameZh", "aliases", "summary", "website", "studentNumber"},
	"Placement":    {"name", "nameZh", "aliases", "summary", "website"},
}

// sees is '-', 'p' or 'w'.
func sees(viewer int, id string) byte {
	if stated, ok := sights[id]; ok {
		return strings.Fields(stated)[viewer][0]
	}
	return 'w'
}

// TestVisibility holds every field of every type against what each viewer must see of it: a cell is one field of one
// thing for one viewer. What is expected of a cell follows from the two tables above and from what an administrator sees.
func TestVisibility(t *testing.T) {
	r := serveNetwork(t, visibleNetwork)
	ids := map[string][]string{}
	for _, line := range strings.Split(visibleNetwork, "\n") {
		if rest, ok := strings.CutPrefix(line, "- {id: "); ok {
			id, _, _ := strings.Cut(rest, ",")
			ids[id[:3]] = append(ids[id[:3]], id)
		}
	}
	cells := 0
	for _, of := range r.m.Things() {
		if len(ids[of.Prefix]) == 0 {
			t.Errorf("the network has no %s", of.Name)
			continue
		}
		for _, id := range ids[of.Prefix] {
			if _, stated := sights[id]; stated == (of.Seen == "ANYONE") {
				t.Errorf("%s: state who sees it if not everybody does", id)
			}
		}
		query, fields := everyField(of, ids[of.Prefix])
		whole := r.as("admin").nodes(query)
		for v, viewer := range viewers {
			got := r.as(viewer).nodes(query)
			for i, id := range ids[of.Prefix] {
				for _, f := range fields {
					cells++
					var answered any
					if got[i] != nil {
						answered = got[i][f.Name]
					}
					if want := expected(v, id, of, f, whole[i][f.Name]); !equal(answered, want) || (got[i] == nil) != (sees(v, id) == '-') {
						t.Errorf("%s sees %s.%s of %s as %s, must see %s", viewer, of.Name, f.Name, id, text(answered), text(want))
					}
				}
			}
		}
	}
	t.Logf("%d cells", cells)
	if cells < 1000 {
		t.Errorf("only %d cells", cells)
	}
}

// everyField asks for every field of things of a type, of what lies behind it the ids.
func everyField(of *graphmap.Type, ids []string) (string, []*graphmap.Field) {
	var asked []string
	var fields []*graphmap.Field
	for _, f := range of.Fields {
		switch {
		case f.Analysis != nil: // see TestPeople
			continue
		case f.Resolved:
			asked = append(asked, f.Name+" { action }")
		case f.Target == nil:
			asked = append(asked, f.Name)
		case f.Target.Kind == graphmap.Connection:
			asked = append(asked, f.Name+" { nodes { id } }")
		case f.Target.Kind == graphmap.Item:
			asked = append(asked, f.Name+" { __typename }")
		case f.Target.Kind == graphmap.Point:
			asked = append(asked, f.Name+" { latitude }")
		default:
			asked = append(asked, f.Name+" { id }")
		}
		fields = append(fields, f)
	}
	list, _ := json.Marshal(ids)
	return fmt.Sprintf("{ nodes(ids: %s, asOf: \"2026-01-01\") { ... on %s { %s } } }", list, of.Name, strings.Join(asked, " ")), fields
}

func (r *running) as(viewer string) *running {
	r.viewer = viewerCalled(viewer)
	return r
}

// viewerCalled is a viewer as access.Parse reads one, with a subject of its own unless it is the public.
func viewerCalled(text string) access.Viewer {
	v, err := access.Parse(text)
	if err != nil {
		panic(err)
	}
	if v.Roles != 0 {
		v.Subject = "test|" + text
	}
	return v
}

func (r *running) nodes(query string) []map[string]any {
	r.Helper()
	var out struct{ Nodes []map[string]any }
	r.ask(query, &out)
	return out.Nodes
}

// expected is what a viewer must see of a field, of which an administrator sees whole.
func expected(viewer int, id string, of *graphmap.Type, f *graphmap.Field, whole any) any {
	switch sees(viewer, id) {
	case '-':
		return nil
	case 'p':
		if slices.Contains(confidential[of.Name], f.Name) {
			switch f.Name {
			case "name":
				return id
			case "aliases":
				return []any{}
			}
			return nil
		}
	}
	far, _ := whole.(map[string]any)
	if list, ok := far["nodes"].([]any); ok {
		kept := []any{}
		for _, e := range list {
			if sees(viewer, e.(map[string]any)["id"].(string)) != '-' {
				kept = append(kept, e)
			}
		}
		return map[string]any{"nodes": kept}
	}
	if far["id"] != nil && sees(viewer, far["id"].(string)) == '-' {
		return nil
	}
	return whole
}

func equal(a, b any) bool { return text(sorted(a)) == text(sorted(b)) }

// sorted puts the things of a page in the order of their ids: whose name is hidden stands elsewhere.
func sorted(v any) any {
	if page, ok := v.(map[string]any); ok {
		if list, ok := page["nodes"].([]any); ok {
			list = slices.Clone(list)
			slices.SortFunc(list, func(a, b any) int { return strings.Compare(text(a), text(b)) })
			return list
		}
	}
	return v
}

func text(v any) string {
	out, _ := json.Marshal(v)
	return string(out)
}
