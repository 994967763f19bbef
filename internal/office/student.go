package office

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/placement"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// enrolment is a student with the ties that say where they are enrolled and what they study, as far as they go on.
type enrolment struct {
	change.Thing
	schools []string // ids of where the student is enrolled
	at      *network.Tie
	studies []network.Tie
}

// update changes students that are there.
func (l *roll) update(ctx context.Context) error {
	ids := l.named()
	seen, err := standingBy(ctx, "STUDENT", l.tx.Read, l.viewer, ids)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if !seen[id].sees {
			l.note(registration.NotFound, at(i, "id"), registration.Say("there is nothing with the id %s", "没有编号为 %s 的对象", registration.Shown(id)))
		}
	}
	if len(l.problems) > 0 {
		return nil
	}
	found, err := l.find(ctx, ids)
	if err != nil || len(l.problems) > 0 {
		return err
	}
	lines := make([]line, len(ids))
	for i, id := range ids {
		lines[i] = line{at: i, id: id, was: found[id].said()}
		given, _ := l.students[i]["content"].(map[string]any)
		given = maps.Clone(given)
		if to, moves := given["enrolledAt"]; moves && to != lines[i].was["enrolledAt"] {
			for _, name := range []string{"enrolledSince", "enrolledUntil"} { // those of another enrolment
				if _, stated := given[name]; !stated {
					given[name] = nil
				}
			}
		}
		var problems []registration.Problem
		lines[i].now, problems = placement.ReadStudent(lines[i].was, given, at(i, "content"))
		l.problems = append(l.problems, problems...)
	}
	if len(l.problems) > 0 {
		return nil
	}
	if err := l.gather(ctx, lines); err != nil {
		return err
	}
	l.check(lines, true)
	if len(l.problems) > 0 {
		return nil
	}
	for _, s := range lines {
		if err := l.amend(ctx, found[s.id], s); err != nil {
			return err
		}
	}
	l.ids = ids
	return nil
}

// named are the ids of the students that change.
func (l *roll) named() []string {
	out := make([]string, len(l.students))
	for i, s := range l.students {
		out[i], _ = s["id"].(string)
		if first := slices.Index(out[:i], out[i]); first >= 0 {
			l.note(registration.Twice, at(i, "id"), registration.Say("student %d of the list is %s too: name each once", "列表中第 %d 名学生也是 %s：请勿重复", first, registration.Shown(out[i])))
		}
	}
	return out
}

// find locks students and what they are tied to, and makes sure that the viewer may change them as they are.
func (l *roll) find(ctx context.Context, ids []string) (map[string]*enrolment, error) {
	rows, err := l.tx.Read(ctx, studentsText, map[string]any{"p": map[string]any{"ids": ids}})
	if err != nil {
		return nil, err
	}
	lock := slices.Clone(ids)
	for _, r := range rows {
		lock = append(lock, r["id"].(string))
	}
	things, err := l.tx.Lock(ctx, lock...)
	if err != nil {
		return nil, err
	}
	ties, err := l.tx.TiesOfAll(ctx, ids, "ENROLLED_AT", "STUDIES")
	if err != nil {
		return nil, err
	}
	out := map[string]*enrolment{}
	var schools []string
	for _, id := range ids {
		out[id] = enrolmentOf(things[id], ties[id], l.tx.Today())
		schools = append(schools, out[id].schools...)
	}
	slices.Sort(schools)
	standings, err := standingTo(ctx, l.tx.Read, l.viewer, slices.Compact(schools))
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		l.allows(at(i), out[id], standings, l.students[i]["version"])
	}
	return out, nil
}

// allows notes why the viewer may not change a student as it is.
func (l *roll) allows(under []string, s *enrolment, standings map[string]standing, version any) {
	own := slices.ContainsFunc(s.schools, func(id string) bool { return standings[id].office }) && l.viewer.Roles.Has(access.Office)
	switch {
	case s.Type != "Student":
		l.note(registration.NotFound, registration.At(under, "id"), registration.Say("there is no student with the id %s", "没有编号为 %s 的学生", registration.Shown(s.ID)))
	case !own && !l.viewer.Roles.Has(access.Admin):
		l.note(registration.NotAllowed, under, registration.Say("only the office of where the student is enrolled, or an administrator, changes %s", "仅限学生所在学校的办公室或管理员修改 %s", s.ID))
	case s.Properties["erasedOn"] != nil:
		l.note(placement.Erased, under, registration.Say("who %s was has been erased: nothing is said of them any more", "%s 的个人信息已删除，不能再修改", s.ID))
	case version != s.Version:
		l.note(registration.VersionConflict, registration.At(under, "version"), registration.Say("you saw version %d, and it is version %d by now: look at what changed, and try again", "您看到的是版本 %d，当前已是版本 %d：请查看变更后重试", version, s.Version))
	}
}

