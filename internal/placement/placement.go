// Package placement knows how students are placed at practice bases: what is said of a student and of a placement, what
// is wrong with it, where a placement stands, who may do what with it and why not, and whether a base has room for it.
// All of it is data and pure functions, as in package registration, whose kinds of fields, problems and rules of policy
// it shares: who acts, what the network knows and which day it is come in as plain values.
//
// A placement takes a place at its base from its first day until before the day on which it is over, unless it is
// cancelled. Table has every step there is; Apply is the only place where one is taken.
package placement

import "github.com/partnergraph/partnergraph/internal/registration"

// Problem is something that a person can mend, in the form that registrations have too.
type Problem = registration.Problem

// Codes of problems, beside those of registration.
const (
	NoCapacity    registration.Code = "NO_CAPACITY"           // no place is free on one of the days
	NotOffered    registration.Code = "NOT_OFFERED"           // the base has no places in what the student studies
	NotServed     registration.Code = "NOT_SERVED"            // the base doesn't serve where the student is enrolled
	AlreadyPlaced registration.Code = "ALREADY_PLACED"        // the student is at the base on these days anyway
	NumberTaken   registration.Code = "STUDENT_NUMBER_TAKEN"  // another student of the university has it
	NotYours      registration.Code = "NOT_YOUR_ORGANIZATION" // somebody else's office enrols there
	Erased        registration.Code = "ERASED"                // who the student was is erased
)

// The most letters of a paragraph, and of a name.
const (
	long  = 5000
	short = 200
)

func one(code registration.Code, path []string, t registration.Wording) []Problem {
	return []Problem{registration.NewProblem(code, path, t)}
}

var say = registration.Say
