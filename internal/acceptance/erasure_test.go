package acceptance

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/change"
)

// everything is each property of each thing, record and relationship of the database, as text.
const everything = `MATCH (n) WITH collect([labels(n), properties(n)]) AS nodes
	OPTIONAL MATCH ()-[r]->() RETURN nodes, collect([type(r), properties(r)]) AS ties`

// holds lists those of some texts that are anywhere in the database.
func (r *running) holds(of ...string) []string {
	r.Helper()
	rows, err := r.store.Rows(context.Background(), everything, nil)
	if err != nil {
		r.Fatal(err)
	}
	all := fmt.Sprint(rows)
	var out []string
	for _, s := range of {
		if strings.Contains(strings.ToLower(all), strings.ToLower(s)) {
			out = append(out, s)
		}
	}
	return out
}

// Who a student is can be erased: nothing in the database tells it then, and the totals are what they were.
func TestErasure(t *testing.T) {
	r := serveNetwork(t, studentNetwork)
	r.as(eastOffice)
	ids, wrong := r.enrols("Enrol", student{"enrolledAt": "uni_east", "students": []student{
		{"name": "Ou-Yang Xiadan", "nameZh": "欧阳夏丹", "aliases": []string{"Summer Ouyang", `O"Y`}, "studentNumber": "ZZ-20240917", "summary": "Plays the erhu",
			"website": "https://xiadan.example", "disciplines": []string{"dis_physics"}, "cohort": "2024"},
		{"name": "Somebody Else", "disciplines": []string{"dis_physics"}},
	}})
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	id := ids[0]
	r.enrols("Update", student{"idempotencyKey": "k", "students": []student{{"id": id, "version": 1, "content": student{"name": "Ouyang Xiadan"}}}})
	placed := r.placed("Create", strings.Replace(agreed(id, "2026-12-01", "2027-02-01"), "hoursPerWeek: 40", "hoursPerWeek: 44", 1)[:len(agreed(id, "2026-12-01", "2027-02-01"))-1]+
		`, overrides: [{rule: "WORKING_HOURS", reason: "欧阳夏丹 asked for it"}]}`)
	r.placed("Cancel", fmt.Sprintf(`{id: %q, version: 1, code: STUDENT, reason: "Ouyang Xiadan (ZZ-20240917) fell ill"}`, placed.Placement.ID))
	// What others wrote down of it: a source that names the student where the placement stands in it.
	if _, err := r.office().Writer.Do(context.Background(), change.Request{Operation: "trial", Viewer: r.viewer, RecordedBy: "somebody"}, func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
		if _, err := tx.Create("Source", map[string]any{"id": "src_list", "name": "List"}); err != nil {
			return change.Answer{}, err
		}
		if _, err := tx.Lock(ctx, id); err != nil {
			return change.Answer{}, err
		}
		_, err := tx.Begin(change.Tie{Type: "STUDIES", From: id, To: "dis_law", Evidence: []change.Evidence{{Source: "src_list", Locator: "the line of 欧阳夏丹"}}})
		return change.Answer{}, err
	}); err != nil {
		t.Fatal(err)
	}
	told := []string{"Ouyang", "Xiadan", "欧阳夏丹", "欧阳", "Summer", `O"Y`, "20240917", "erhu", "xiadan.example"}
	if got := r.holds(told...); len(got) != len(told) {
		t.Fatalf("before, there is only %v", got)
	}
	const totals = `{ stats { nodes { type count } } practiceBase(id: "bas_works") { capacity(from: "2025-04-01", until: "2027-02-01") { placementCount } placements { totalCount } }
		university(id: "uni_east") { students { totalCount } } all: students(first: 1) { totalCount } }`
	before := string(r.as("admin").post(totals, nil))

	erase := func(viewer string) (out struct {
		StudentErase struct {
			Student *struct {
				Name, NameZh, ErasedOn, Cohort string
				Aliases                        []any
				Version                        int
			}
			UserErrors mended
		}
	}) {
		t.Helper()
		r.as(viewer).ask(fmt.Sprintf(`mutation { studentErase(input: {id: %q, reason: REQUESTED}) { student { name nameZh erasedOn cohort version aliases { name } } userErrors { code field } } }`, id), &out)
		return out
	}
	for _, viewer := range []string{"analyst", worksOffice} {
		if out := erase(viewer); out.StudentErase.UserErrors.codes() != "NOT_ALLOWED" || out.StudentErase.Student != nil {
			t.Errorf("%s erases: %+v", viewer, out)
		}
	}
	done := erase(eastOffice).StudentErase
	if done.Student == nil || done.Student.Name != "Erased" || done.Student.NameZh != "" || done.Student.ErasedOn != today.String() || done.Student.Cohort != "2024" {
		t.Fatalf("it was erased as %+v", done)
	}
	if got := r.holds(told...); len(got) > 0 {
		t.Errorf("after, there is still %v", got)
	}
	if after := string(r.as("admin").post(totals, nil)); after != before {
		t.Errorf("the totals were\n%s\nand are\n%s", before, after)
	}
	if again := erase(eastOffice).StudentErase; again.Student == nil || again.Student.Version != done.Student.Version {
		t.Errorf("once more it is answered %+v", again)
	}
	rows, err := r.store.Rows(context.Background(), `MATCH (a:Audit {operation: 'studentErase'}) RETURN a.by AS by, a.reason AS reason, a.of AS of, a.before AS before`, nil)
	if err != nil || len(rows) != 1 || rows[0]["reason"] != "REQUESTED" || rows[0]["by"] != "test|"+eastOffice || !strings.Contains(fmt.Sprint(rows[0]["of"]), id) {
		t.Errorf("on record is %v (%v)", rows, err)
	}
	var found struct{ Search struct{ TotalCount int } }
	r.as("admin").ask(`{ search(query: "欧阳夏丹") { totalCount } }`, &found)
	if found.Search.TotalCount != 0 {
		t.Error("a search finds who was erased")
	}
	if _, wrong := r.as(eastOffice).enrols("Update", student{"students": []student{{"id": id, "version": done.Student.Version, "content": student{"name": "Again"}}}}); wrong.codes() != "ERASED" {
		t.Errorf("who was erased is named again: %v", wrong)
	}
	if out := r.places("Create", agreed(id, "2027-03-01", "2027-04-01")); !strings.HasPrefix(out.UserErrors.codes(), "ERASED") {
		t.Errorf("who was erased is placed: %+v", out)
	}
	// What was imported is erased in the same way, in its placements too.
	other := r.as("admin")
	other.ask(`mutation { studentErase(input: {id: "stu_other", reason: NOT_NEEDED}) { student { name } userErrors { code } } }`, &struct{}{})
	if got := r.holds("Zhou", "周其他", "Joe"); len(got) > 0 {
		t.Errorf("of what was imported there is still %v", got)
	}
}
