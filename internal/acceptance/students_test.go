package acceptance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The offices in these tests: of a university with its school, of another university, and of who hosts the base.
const (
	eastOffice  = "office:uni_east"
	westOffice  = "office:uni_west"
	worksOffice = "office:ent_works"
)

// studentNetwork has a base of Works that serves East, with 2 places in chemistry and any number in physics.
const studentNetwork = `
nodes/University.yaml
- {id: uni_east, name: East, nameZh: 东方大学, kind: UNIVERSITY}
- {id: uni_west, name: West}

nodes/School.yaml
- {id: sch_east-chemistry, name: Chemistry of East}

nodes/Enterprise.yaml
- {id: ent_works, name: Works}

nodes/PracticeBase.yaml
- {id: bas_shut, name: Shut, status: SUSPENDED}
- {id: bas_works, name: Works base, nameZh: 工厂基地, status: ACTIVE, openedOn: 2020}

nodes/Discipline.yaml
- {id: dis_chemistry, name: Chemistry}
- {id: dis_law, name: Law}
- {id: dis_physics, name: Physics}

nodes/Student.yaml
- {id: stu_other, name: Zhou Other, nameZh: 周其他, studentNumber: "77", aliases: [{name: Joe}]}

nodes/Placement.yaml
- {id: plc_other, name: Internship of Zhou Other, nameZh: 周其他2025年实习, status: COMPLETED, from: 2025-03, until: 2025-06}

relationships/PART_OF.yaml
- {from: sch_east-chemistry, to: uni_east}

relationships/ENROLLED_AT.yaml
- {from: stu_other, to: uni_west}

relationships/HAS_PLACEMENT.yaml
- {from: stu_other, to: plc_other}

relationships/AT.yaml
- {from: plc_other, to: bas_works}

relationships/HOSTS.yaml
- {from: ent_works, to: bas_shut}
- {from: ent_works, to: bas_works}

relationships/SERVES.yaml
- {from: bas_shut, to: uni_east}
- {from: bas_works, to: uni_east}

relationships/OFFERS.yaml
- {from: bas_works, to: dis_chemistry, places: 2}
- {from: bas_works, to: dis_physics}
`

// mended is what there is to mend, as mutations of these tests answer it.
type mended []struct {
	Code    string
	Field   []string
	Message string
	State   string
	Action  string
	Allowed []string
}

func (m mended) codes() string {
	var out []string
	for _, e := range m {
		out = append(out, e.Code)
	}
	return strings.Join(out, " ")
}

// enrols sends a mutation of students.
func (r *running) enrols(mutation string, input any) (ids []string, wrong mended) {
	r.Helper()
	given, err := json.Marshal(map[string]any{"input": input})
	if err != nil {
		r.Fatal(err)
	}
	var out struct {
		Data struct {
			Done struct {
				IDs        []string
				UserErrors mended
			}
		}
		Errors []any
	}
	text := r.post(fmt.Sprintf(`mutation ($input: %[1]sInput!) { done: student%[2]s(input: $input) { ids userErrors { code field message } } }`, "Student"+mutation, mutation), given)
	if err := json.Unmarshal(text, &out); err != nil || len(out.Errors) > 0 {
		r.Fatalf("%s as %v answered %s", mutation, r.viewer, text)
	}
	return out.Data.Done.IDs, out.Data.Done.UserErrors
}

type student = map[string]any

// chemists are students of chemistry who are enrolled at East.
func (r *running) chemists(n int) []string {
	r.Helper()
	var all []student
	for i := range n {
		all = append(all, student{"name": fmt.Sprintf("Student %d", i), "studentNumber": fmt.Sprintf("S%04d", i), "disciplines": []string{"dis_chemistry"}})
	}
	ids, wrong := r.as(eastOffice).enrols("Enrol", student{"enrolledAt": "uni_east", "enrolledSince": "2024-09", "students": all})
	if len(wrong) > 0 || len(ids) != n {
		r.Fatalf("%d were enrolled: %+v", len(ids), wrong)
	}
	return ids
}