// enrolmentOf finds among the ties of a student those that go on; if no enrolment does, the one that ended last.
func enrolmentOf(thing change.Thing, ties []network.Tie, today network.Day) *enrolment {
	out := &enrolment{Thing: thing}
	var all []map[string]any
	for i, t := range ties {
		from, until := t.Properties["holdsFrom"].(network.Day), t.Properties["holdsUntil"].(network.Day)
		switch {
		case t.Type == "STUDIES" && until.After(today.Time):
			out.studies = append(out.studies, t)
		case t.Type == "ENROLLED_AT":
			all = append(all, map[string]any{"school": t.To, "from": from, "until": until})
			if out.at == nil || until.After(out.at.Properties["holdsUntil"].(network.Day).Time) {
				out.at = &ties[i]
			}
		}
	}
	out.schools = enrolledAt(all, today)
	return out
}

// said is what is said of a student now.
func (s *enrolment) said() placement.Said {
	out := placement.Said{}
	for _, name := range []string{"name", "nameZh", "studentNumber", "cohort", "level", "summary", "website"} {
		if v := s.Properties[name]; v != nil {
			out[name] = v
		}
	}
	list := func(name string, of []string) {
		if len(of) > 0 {
			out[name] = listed(of)
		}
	}
	aliases, _ := s.Properties["aliases"].([]string)
	list("aliases", aliases)
	var studies []string
	for _, t := range s.studies {
		studies = append(studies, t.To)
	}
	list("disciplines", studies)
	if s.at != nil {
		out["enrolledAt"] = s.at.To
		for name, property := range map[string]string{"enrolledSince": "since", "enrolledUntil": "until"} {
			if v := s.at.Properties[property]; v != nil {
				out[name] = v
			}
		}
	}
	return out
}

// amend brings a student to what is said now. A fact that was so until now ends, and another begins.
func (l *roll) amend(ctx context.Context, s *enrolment, to line) error {
	now := personal(to.now)
	if was := personal(to.was); reflect.DeepEqual(was["aliases"], now["aliases"]) {
		for _, name := range []string{"aliases", "aliasSources", "aliasLocators"} { // what is said of them stays
			delete(now, name)
		}
	}
	tied := false
	if !reflect.DeepEqual(to.was, to.now) {
		if err := l.tx.Update(s.ID, now); err != nil {
			return err
		}
		var err error
		if tied, err = l.enrolled(ctx, s, to.now); err != nil {
			return err
		}
		studies, err := l.studied(ctx, s, to.now)
		if err != nil {
			return err
		}
		tied = tied || studies
	}
	if tied {
		return l.tx.Touch(s.ID)
	}
	return nil
}

// enrolled brings where the student is enrolled to what is said now.
func (l *roll) enrolled(ctx context.Context, s *enrolment, now placement.Said) (changes bool, err error) {
	to, today := now.Text("enrolledAt"), l.tx.Today()
	said := map[string]any{"since": stated(now.Text("enrolledSince")), "until": stated(now.Text("enrolledUntil"))}
	if s.at != nil && s.at.To == to {
		if said["since"] == s.at.Properties["since"] && said["until"] == s.at.Properties["until"] {
			return false, nil
		}
		return true, l.tx.Amend(ctx, s.at.ID, said)
	}
	day := dayOf(now.Text("enrolledSince"), today)
	if s.at != nil && s.at.Properties["holdsUntil"].(network.Day).After(day.Time) {
		if err := l.tx.End(ctx, s.at.ID, day); err != nil {
			return false, err
		}
	}
	if said["since"] == nil {
		said["since"] = day.String()
	}
	_, err = l.tx.Begin(change.Tie{Type: "ENROLLED_AT", From: s.ID, To: to, Properties: said})
	return true, err
}

// studied brings what the student studies to what is said now.
func (l *roll) studied(ctx context.Context, s *enrolment, now placement.Said) (changes bool, err error) {
	want, today := now.Texts("disciplines"), l.tx.Today()
	for _, t := range s.studies {
		if i := slices.Index(want, t.To); i >= 0 {
			want = slices.Delete(want, i, i+1)
			continue
		}
		day := today
		if from := t.Properties["holdsFrom"].(network.Day); from.After(day.Time) {
			day = from
		}
		changes = true
		if err := l.tx.End(ctx, t.ID, day); err != nil {
			return changes, err
		}
	}
	for _, d := range want {
		changes = true
		if _, err := l.tx.Begin(change.Tie{Type: "STUDIES", From: s.ID, To: d, Properties: map[string]any{"since": today.String()}}); err != nil {
			return changes, err
		}
	}
	return changes, nil
}
