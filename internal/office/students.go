package office

import (
	"context"
	_ "embed"
	"fmt"
	"maps"
	"slices"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/names"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/placement"
	"github.com/partnergraph/partnergraph/internal/registration"
)

//go:embed statements/roll.cypher
var rollText string

//go:embed statements/students.cypher
var studentsText string

// mostErrors is how many problems of a list of students are told.
const mostErrors = 200

// changeStudents enrols or changes students, all of them or none.
func (o *Office) changeStudents(ctx context.Context, mutation string, input map[string]any) (map[string]any, error) {
	r, err := request(ctx, mutation, input)
	if err != nil {
		return nil, err
	}
	list, _ := input["students"].([]any)
	var wrong []registration.Problem
	answer, err := o.Writer.Do(ctx, r, func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
		l := roll{tx: tx, viewer: r.Viewer, students: each(list)}
		write := l.update
		if mutation == "studentEnrol" {
			write = func(ctx context.Context) error { return l.enrol(ctx, input) }
		}
		if l.fits() {
			if err := write(ctx); err != nil {
				return change.Answer{}, err
			}
		}
		wrong = l.problems[:min(len(l.problems), mostErrors)]
		return change.Answer{Values: map[string]any{"ids": l.ids}, UserErrors: told(wrong)}, nil
	})
	if err != nil {
		return nil, err
	}
	if len(answer.UserErrors) > 0 {
		return map[string]any{"ids": []any{}, "userErrors": userErrors(wrong)}, nil
	}
	return map[string]any{"ids": listed(texts(answer.Values["ids"])), "userErrors": []any{}}, nil
}

// roll is a list of students within its change.
type roll struct {
	tx       *change.Tx
	viewer   access.Viewer
	students []map[string]any // as they were given
	ids      []string
	problems []registration.Problem

	standings    map[string]standing // to organisations and disciplines; those that aren't there are absent
	universities map[string][]string // of an organisation, or itself
	numbered     map[string]string   // the student by university and folded number
}

// line is one student of a roll: what was said, and what is to be.
type line struct {
	at       int
	id       string // "" before it is made
	was, now placement.Said
}

func (l *roll) note(code registration.Code, path []string, t registration.Wording) {
	l.problems = append(l.problems, registration.NewProblem(code, path, t))
}

// fits tells whether it is no more than is done at once.
func (l *roll) fits() bool {
	if n := len(l.students); n > placement.MostStudents {
		l.note(registration.TooLong, []string{"students"}, registration.Say("there are %d students: give at most %d at once", "共有 %d 名学生：一次最多 %d 名", n, placement.MostStudents))
	}
	return len(l.problems) == 0
}

func at(i int, more ...string) []string {
	return append([]string{"students", fmt.Sprint(i)}, more...)
}

// enrol writes down new students.
func (l *roll) enrol(ctx context.Context, input map[string]any) error {
	lines := make([]line, len(l.students))
	for i, given := range l.students {
		given = maps.Clone(given)
		for _, name := range []string{"enrolledAt", "enrolledSince"} {
			if given[name] == nil && input[name] != nil {
				given[name] = input[name]
			}
		}
		now, problems := placement.ReadStudent(nil, given, at(i))
		lines[i] = line{at: i, now: now}
		l.problems = append(l.problems, problems...)
	}
	if len(l.problems) > 0 {
		return nil
	}
	if err := l.gather(ctx, lines); err != nil {
		return err
	}
	l.check(lines, false)
	if len(l.problems) > 0 {
		return nil
	}
	for _, s := range lines {
		if err := l.create(s.now); err != nil {
			return err
		}
	}
	return nil
}

func (l *roll) create(s placement.Said) error {
	id, err := l.tx.Create("Student", personal(s))
	if err != nil {
		return err
	}
	l.ids = append(l.ids, id)
	since := s.Since(l.tx.Today())
	enrolled := change.Tie{Type: "ENROLLED_AT", From: id, To: s.Text("enrolledAt"), Properties: map[string]any{"since": since, "until": stated(s.Text("enrolledUntil"))}}
	if _, err := l.tx.Begin(enrolled); err != nil {
		return err
	}
	for _, d := range s.Texts("disciplines") {
		if _, err := l.tx.Begin(change.Tie{Type: "STUDIES", From: id, To: d, Properties: map[string]any{"since": since}}); err != nil {
			return err
		}
	}
	return nil
}

// personal are the properties of the student's own.
func personal(s placement.Said) map[string]any {
	out := map[string]any{}
	for _, name := range []string{"name", "nameZh", "studentNumber", "cohort", "level", "summary", "website"} {
		out[name] = stated(s.Text(name))
	}
	out["aliases"], out["aliasSources"], out["aliasLocators"] = nil, nil, nil
	if aliases := s.Texts("aliases"); len(aliases) > 0 {
		out["aliases"], out["aliasSources"], out["aliasLocators"] = aliases, make([]string, len(aliases)), make([]string, len(aliases))
	}
	return out
}

