// Package registration knows how a practice base is registered: what a registration holds, what is wrong with it, where
// it stands, who may do what with it and why not, which rules of policy it breaks, and which other base it may be. All
// of it is data and pure functions, the same for a form, the API and a spreadsheet: who acts, what the network knows and
// which day it is come in as plain values.
//
// # Two things stand side by side
//
// What is live, and what is proposed. A base that was never active has a proposal only. Once a proposal is approved by
// its reviewer and by every party, and its agreement is in force, it becomes what is live. A change of a live base
// (amend, renew) is a new proposal that goes the same way from DRAFT to APPROVED, while what is live stays as it is.
//
// So a registration stands in two places, Facts.Live and Facts.Stage, and the status that a base shows follows from
// them (Facts.Status):
//
//	Live        Stage                                                          status
//	NEVER       DRAFT, SUBMITTED, IN_REVIEW, CHANGES_REQUESTED, APPROVED,      the stage
//	            REJECTED, MERGED
//	OPEN        NONE                                                           ACTIVE
//	OPEN        DRAFT, SUBMITTED, IN_REVIEW, CHANGES_REQUESTED, APPROVED       AMENDING
//	SUSPENDED   NONE or one of these                                           SUSPENDED
//	EXPIRED     NONE or one of these                                           EXPIRED
//	TERMINATED  NONE                                                           TERMINATED
//
// Table has every step there is; Apply is the only place where one is taken. What the calendar does (Settle) follows
// from what was decided and the day, so it is the same whenever it runs, and however often.
//
// # Where the steps go beyond the plain line from draft to termination
//
//   - A reviewer may request changes of what is APPROVED: else a party that doesn't approve would leave it there for ever.
//   - A SUSPENDED base can be amended, to mend what it was suspended for, and renewed; it stays suspended until a
//     reviewer or administrator resumes it.
//   - An EXPIRED base can be renewed. When all parties have approved it is active again.
//   - A proposal to a live base that is rejected, or deleted as a draft, is gone; the base is as it was.
//   - An amendment needs those who are party to what is live and those of the proposal: nobody is dropped unasked. A
//     renewal needs those of the proposal: the others' agreement ends by itself.
//   - A termination names its day. Until then the base is what it was, but takes nobody beyond that day.
package registration
