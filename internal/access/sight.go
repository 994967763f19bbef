package access

// Sight is what viewers of some roles see of the things of one type.
type Sight struct {
	Part  Condition // seen, if perhaps without confidential fields
	Whole Condition // seen with them

	entire bool // whatever is seen is seen whole
}

// SightOf is what viewers who hold roles see of the things that a rule is about. It panics for a rule that isn't there.
func SightOf(rule string, roles Roles) Sight {
	r, ok := rules[rule]
	if !ok {
		panic("no rule is called " + rule)
	}
	if roles.Has(Admin) {
		return Sight{Always{}, Always{}, true}
	}
	var part, whole []Condition
	if roles.Has(Analyst) {
		part = append(part, r.Analyst)
	}
	if roles.Has(Office) {
		whole = append(whole, r.Office)
	}
	if roles.Has(Reviewer) {
		whole = append(whole, r.Reviewer)
	}
	some, all := either(append(part, r.Anyone)...), either(whole...)
	return Sight{Part: either(some, all), Whole: all, entire: some == Condition(Never{})}
}

// Everything tells whether nothing of the type is hidden.
func (s Sight) Everything() bool { return s.Part == Condition(Always{}) }

// Nothing tells whether all of the type is hidden.
func (s Sight) Nothing() bool { return s.Part == Condition(Never{}) }

// Entire tells whether no field is hidden of what is seen.
func (s Sight) Entire() bool { return s.entire }