// gather finds what the lines name, and locks it: of two that enrol at one university at once, the second sees the numbers
// that the first has given.
func (l *roll) gather(ctx context.Context, lines []line) error {
	organizations, named, numbers := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range lines {
		organizations[s.now.Text("enrolledAt")] = true
		for _, d := range s.now.Texts("disciplines") {
			named[d] = true
		}
		if n := s.now.Text("studentNumber"); n != "" {
			numbers[names.Key(n)] = true
		}
	}
	maps.Copy(named, organizations)
	ids := slices.Sorted(maps.Keys(named))
	var err error
	if l.standings, err = standingTo(ctx, l.tx.Read, l.viewer, ids); err != nil {
		return err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { _, there := l.standings[id]; return !there })
	if _, err := l.tx.Lock(ctx, ids...); err != nil {
		return err
	}
	if err := l.read(ctx, organizations, nil); err != nil {
		return err
	}
	var behind []string
	for _, of := range l.universities {
		behind = append(behind, of...)
	}
	if _, err := l.tx.Lock(ctx, behind...); err != nil {
		return err
	}
	if len(numbers) == 0 {
		return nil
	}
	return l.read(ctx, organizations, slices.Sorted(maps.Keys(numbers)))
}

// read finds the universities behind organisations, and who has one of some numbers there.
func (l *roll) read(ctx context.Context, organizations map[string]bool, numbers []string) error {
	rows, err := l.tx.Read(ctx, rollText, map[string]any{"p": map[string]any{
		"organizations": slices.Sorted(maps.Keys(organizations)), "numbers": listed(numbers),
	}})
	if err != nil {
		return err
	}
	l.universities, l.numbered = map[string][]string{}, map[string]string{}
	for _, r := range rows {
		id := r["id"].(string)
		l.universities[id] = texts(r["universities"])
		for _, n := range each(r["numbered"]) {
			for _, u := range l.universities[id] {
				l.numbered[u+" "+n["number"].(string)] = n["student"].(string)
			}
		}
	}
	return nil
}

// check holds the lines against what is there: what they name, who may enrol there, and numbers.
func (l *roll) check(lines []line, changes bool) {
	met := map[string]int{}
	for _, s := range lines {
		under := at(s.at)
		if changes {
			under = at(s.at, "content")
		}
		where := s.now.Text("enrolledAt")
		standing, there := l.standings[where]
		switch {
		case !there:
			l.note(registration.NotFound, registration.At(under, "enrolledAt"), registration.Say("there is nothing with the id %s: choose what is there", "没有编号为 %s 的对象：请选择已有对象", registration.Shown(where)))
		case !standing.office && !l.viewer.Roles.Has(access.Admin) && (s.was == nil || s.was.Text("enrolledAt") != where):
			l.note(placement.NotYours, registration.At(under, "enrolledAt"), registration.Say("%s is not of your office: only its own office enrols students there", "%s 不属于您的办公室：仅限其本单位办公室登记学生", registration.Shown(where)))
		}
		for j, d := range s.now.Texts("disciplines") {
			if _, there := l.standings[d]; !there {
				l.note(registration.NotFound, registration.At(registration.At(under, "disciplines"), j), registration.Say("there is nothing with the id %s: choose what is there", "没有编号为 %s 的对象：请选择已有对象", registration.Shown(d)))
			}
		}
		l.unique(s, under, met)
	}
}

// unique makes sure that the number of a student is nobody else's at their university.
func (l *roll) unique(s line, under []string, met map[string]int) {
	number := s.now.Text("studentNumber")
	if number == "" {
		return
	}
	path := registration.At(under, "studentNumber")
	for _, u := range l.universities[s.now.Text("enrolledAt")] {
		key := u + " " + names.Key(number)
		if first, twice := met[key]; twice {
			if first != s.at {
				l.note(registration.Twice, path, registration.Say("student %d of the list has the number %s too: a number is one student's", "列表中第 %d 名学生的学号也是 %s：学号不能重复", first, registration.Shown(number)))
			}
			return
		}
		met[key] = s.at
		if whose, taken := l.numbered[key]; taken && whose != s.id {
			l.note(placement.NumberTaken, path, registration.Say("the number %s is that of %s at %s already: change that student, or correct the number", "学号 %s 在 %[3]s 已属于 %[2]s：请修改该学生或更正学号", registration.Shown(number), whose, u))
			return
		}
	}
}

// dayOf is a day that somebody stated, or else another.
func dayOf(s string, otherwise network.Day) network.Day {
	if s == "" {
		return otherwise
	}
	return network.PartialDate(s).Earliest()
}