// Students are enrolled a thousand at a time, each number once in a university, and by nobody else.
func TestEnrolling(t *testing.T) {
	r := serveNetwork(t, studentNetwork)
	var all []student
	for i := range 1000 {
		all = append(all, student{
			"name": fmt.Sprintf("Student Number %d", i), "nameZh": fmt.Sprintf("学生%d", i), "aliases": []string{fmt.Sprintf("No. %d", i)},
			"studentNumber": fmt.Sprintf("2024%06d", i), "cohort": "2024", "level": "UNDERGRADUATE", "disciplines": []string{"dis_chemistry"},
			"enrolledSince": "2024-09-01", "summary": "Of class 3", "website": "https://example.edu",
		})
	}
	input := student{"idempotencyKey": "all", "enrolledAt": "sch_east-chemistry", "students": all}
	body, _ := json.Marshal(input)
	r.as(eastOffice)
	r.statements.Store(0)
	ids, wrong := r.enrols("Enrol", input)
	if len(wrong) > 0 || len(ids) != 1000 {
		t.Fatalf("%d of %d bytes were enrolled: %+v", len(ids), len(body), wrong)
	}
	t.Logf("1,000 students of %d bytes took %d statements", len(body), r.statements.Load())
	again, _ := r.enrols("Enrol", input)
	if !slices.Equal(ids, again) {
		t.Error("a repetition enrolled others")
	}
	one := func(number, discipline string) student {
		return student{"name": "Somebody", "studentNumber": number, "disciplines": []string{discipline}}
	}
	for _, c := range []struct {
		viewer, at string
		students   []student
		want       string
	}{
		{eastOffice, "uni_east", []student{one("2024000007", "dis_law")}, "STUDENT_NUMBER_TAKEN students 0 studentNumber"},
		{eastOffice, "uni_east", []student{one("1", "dis_law"), one("２", "dis_law"), one("2", "dis_nowhere")}, "NOT_FOUND students 2 disciplines 0, TWICE students 2 studentNumber"},
		{eastOffice, "uni_west", []student{one("1", "dis_law")}, "NOT_YOUR_ORGANIZATION students 0 enrolledAt"},
		{"analyst", "uni_west", []student{one("1", "dis_law")}, "NOT_YOUR_ORGANIZATION students 0 enrolledAt"},
		{eastOffice, "uni_nowhere", []student{one("1", "dis_law")}, "NOT_FOUND students 0 enrolledAt"},
		{eastOffice, "uni_east", []student{{"nameZh": "无名", "cohort": "24"}}, "REQUIRED students 0 name, BAD_FORMAT students 0 cohort"},
		{westOffice, "uni_west", []student{one("2024000007", "dis_law")}, ""},
	} {
		ids, wrong := r.as(c.viewer).enrols("Enrol", student{"enrolledAt": c.at, "students": c.students})
		var got []string
		for _, e := range wrong {
			got = append(got, e.Code+" "+strings.Join(e.Field, " "))
		}
		if strings.Join(got, ", ") != c.want || (len(ids) == 0) != (c.want != "") {
			t.Errorf("%s enrols %v at %s: %v", c.viewer, c.students, c.at, wrong)
		}
	}
}

// Students are changed by the office of where they are enrolled, all of a list or none of it.
func TestStudentsChange(t *testing.T) {
	r := serveNetwork(t, studentNetwork)
	ids := r.chemists(3)
	change := func(id string, version int, content student) student {
		return student{"id": id, "version": version, "content": content}
	}
	update := func(viewer string, changes ...student) string {
		t.Helper()
		done, wrong := r.as(viewer).enrols("Update", student{"students": changes})
		if len(wrong) == 0 && len(done) != len(changes) {
			t.Errorf("%d of %d were changed", len(done), len(changes))
		}
		var got []string
		for _, e := range wrong {
			got = append(got, e.Code+" "+strings.Join(e.Field, " "))
		}
		return strings.Join(got, ", ")
	}
	named := student{"name": "Another Name", "aliases": []string{"Alias"}}
	for _, c := range []struct{ got, want string }{
		{update(eastOffice, change(ids[0], 1, named), change("stu_other", 1, named), change("stu_nowhere", 1, named)), "NOT_FOUND students 1 id, NOT_FOUND students 2 id"},
		{update(eastOffice, change(ids[0], 1, named), change(ids[0], 1, named)), "TWICE students 1 id"},
		{update("analyst", change(ids[0], 1, named)), "NOT_ALLOWED students 0"},
		{update(eastOffice, change(ids[0], 1, named), change(ids[1], 2, named)), "VERSION_CONFLICT students 1 version"},
		{update(eastOffice, change(ids[0], 1, student{"studentNumber": "S0002"})), "STUDENT_NUMBER_TAKEN students 0 content studentNumber"},
		{update(eastOffice, change(ids[0], 1, student{"name": nil})), "REQUIRED students 0 content name"},
		{update(eastOffice, change(ids[0], 1, student{"enrolledAt": "uni_west"})), "NOT_YOUR_ORGANIZATION students 0 content enrolledAt"},
		{update(eastOffice, change(ids[0], 1, named), change(ids[1], 1, student{"enrolledAt": "sch_east-chemistry", "disciplines": []string{"dis_law"}})), ""},
		{update(eastOffice, change(ids[0], 2, student{"aliases": nil, "studentNumber": "S9"})), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, not %q", c.got, c.want)
		}
	}
	var out struct {
		Nodes []struct {
			Name, StudentNumber, Cohort string
			Version                     int
			Aliases                     []any
			EnrolledAt, Disciplines     struct{ Nodes []struct{ ID string } }
		}
	}
	r.as(eastOffice).ask(fmt.Sprintf(`{ nodes(ids: [%q, %q]) { ... on Student { name studentNumber version aliases { name } enrolledAt { nodes { id } } disciplines { nodes { id } } } } }`, ids[0], ids[1]), &out)
	if s := out.Nodes[0]; s.Name != "Another Name" || s.StudentNumber != "S9" || s.Version != 3 || len(s.Aliases) != 0 {
		t.Errorf("it is %+v", s)
	}
	if s := out.Nodes[1]; s.Version != 2 || len(s.EnrolledAt.Nodes) != 1 || s.EnrolledAt.Nodes[0].ID != "sch_east-chemistry" || len(s.Disciplines.Nodes) != 1 || s.Disciplines.Nodes[0].ID != "dis_law" {
		t.Errorf("it is %+v", s)
	}
}
