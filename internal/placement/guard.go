package placement

import (
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

// Guard is a condition of a row.
type Guard struct {
	Name  string
	Says  string
	First bool // what comes after it makes no sense if it doesn't hold
	check func(*try) []Problem
}

// Reasons are the codes of reasons for which a placement is cancelled.
var Reasons = []string{"STUDENT", "HOST", "SCHOOL", "SAFETY", "OTHER"}

// The guards. One that depends on details asks for nothing while there are none.
var (
	seenVersion = Guard{"SEEN_VERSION", "names the version that was seen, which is still the latest", true, func(t *try) []Problem {
		if t.details == nil || t.details.Version == t.facts.Version {
			return nil
		}
		return one(registration.VersionConflict, []string{"version"}, say("you saw version %d, and it is version %d by now: look at what changed, and try again", "您看到的是版本 %d，当前已是版本 %d：请查看变更后重试", t.details.Version, t.facts.Version))
	}}
	wellFormed = Guard{"WELL_FORMED", "what is said of it is well-formed", true, func(t *try) (problems []Problem) {
		if t.details != nil {
			t.after, problems = Read(t.facts.Content, t.details.Given)
		}
		return problems
	}}
	daysStay = Guard{"DAYS_STAY", "the days of one that is under way are not changed", true, func(t *try) []Problem {
		if t.facts.Status != Active || t.after.Span() == t.facts.Content.Span() {
			return nil
		}
		return one(registration.NotInTime, under, say("the placement is under way from %s to %s: extend it, or complete it early", "实习正在进行（%s 至 %s）：请延期或提前结束", t.facts.Content.From, t.facts.Content.Until))
	}}
	begins = Guard{"BEGINS", "begins on a day that has come, before it is over", true, func(t *try) []Problem {
		if t.details == nil {
			return nil
		}
		on, problems := t.on(t.day)
		switch until := t.after.Span().Until; {
		case len(problems) > 0:
			return problems
		case on.After(t.day.Time):
			return one(registration.NotInTime, []string{"on"}, say("%s has not come: give %s or a day before", "%s 尚未到来：请填写 %s 或更早的日期", on, t.day))
		case !on.Before(until.Time):
			return one(registration.NotInTime, []string{"on"}, say("it is over on %s: extend it first, or give a day before", "实习于 %s 结束：请先延期，或填写更早的日期", until))
		}
		t.after.From = network.PartialDate(on.String())
		return nil
	}}
	longer = Guard{"LONGER", "is over later than before", true, func(t *try) []Problem {
		if t.details == nil {
			return nil
		}
		if problems := wholeDay(t.details.Until, []string{"until"}); len(problems) > 0 {
			return problems
		}
		was := t.after.Span().Until
		t.after.Until = network.PartialDate(t.details.Until)
		if t.after.Span().Until.After(was.Time) {
			return nil
		}
		return one(registration.NotLater, []string{"until"}, say("it is over on %s already: give a later day", "实习已定于 %s 结束：请填写更晚的日期", was))
	}}
	over = Guard{"OVER", "ends on a day that has come, after it has begun and no later than was agreed", true, func(t *try) []Problem {
		if t.details == nil {
			return nil
		}
		span := t.after.Span()
		on, problems := t.on(earlier(t.day, span.Until))
		switch {
		case len(problems) > 0:
			return problems
		case on.After(t.day.Time) || !on.After(span.From.Time) || on.After(span.Until.Time):
			return one(registration.NotInTime, []string{"on"}, say("it can't have ended on %s: give a day after %s that has come, and no later than %s", "%s 不能作为结束日期：应晚于 %s、不在将来，且不晚于 %s", on, span.From, span.Until))
		}
		t.after.Until = network.PartialDate(on.String())
		return nil
	}}
	reasonGiven = Guard{"REASON", "a code and a text say why", false, func(t *try) []Problem {
		if t.details == nil {
			return nil
		}
		var out []Problem
		if !slices.Contains(Reasons, t.details.Code) {
			out = one(registration.NoReason, []string{"code"}, say("the reason has no code: give one of %s", "缺少原因代码：应为 %s 之一", strings.Join(Reasons, ", ")))
		}
		if strings.TrimSpace(t.details.Reason) == "" {
			out = append(out, one(registration.NoReason, []string{"reason"}, registration.Wording{En: "the reason is missing: say why, in a sentence that names nobody", Zh: "缺少原因：请说明理由，不要写入姓名"})...)
		}
		return out
	}}
	notErased = Guard{"NOT_ERASED", "who the student is was not erased", true, func(t *try) []Problem {
		if !t.around.Student.Erased {
			return nil
		}
		return one(Erased, []string{"student"}, registration.Wording{En: "who this student was has been erased: nothing is agreed for them any more", Zh: "该学生的个人信息已删除，不能再安排实习"})
	}}
	notTwice = Guard{"NOT_TWICE", "the student has no other placement at the base on these days", false, func(t *try) []Problem {
		for _, p := range t.around.Base.Taken {
			for _, s := range t.added() {
				if common := p.Span.and(s); p.OfStudent && p.ID != t.around.ID && !common.empty() {
					return one(AlreadyPlaced, nil, say("the student is at this base from %s to %s anyway, by %s: extend that one, or choose other days", "该学生 %s 至 %s 已在此基地实习（%s）：请延长该实习，或选择其他日期", common.From, common.Until, p.ID))
				}
			}
		}
		return nil
	}}
	baseTakes = Guard{"BASE_TAKES", "the base takes placements on these days", false, func(t *try) []Problem {
		spans := t.added()
		if t.row.Action == Start && t.details != nil {
			spans = []Span{t.after.Span()}
		}
		for _, s := range spans {
			if p := t.around.Base.takes(s); p != nil {
				return []Problem{*p}
			}
		}
		return nil
	}}
	offered = Guard{"OFFERED", "the base offers places in what the student studies", false, func(t *try) []Problem {
		for _, s := range t.added() {
			if p := t.around.notOffered(s); p != nil {
				return []Problem{*p}
			}
		}
		return nil
	}}
	served = Guard{"SERVED", "the base serves where the student is enrolled", false, func(t *try) []Problem {
		for _, s := range t.added() {
			if day, gap := uncovered(t.around.Base.Serves, s); gap {
				return one(NotServed, []string{"practiceBase"}, say("the base doesn't serve where the student is enrolled on %s: choose one that does", "基地在 %s 不服务于该学生所在学校：请选择其他基地", day))
			}
		}
		return nil
	}}
	roomLeft = Guard{"ROOM", "a place is free on each of these days", false, func(t *try) []Problem {
		for _, s := range t.added() {
			if f := t.around.Base.full(t.around.ID, t.around.Student.Studies, s); f != nil {
				return []Problem{f.problem()}
			}
		}
		return nil
	}}
	policiesMet = Guard{"POLICIES", "every rule of policy is met, or let pass with a reason if it only warns", false, func(t *try) []Problem {
		if t.details == nil {
			return nil
		}
		findings := Judge(t.details.Rules, t.after, t.around)
		t.reasons = map[string]string{}
		for _, f := range findings {
			for _, of := range []map[string]string{t.facts.Overrides, t.details.Overrides} {
				if reason := strings.TrimSpace(of[f.Rule.Code]); reason != "" && f.Outcome != registration.Passed {
					t.reasons[f.Rule.Code] = reason
				}
			}
		}
		return broken(findings, t.reasons)
	}}
)

// on is the day that was named, or else another.
func (t *try) on(otherwise network.Day) (network.Day, []Problem) {
	if t.details.On == "" {
		return otherwise, nil
	}
	if problems := wholeDay(t.details.On, []string{"on"}); len(problems) > 0 {
		return otherwise, problems
	}
	day, _ := network.ParseDay(t.details.On)
	return day, nil
}
