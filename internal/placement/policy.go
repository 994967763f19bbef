package placement

import (
	"strings"

	"github.com/partnergraph/partnergraph/internal/registration"
)

// Judge holds a placement against the rules of policy that concern placements; those of this program if none are given.
func Judge(rules []registration.Rule, c Content, around Around) []registration.Finding {
	if rules == nil {
		rules = registration.Policies
	}
	return registration.JudgePlacement(rules, stay(c, around))
}

// stay is a placement as rules are held against it: what is said of it, and else what its base offers.
func stay(c Content, around Around) registration.Stay {
	span := c.Span()
	interns := around.Base.most(around.ID, "", span) + 1
	out := registration.Stay{
		Kinds: around.Student.Kinds, From: &span.From, Until: &span.Until, Interns: &interns,
		ThreeParty: c.ThreeParty, HoursPerDay: c.HoursPerDay, HoursPerWeek: c.HoursPerWeek, NightWork: c.NightWork, Minors: c.Minor,
	}
	if c.CoverFrom != "" && c.CoverUntil != "" {
		from, until := c.CoverFrom.Earliest(), c.CoverUntil.Latest()
		out.CoverFrom, out.CoverUntil = &from, &until
	}
	if c.Post != "" {
		onPost := around.Base.most(around.ID, c.Post, span) + 1
		out.Posts = []registration.Crew{{Name: c.Post, Interns: &onPost}}
	}
	if f := around.Base.Registered; f != nil && f.Current != nil {
		fill(&out, *f.Current)
	}
	return out
}

// fill takes from what is registered of the base what the placement itself doesn't say.
func fill(s *registration.Stay, of registration.Content) {
	s.Headcount, s.Hazards = of.Host.Headcount, of.Conditions.Hazards
	if s.Minors == nil {
		s.Minors = of.Conditions.Minors
	}
	if s.HoursPerDay == nil && s.HoursPerWeek == nil {
		s.HoursPerDay, s.HoursPerWeek = of.Conditions.HoursPerDay, of.Conditions.HoursPerWeek
	}
	if s.NightWork == nil {
		s.NightWork = of.Conditions.NightWork
	}
	if i := of.Insurance; s.CoverFrom == nil && i.CoverFrom != "" && i.CoverUntil != "" {
		from, until := i.CoverFrom.Earliest(), i.CoverUntil.Latest()
		s.CoverFrom, s.CoverUntil = &from, &until
	}
	for i := range s.Posts {
		for _, o := range of.Serves.Disciplines {
			for _, p := range o.Posts {
				if p.Name == s.Posts[i].Name && p.Headcount != nil {
					s.Posts[i].Headcount = p.Headcount
				}
			}
		}
	}
}

// broken lists the rules that stand against a placement: those that nobody may set aside, and those that somebody could
// but didn't.
func broken(findings []registration.Finding, reasons map[string]string) []Problem {
	var out []Problem
	for _, f := range findings {
		if f.Outcome == registration.Passed {
			continue
		}
		rule, found := registration.Wording{En: f.Rule.Text, Zh: f.Rule.TextZh}, registration.Wording{En: f.Message, Zh: f.MessageZh}
		switch {
		case f.Rule.Severity == registration.Block:
			out = append(out, registration.NewProblem(registration.PolicyBroken, []string{"content"}, say("%s But %s. Nobody may set this rule aside: change the placement", "%s但%s。该规定不可放行：请调整实习安排", rule, found)))
		case strings.TrimSpace(reasons[f.Rule.Code]) == "":
			out = append(out, registration.NewProblem(registration.PolicyBroken, []string{"overrides"}, say("%s But %s: say what is so, or set the rule aside by a reason in overrides under %s", "%s但%s：请补充信息，或在 overrides 的 %s 下说明放行理由", rule, found, f.Rule.Code)))
		}
	}
	return out
}
