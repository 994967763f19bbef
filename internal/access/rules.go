package access

import "slices"

// Rule says who sees the things of a type, beside administrators, who see everything. Whoever isn't named sees nothing
// of them. What is seen in part lacks its confidential fields.
type Rule struct {
	Anyone   Condition // seen in part by everybody
	Analyst  Condition // seen in part by analysts
	Office   Condition // seen whole by offices
	Reviewer Condition // seen whole by reviewers
	// Totals tells whether everybody may know about how many there are: to the nearest 5, and nothing below 5.
	Totals bool
}

// A unit is as much the office's as what it is a part of.
var upward = Step{Over: "PART_OF", Out: true, Least: 0, Most: 3}

func along(over string) Step   { return Step{Over: over, Out: true, Least: 1, Most: 1} }
func against(over string) Step { return Step{Over: over, Least: 1, Most: 1} }

func ofOffice(walk ...Step) Condition { return Tied{Walk: append(walk, upward), To: Offices} }

// ofReviewer is what concerns a university that is reviewed, or a member of an alliance that is.
func ofReviewer(walk ...Step) Condition {
	walk = append(walk, upward)
	member := append(slices.Clone(walk), along("MEMBER_OF"), Step{Over: "PART_OF", Out: true, Least: 0, Most: 5})
	return Either{Tied{Walk: walk, To: Reviews}, Tied{Walk: member, To: Reviews}}
}

// How somebody stands to an organisation itself: it is their office's, or what they review.
var (
	OwnOffice = ofOffice()
	Reviewed  = ofReviewer()
)

// rules are all there are, by the name that a type of the contract gives.
var rules = map[string]Rule{
	// Organisations, programmes, policies, competitions, events, people in office, sources, figures.
	"ANYONE": {Anyone: Always{}},
	// A base is public as long as it is open, and after its agreement ended. One of which no state is known was never
	// registered: somebody published it. Its registration is seen by those whom it concerns, and the draft by nobody else.
	"BASE": {
		Anyone: Having{Property: "status", Values: []string{"ACTIVE", "AMENDING", "EXPIRED"}, Absent: true},
		Office: Either{ofOffice(against("HOSTS")), ofOffice(along("SERVES"))},
		Reviewer: Both{
			Not{Having{Property: "status", Values: []string{"DRAFT"}}},
			ofReviewer(along("SERVES")),
		},
	},
	// Everybody sees that there is an agreement and whom it binds; what the parties keep in their files is theirs.
	"AGREEMENT": {
		Anyone:   Always{},
		Office:   Either{ofOffice(against("PARTY_TO")), ofOffice(against("GOVERNED_BY"), against("HOSTS")), ofOffice(against("GOVERNED_BY"), along("SERVES"))},
		Reviewer: Either{ofReviewer(against("PARTY_TO")), ofReviewer(against("GOVERNED_BY"), along("SERVES"))},
	},
	// A student is seen by where they are enrolled, and by where they are placed.
	"STUDENT": {
		Analyst: Always{},
		Office:  Either{ofOffice(along("ENROLLED_AT")), ofOffice(along("HAS_PLACEMENT"), along("AT"), against("HOSTS"))},
		Totals:  true,
	},
	"PLACEMENT": {
		Analyst: Always{},
		Office:  Either{ofOffice(against("HAS_PLACEMENT"), along("ENROLLED_AT")), ofOffice(along("AT"), against("HOSTS"))},
		Totals:  true,
	},
}

// HasTotals tells whether a rule lets everybody know about how many there are of what they don't see.
func HasTotals(rule string) bool { return rules[rule].Totals }
