package access

// Writing says who changes the things of a type, beside administrators, who change everything.
type Writing struct {
	Create Roles     // who has any of these roles may write down a new one
	Change Condition // who meets it may change one, and begin and end what is written at it
}

// ofKeepers is what leads to an organisation of the viewer's office, or to one that they review: not to the members of an
// alliance that they review, whose facts are their own.
func ofKeepers(walk ...Step) Condition {
	walk = append(walk, upward)
	return Either{Tied{Walk: walk, To: Offices}, Tied{Walk: walk, To: Reviews}}
}

// writings are all there are, by the name that a type of the contract gives.
var writings = map[string]Writing{
	"ORGANIZATION": {Office | Reviewer, ofKeepers()},
	"AGREEMENT":    {Office | Reviewer, ofKeepers(against("PARTY_TO"))},
	"PROGRAM":      {Office | Reviewer, Either{ofKeepers(against("RUNS")), ofKeepers(against("ESTABLISHED"))}},
	"PERSON":       {Office | Reviewer, ofKeepers(along("HOLDS_OFFICE"))},
	"SOURCE":       {Office | Reviewer, Never{}},
}

// WritingOf is who changes the things that a rule is about. It panics for a rule that isn't there.
func WritingOf(rule string) Writing {
	w, ok := writings[rule]
	if !ok {
		panic("no rule of writing is called " + rule)
	}
	return w
}

// MayCreate tells whether the viewer may write down a new thing.
func (w Writing) MayCreate(v Viewer) bool { return v.Roles&(w.Create|Admin) != 0 }

// MayChange is the condition under which the viewer may change a thing.
func (w Writing) MayChange(v Viewer) Condition {
	switch {
	case v.Roles.Has(Admin):
		return Always{}
	case v.Roles&(Office|Reviewer) == 0:
		return Never{}
	}
	return w.Change
}
