package registration

import "strings"

// measure judges a stay by one rule: which field it turns on, which numbers the rule must give, and how.
type measure struct {
	field []string
	needs []string
	judge func(n map[string]int, s Stay) (Outcome, text)
}

// measures are all rules that can be judged, by code.
var measures = map[string]measure{
	"INTERNS_OF_HEADCOUNT":  {[]string{"host", "headcount"}, []string{"percent"}, internsOfHeadcount},
	"INTERNS_OF_POST":       {[]string{"serves", "disciplines"}, []string{"percent"}, internsOfPost},
	"THREE_PARTY_AGREEMENT": {[]string{"agreement", "threeParty"}, nil, threeParty},
	"WORKING_HOURS":         {[]string{"conditions", "hoursPerWeek"}, []string{"hoursPerDay", "hoursPerWeek"}, workingHours},
	"HAZARDS_FOR_MINORS":    {[]string{"conditions", "hazards"}, []string{"age"}, hazardsForMinors},
	"INSURANCE_COVERS":      {[]string{"insurance"}, nil, insuranceCovers},
}

const whole = 100 // percent

func internsOfHeadcount(n map[string]int, s Stay) (Outcome, text) {
	switch {
	case s.Headcount == nil:
		return Unknown, text{"nobody stated how many employees the host has on post", "未填写依托单位在岗职工人数"}
	case s.Interns == nil:
		return Unknown, text{"nobody stated how many interns there are", "未填写实习学生人数"}
	case *s.Interns*whole > n["percent"]**s.Headcount:
		return Failed, say("%d interns on %d employees are more than %d%%: at most %d", "%[2]d 名职工对应 %[1]d 名实习学生，超过 %[3]d%%：最多 %[4]d 名", *s.Interns, *s.Headcount, n["percent"], *s.Headcount*n["percent"]/whole)
	}
	return Passed, text{}
}

func internsOfPost(n map[string]int, s Stay) (Outcome, text) {
	outcome, found := Passed, text{}
	for _, p := range s.Posts {
		switch {
		case p.Headcount != nil && p.Interns != nil && *p.Interns*whole > n["percent"]**p.Headcount:
			return Failed, say("%d interns on %d employees of the post %s are more than %d%%: at most %d", "岗位 %[3]s 有 %[2]d 名职工、%[1]d 名实习学生，超过 %[4]d%%：最多 %[5]d 名", *p.Interns, *p.Headcount, shown(p.Name), n["percent"], *p.Headcount*n["percent"]/whole)
		case p.Headcount == nil || p.Interns == nil:
			outcome, found = Unknown, say("nobody stated both the employees and the interns on the post %s", "未填写岗位 %s 的在岗人数或接收人数", shown(p.Name))
		}
	}
	return outcome, found
}

func threeParty(_ map[string]int, s Stay) (Outcome, text) {
	switch {
	case len(s.Posts) == 0 || s.ThreeParty != nil && *s.ThreeParty:
		return Passed, text{}
	case s.ThreeParty == nil:
		return Unknown, text{"nobody stated whether an agreement of three parties is signed with students on post", "未说明是否与岗位实习学生签订三方协议"}
	}
	return Failed, text{"students are on post without an agreement of three parties", "岗位实习学生未签订三方协议"}
}

// workingHours judges by whichever of the two is known: hours a day are seldom stated.
func workingHours(n map[string]int, s Stay) (Outcome, text) {
	switch {
	case s.HoursPerDay != nil && *s.HoursPerDay > n["hoursPerDay"]:
		return Failed, say("%d hours a day are more than %d", "每日 %d 小时，超过 %d 小时", *s.HoursPerDay, n["hoursPerDay"])
	case s.HoursPerWeek != nil && *s.HoursPerWeek > n["hoursPerWeek"]:
		return Failed, say("%d hours a week are more than %d", "每周 %d 小时，超过 %d 小时", *s.HoursPerWeek, n["hoursPerWeek"])
	case s.HoursPerDay == nil && s.HoursPerWeek == nil:
		return Unknown, text{"nobody stated the working hours", "未填写工时"}
	}
	return Passed, text{}
}

func hazardsForMinors(n map[string]int, s Stay) (Outcome, text) {
	minor := s.Minors
	if s.Age != nil {
		under := *s.Age < n["age"]
		minor = &under
	}
	var what []string
	what = append(what, s.Hazards...)
	nights := s.NightWork != nil && *s.NightWork
	switch {
	case len(what) == 0 && !nights, minor != nil && !*minor:
		return Passed, text{}
	case minor == nil:
		return Unknown, text{"there are hazards or night work, and nobody stated whether minors come", "存在危险因素或夜班，但未说明是否接收未成年学生"}
	case nights:
		return Failed, say("students under %d would work at night", "未满 %d 周岁的学生将上夜班", n["age"])
	}
	return Failed, say("students under %d would meet hazards: %s", "未满 %d 周岁的学生将接触危险因素：%s", n["age"], shown(strings.Join(what, ", ")))
}

const daysOfWeek = 7

func insuranceCovers(_ map[string]int, s Stay) (Outcome, text) {
	if s.CoverFrom == nil || s.CoverUntil == nil {
		return Unknown, text{"nobody stated from when until when insurance covers students", "未填写保险起止日期"}
	}
	if s.From != nil && s.Until != nil {
		if s.From.Before(s.CoverFrom.Time) || s.Until.After(s.CoverUntil.Time) {
			return Failed, say("insurance covers %s to %s, the placement is from %s to %s", "保险期为 %s 至 %s，实习期为 %s 至 %s", s.CoverFrom, s.CoverUntil, s.From, s.Until)
		}
		return Passed, text{}
	}
	if s.Weeks == nil {
		return Unknown, text{"nobody stated how many weeks a placement may last", "未填写实习最多周数"}
	}
	if s.CoverFrom.AddDate(0, 0, *s.Weeks*daysOfWeek).After(s.CoverUntil.Time) {
		return Failed, say("insurance covers %s to %s, less than a placement of %d weeks", "保险期 %s 至 %s 短于 %d 周的实习", s.CoverFrom, s.CoverUntil, *s.Weeks)
	}
	return Passed, text{}
}
