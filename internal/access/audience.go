package access

// Circle is a kind of viewers, and what they are let into. Viewers with a scope are let in each for their organisations.
type Circle struct {
	Key string // what viewers of the kind have among their keys; before the id of an organisation if To says which
	To  Scope  // "" for viewers of the kind as a whole
	Of  Condition
}

// Keys are what a viewer is let in by, in the words that Parse reads. Administrators need none.
func (v Viewer) Keys() []string {
	out := []string{"public"}
	if v.Roles.Has(Analyst) {
		out = append(out, names[Analyst])
	}
	if v.Roles.Has(Office) {
		for _, id := range v.Offices {
			out = append(out, names[Office]+":"+id)
		}
	}
	if v.Roles.Has(Reviewer) {
		for _, id := range v.Reviews {
			out = append(out, names[Reviewer]+":"+id)
		}
	}
	return out
}

// Shown says who sees the things that a rule is about, or a part of them, whoever they are to it.
func Shown(rule string) []Circle {
	r := rules[rule]
	return circles(Circle{"public", "", r.Anyone}, Circle{names[Analyst], "", r.Analyst})
}

// Knowing says who sees the whole of the things that a rule is about, and may know what was done with them. Where nothing
// is hidden from anybody, these are the office of an organisation and who reviews for it.
func Knowing(rule string) []Circle {
	if !Guarded(rule) {
		return circles(Circle{names[Office], Offices, OwnOffice}, Circle{names[Reviewer], Reviews, Reviewed})
	}
	r := rules[rule]
	return circles(Circle{names[Office], Offices, r.Office}, Circle{names[Reviewer], Reviews, r.Reviewer})
}

// KnownTo is the condition of Knowing for viewers who hold roles.
func KnownTo(rule string, roles Roles) Condition {
	if roles.Has(Admin) {
		return Always{}
	}
	var out []Condition
	for _, c := range Knowing(rule) {
		if role, _ := RoleNamed(c.Key); roles.Has(role) {
			out = append(out, c.Of)
		}
	}
	return either(out...)
}

// Guarded tells whether something of what a rule is about is not for everybody.
func Guarded(rule string) bool {
	r, ok := rules[rule]
	if !ok {
		panic("no rule is called " + rule)
	}
	return r.Office != nil || r.Reviewer != nil
}

func circles(of ...Circle) (out []Circle) {
	for _, c := range of {
		if c.Of != nil {
			out = append(out, c)
		}
	}
	return out
}
