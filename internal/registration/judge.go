package registration

import (
	"slices"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Stay is what rules of policy are held against: one placement, or what a base offers to all of them. What nobody knows
// is nil.
type Stay struct {
	Kinds        []string     // of the universities whose students it is about; none: nobody knows
	From, Until  *network.Day // of a placement, its first day and its last
	Weeks        *int         // of a base, the longest placement it offers
	CoverFrom    *network.Day // of the insurance
	CoverUntil   *network.Day // its end, counted as that of a placement is
	Headcount    *int         // the host's employees on post
	Interns      *int         // students who are there at a time, a placement's own student included
	Posts        []Crew       // of a placement, the post it is on; none: not on post
	ThreeParty   *bool        // whether school, host and student signed an agreement of three parties
	HoursPerDay  *int
	HoursPerWeek *int
	NightWork    *bool
	Hazards      []string
	Age          *int  // of a placement, the student's on its first day
	Minors       *bool // of a base, whether it takes minors
}

// Crew is who works on a post.
type Crew struct {
	Name               string
	Headcount, Interns *int
}

// Outcome is what came of holding something against a rule.
type Outcome string

// The outcomes. What can't be judged for want of facts isn't passed.
const (
	Passed  Outcome = "PASSED"
	Failed  Outcome = "FAILED"
	Unknown Outcome = "UNKNOWN"
)

// Finding is what one rule of policy says.
type Finding struct {
	Rule      Rule
	Outcome   Outcome
	Field     []string // the field of a content that it turns on
	Message   string   // what was found; "" where the rule is met
	MessageZh string
}

// Judge holds what a base offers against the rules that concern bases and bind whom it serves.
func Judge(rules []Rule, c Content, around Around) []Finding {
	return judge(rules, OfBase, offered(c, around))
}

// JudgePlacement holds a placement against the rules that concern placements and bind its student's university.
func JudgePlacement(rules []Rule, s Stay) []Finding { return judge(rules, OfPlacement, s) }

func judge(rules []Rule, of Concern, s Stay) []Finding {
	var out []Finding
	for _, r := range rules {
		if !slices.Contains(r.Concerns, of) || !r.binding(s.Kinds) {
			continue
		}
		outcome, found := measures[r.Code].judge(r.Numbers, s)
		out = append(out, Finding{Rule: r, Outcome: outcome, Field: measures[r.Code].field, Message: found.En, MessageZh: found.Zh})
	}
	return out
}

// offered is what a base offers to any student. Its places are those of a year: as if all came at once.
func offered(c Content, around Around) Stay {
	s := Stay{
		Headcount: c.Host.Headcount, ThreeParty: c.Agreement.ThreeParty,
		HoursPerDay: c.Conditions.HoursPerDay, HoursPerWeek: c.Conditions.HoursPerWeek,
		NightWork: c.Conditions.NightWork, Hazards: c.Conditions.Hazards, Minors: c.Conditions.Minors,
	}
	for _, id := range c.Serves.Organizations {
		kinds := around[id].Kinds
		if len(kinds) == 0 { // one of whom nobody knows makes all unknown, and every rule binds
			s.Kinds = nil
			break
		}
		s.Kinds = append(s.Kinds, kinds...)
	}
	if c.Insurance.CoverFrom != "" && c.Insurance.CoverUntil != "" {
		from, until := c.Insurance.CoverFrom.Earliest(), c.Insurance.CoverUntil.Latest()
		s.CoverFrom, s.CoverUntil = &from, &until
	}
	for _, o := range c.Serves.Disciplines {
		s.Interns = plus(s.Interns, o.Places)
		if o.MaxWeeks != nil && (s.Weeks == nil || *o.MaxWeeks > *s.Weeks) {
			s.Weeks = o.MaxWeeks
		}
		for _, p := range o.Posts {
			interns := p.Places
			if interns == nil && len(o.Posts) == 1 {
				interns = o.Places
			}
			i := slices.IndexFunc(s.Posts, func(c Crew) bool { return c.Name == p.Name })
			if i < 0 {
				s.Posts = append(s.Posts, Crew{p.Name, p.Headcount, interns})
				continue
			}
			if interns == nil || s.Posts[i].Interns == nil {
				s.Posts[i].Interns = nil
			} else {
				s.Posts[i].Interns = plus(s.Posts[i].Interns, interns)
			}
		}
	}
	return s
}

// plus adds up what is known.
func plus(a, b *int) *int {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	sum := *a + *b
	return &sum
}
