package registration

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// across are the rules that join fields, of what is there: drafts meet them as well.
var across = []func(Content) []Problem{leadIsServed, weeksInOrder, agreementInOrder, coverInOrder, hoursInOrder}

// toSubmit are the rules of what is handed in, beside the fields that are needed.
var toSubmit = []func(Content, Around, network.Day) []Problem{creditCodeGiven, contactsReachable, partiesBind, datesAreReal}

func leadIsServed(c Content) []Problem {
	if c.Serves.Lead == "" || slices.Contains(c.Serves.Organizations, c.Serves.Lead) {
		return nil
	}
	return []Problem{problem(NotAmong, []string{"serves", "lead"}, say("the lead %s is not served: name one of serves.organizations, or add it there", "牵头单位 %s 不在服务对象之列：请从服务对象中选择，或先将其列入", shown(c.Serves.Lead)))}
}

func weeksInOrder(c Content) []Problem {
	var out []Problem
	for i, o := range c.Serves.Disciplines {
		if o.MinWeeks != nil && o.MaxWeeks != nil && *o.MinWeeks > *o.MaxWeeks {
			out = append(out, problem(OutOfOrder, at(at([]string{"serves", "disciplines"}, i), "maxWeeks"), say("the most weeks, %d, are fewer than the least, %d: give at least %d", "最多周数 %d 少于最少周数 %d：应不少于 %d", *o.MaxWeeks, *o.MinWeeks, *o.MinWeeks)))
		}
	}
	return out
}

func hoursInOrder(c Content) []Problem {
	day, week := c.Conditions.HoursPerDay, c.Conditions.HoursPerWeek
	if day == nil || week == nil || *day <= *week && *week <= 7**day {
		return nil
	}
	return []Problem{problem(OutOfOrder, []string{"conditions", "hoursPerWeek"}, say("%d hours a week do not fit %d hours a day: give from %d to %d", "每周 %d 小时与每日 %d 小时不符：应为 %d 至 %d 小时", *week, *day, *day, 7**day))}
}

func agreementInOrder(c Content) []Problem {
	a := c.Agreement
	return slices.Concat(
		endAfter(a.ValidFrom, a.ValidUntil, "agreement", "validUntil"),
		endAfter(a.SignedOn, a.ValidUntil, "agreement", "validUntil"),
	)
}

func coverInOrder(c Content) []Problem {
	return endAfter(c.Insurance.CoverFrom, c.Insurance.CoverUntil, "insurance", "coverUntil")
}

// endAfter holds an end against a beginning, where both are there and dates.
func endAfter(from, until network.PartialDate, path ...string) []Problem {
	for _, d := range []network.PartialDate{from, until} {
		if _, err := network.ParsePartialDate(string(d)); err != nil {
			return nil
		}
	}
	if from.Earliest().Before(until.Latest().Time) {
		return nil
	}
	return []Problem{problem(OutOfOrder, path, say("the end, %s, does not come after the beginning, %s: give a later day", "结束日期 %s 不晚于开始日期 %s：请填写更晚的日期", until, from))}
}

// creditCodeGiven asks a Chinese enterprise for its code. Where nobody knows in which country it is, the base's counts.
func creditCodeGiven(c Content, around Around, _ network.Day) []Problem {
	if len(c.Host.Organization) < 4 || c.Host.Organization[:4] != "ent_" || c.Host.CreditCode != "" {
		return nil
	}
	country := around[c.Host.Organization].Country
	if country == "" {
		country = around[c.Identity.Place].Country
	}
	if country != "CN" {
		return nil
	}
	f, path := FieldAt("host", "creditCode")
	return []Problem{missing(f, path)}
}

func contactsReachable(c Content, _ Around, _ network.Day) []Problem {
	var out []Problem
	for _, s := range []struct {
		name string
		side Side
	}{{"host", c.People.Host}, {"school", c.People.School}} {
		if p := s.side.Contact; p.Name != "" && p.Phone == "" && p.Email == "" {
			f, path := FieldAt("people", s.name, "contact")
			out = append(out, problem(Required, at(path, "phone"), say("%s has neither a telephone nor an e-mail: give one of them", "%s没有电话或邮箱：请至少填写一项", f.label())))
		}
	}
	return out
}

func partiesBind(c Content, _ Around, _ network.Day) []Problem {
	if len(c.Agreement.Parties) != 1 {
		return nil
	}
	return []Problem{problem(Required, []string{"agreement", "parties"}, say("the agreement binds %s alone: name both sides", "协议只列了 %s 一方：请列出双方", c.Agreement.Parties[0]))}
}

// datesAreReal: what has been done was done by now, and an agreement that has ended is no ground for a base.
func datesAreReal(c Content, _ Around, day network.Day) []Problem {
	var out []Problem
	for _, d := range []struct {
		on   network.PartialDate
		path []string
	}{{c.Evidence.Inspection.Date, []string{"evidence", "inspection", "date"}}, {c.Agreement.SignedOn, []string{"agreement", "signedOn"}}} {
		if on, err := network.ParsePartialDate(string(d.on)); err == nil && on.Earliest().After(day.Time) {
			f, path := FieldAt(d.path...)
			out = append(out, problem(NotInTime, path, say("%s is %s, which is still to come: give a day up to %s", "%s为 %s，尚未到来：请填写 %s 或之前的日期", f.label(), d.on, day)))
		}
	}
	if until, err := network.ParsePartialDate(string(c.Agreement.ValidUntil)); err == nil && !day.Before(until.Latest().Time) {
		out = append(out, problem(NotInTime, []string{"agreement", "validUntil"}, say("the agreement ended on %s: give one that is in force or to come", "协议已于 %s 到期：请填写有效或即将生效的协议", until.Latest())))
	}
	return out
}
