package registration

import (
	"fmt"
	"strings"
)

// Code says what kind of problem it is, for programs; it is what `userErrors { code }` shows.
type Code string

// Codes of what is wrong with a field.
const (
	Required     Code = "REQUIRED"      // it is needed to submit
	UnknownField Code = "UNKNOWN_FIELD" // there is no such field
	WrongType    Code = "WRONG_TYPE"    // a number where a text belongs, and the like
	TooLong      Code = "TOO_LONG"      // a text has too many characters, a list too many elements
	OutOfRange   Code = "OUT_OF_RANGE"  // a number is too small or too large
	NoChoice     Code = "NOT_A_CHOICE"  // none of the values there are
	BadFormat    Code = "BAD_FORMAT"    // a date, an id, a code that isn't one
	Twice        Code = "TWICE"         // a list names something twice
	OutOfOrder   Code = "OUT_OF_ORDER"  // the end comes before the beginning
	NotAmong     Code = "NOT_AMONG"     // the lead isn't served
	NotFound     Code = "NOT_FOUND"     // nothing has this id
	NotInTime    Code = "NOT_IN_TIME"   // too early or too late on the day
)

// Codes of why an action can't be taken.
const (
	WrongState        Code = "WRONG_STATE"         // not in this state
	NotAllowed        Code = "NOT_ALLOWED"         // by somebody else
	OwnSubmission     Code = "OWN_SUBMISSION"      // reviewed by who handed it in
	VersionConflict   Code = "VERSION_CONFLICT"    // somebody else was quicker
	ContentChanged    Code = "CONTENT_CHANGED"     // the approval is of another content
	AlreadyApproved   Code = "ALREADY_APPROVED"    // by this party
	NoReason          Code = "NO_REASON"           // a reason is needed
	NoSurvivor        Code = "NO_SURVIVOR"         // a merger names what remains
	NoInspection      Code = "NO_INSPECTION"       // nobody has seen the site
	Incomplete        Code = "INCOMPLETE"          // fields are missing or wrong
	Unanswered        Code = "DUPLICATES_OPEN"     // nobody said whether likely duplicates are
	PolicyBroken      Code = "POLICY_BROKEN"       // a rule of policy isn't met
	PlacementsOpen    Code = "PLACEMENTS_OPEN"     // students are still placed there
	NotInForce        Code = "NOT_IN_FORCE"        // the agreement isn't in force
	AgreementEnded    Code = "AGREEMENT_ENDED"     // only a new agreement helps
	NotLater          Code = "NOT_LATER"           // a renewal that ends no later
	NotYourBase       Code = "NOT_YOUR_BASE"       // none of one's own organisations hosts or is served
	EndsAlready       Code = "ENDS_ALREADY"        // its end is settled
	ApprovalsMissing  Code = "APPROVALS_MISSING"   // not all parties have approved
	TakesNoPlacements Code = "TAKES_NO_PLACEMENTS" // the base isn't open on these days
)

// Problem is something that a person can mend: what is wrong, where, and what would be right, in two languages.
type Problem struct {
	Code      Code     `json:"code"`
	Field     []string `json:"field,omitempty"` // the path to the field; elements of lists by their place, from 0
	Message   string   `json:"message"`
	MessageZh string   `json:"messageZh"`
}

func (p Problem) String() string {
	if len(p.Field) == 0 {
		return fmt.Sprintf("%s: %s", p.Code, p.Message)
	}
	return fmt.Sprintf("%s %s: %s", strings.Join(p.Field, "."), p.Code, p.Message)
}

// text is the same in English and in Chinese.
type text struct{ En, Zh string }

func say(en, zh string, args ...any) text {
	return text{fmt.Sprintf(en, pick(args, false)...), fmt.Sprintf(zh, pick(args, true)...)}
}

// pick takes the language of those arguments that have two.
func pick(args []any, zh bool) []any {
	out := make([]any, len(args))
	for i, a := range args {
		t, ok := a.(text)
		switch {
		case !ok:
			out[i] = a
		case zh:
			out[i] = t.Zh
		default:
			out[i] = t.En
		}
	}
	return out
}

func problem(code Code, field []string, t text) Problem {
	return Problem{Code: code, Field: field, Message: t.En, MessageZh: t.Zh}
}

// shown is a value as a message shows it: not endless.
func shown(v any) string {
	const most = 40
	s := fmt.Sprint(v)
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	if _, ok := v.(string); ok {
		return fmt.Sprintf("%q", s)
	}
	return s
}
