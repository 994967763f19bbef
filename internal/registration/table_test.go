package registration

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/golden"
)

// steps is all that people can do, as a partner office would write it down: where the base stands, what is done, by
// whom, and where it stands then. A status with a proposal beside it is written AMENDING/DRAFT. Whatever is not here
// must be refused. The party that approves here isn't the last one, and the day of a termination is today.
const steps = `
-                           CREATE           office          DRAFT
DRAFT                       UPDATE           office          DRAFT
DRAFT                       DELETE           office          -
DRAFT                       SUBMIT           office          SUBMITTED
SUBMITTED                   START_REVIEW     reviewer        IN_REVIEW
SUBMITTED                   MERGE            reviewer        MERGED
IN_REVIEW                   REQUEST_CHANGES  reviewer        CHANGES_REQUESTED
IN_REVIEW                   REJECT           reviewer        REJECTED
IN_REVIEW                   MERGE            reviewer        MERGED
IN_REVIEW                   APPROVE          reviewer        APPROVED
CHANGES_REQUESTED           UPDATE           office          CHANGES_REQUESTED
CHANGES_REQUESTED           SUBMIT           office          SUBMITTED
APPROVED                    PARTY_APPROVE    office          APPROVED
APPROVED                    REQUEST_CHANGES  reviewer        CHANGES_REQUESTED

ACTIVE                      AMEND            office          AMENDING/DRAFT
ACTIVE                      RENEW            office          AMENDING/DRAFT
ACTIVE                      SUSPEND          reviewer,admin  SUSPENDED
ACTIVE                      TERMINATE        reviewer,admin  TERMINATED

AMENDING/DRAFT              UPDATE           office          AMENDING/DRAFT
AMENDING/DRAFT              DELETE           office          ACTIVE
AMENDING/DRAFT              SUBMIT           office          AMENDING/SUBMITTED
AMENDING/SUBMITTED          START_REVIEW     reviewer        AMENDING/IN_REVIEW
AMENDING/IN_REVIEW          REQUEST_CHANGES  reviewer        AMENDING/CHANGES_REQUESTED
AMENDING/IN_REVIEW          REJECT           reviewer        ACTIVE
AMENDING/IN_REVIEW          APPROVE          reviewer        AMENDING/APPROVED
AMENDING/CHANGES_REQUESTED  UPDATE           office          AMENDING/CHANGES_REQUESTED
AMENDING/CHANGES_REQUESTED  SUBMIT           office          AMENDING/SUBMITTED
AMENDING/APPROVED           PARTY_APPROVE    office          AMENDING/APPROVED
AMENDING/APPROVED           REQUEST_CHANGES  reviewer        AMENDING/CHANGES_REQUESTED
AMENDING/any                SUSPEND          reviewer,admin  SUSPENDED/any
AMENDING/any                TERMINATE        reviewer,admin  TERMINATED

SUSPENDED                   RESUME           reviewer,admin  ACTIVE
SUSPENDED                   AMEND            office          SUSPENDED/DRAFT
SUSPENDED                   RENEW            office          SUSPENDED/DRAFT
SUSPENDED                   TERMINATE        reviewer,admin  TERMINATED
SUSPENDED/DRAFT             UPDATE           office          SUSPENDED/DRAFT
SUSPENDED/DRAFT             DELETE           office          SUSPENDED
SUSPENDED/DRAFT             SUBMIT           office          SUSPENDED/SUBMITTED
SUSPENDED/SUBMITTED         START_REVIEW     reviewer        SUSPENDED/IN_REVIEW
SUSPENDED/IN_REVIEW         REQUEST_CHANGES  reviewer        SUSPENDED/CHANGES_REQUESTED
SUSPENDED/IN_REVIEW         REJECT           reviewer        SUSPENDED
SUSPENDED/IN_REVIEW         APPROVE          reviewer        SUSPENDED/APPROVED
SUSPENDED/CHANGES_REQUESTED UPDATE           office          SUSPENDED/CHANGES_REQUESTED
SUSPENDED/CHANGES_REQUESTED SUBMIT           office          SUSPENDED/SUBMITTED
SUSPENDED/APPROVED          PARTY_APPROVE    office          SUSPENDED/APPROVED
SUSPENDED/APPROVED          REQUEST_CHANGES  reviewer        SUSPENDED/CHANGES_REQUESTED
SUSPENDED/any               RESUME           reviewer,admin  AMENDING/any
SUSPENDED/any               TERMINATE        reviewer,admin  TERMINATED

EXPIRED                     RENEW            office          EXPIRED/DRAFT
EXPIRED/DRAFT               UPDATE           office          EXPIRED/DRAFT
EXPIRED/DRAFT               DELETE           office          EXPIRED
EXPIRED/DRAFT               SUBMIT           office          EXPIRED/SUBMITTED
EXPIRED/SUBMITTED           START_REVIEW     reviewer        EXPIRED/IN_REVIEW
EXPIRED/IN_REVIEW           REQUEST_CHANGES  reviewer        EXPIRED/CHANGES_REQUESTED
EXPIRED/IN_REVIEW           REJECT           reviewer        EXPIRED
EXPIRED/IN_REVIEW           APPROVE          reviewer        EXPIRED/APPROVED
EXPIRED/CHANGES_REQUESTED   UPDATE           office          EXPIRED/CHANGES_REQUESTED
EXPIRED/CHANGES_REQUESTED   SUBMIT           office          EXPIRED/SUBMITTED
EXPIRED/APPROVED            PARTY_APPROVE    office          EXPIRED/APPROVED
EXPIRED/APPROVED            REQUEST_CHANGES  reviewer        EXPIRED/CHANGES_REQUESTED
`

var stages = []string{"DRAFT", "SUBMITTED", "IN_REVIEW", "CHANGES_REQUESTED", "APPROVED"}

func place(f Facts) string {
	switch {
	case f.Status() == "":
		return "-"
	case f.Live != Never && f.Stage != None:
		return f.Status() + "/" + string(f.Stage)
	}
	return f.Status()
}

// TestTable tries every action everywhere, as everybody.
func TestTable(t *testing.T) {
	want := map[string]string{}
	for _, l := range strings.Split(strings.TrimSpace(steps), "\n") {
		w := strings.Fields(l)
		if len(w) == 0 {
			continue
		}
		for _, s := range stages {
			for _, who := range strings.Split(w[2], ",") {
				want[fmt.Sprint(strings.ReplaceAll(w[0], "any", s), " ", w[1], " ", who)] = strings.ReplaceAll(w[3], "any", s)
			}
			if !strings.Contains(w[0], "any") {
				break
			}
		}
	}
	whole := handedIn(t)
	hash := whole.Hash()
	var all []Facts
	for _, live := range []Standing{"", Never, Open, Suspended, Expired, Terminated} {
		for _, stage := range []Stage{Absent, None, Draft, Submitted, InReview, ChangesRequested, Approved, Rejected, Merged, Deleted} {
			f := Facts{Live: live, Stage: stage, Version: 3}
			now, before := whole, whole
			before.Agreement.ValidFrom, before.Agreement.ValidUntil = "2025", "2026-02-01"
			if slices.Contains(stages, string(stage)) {
				f.Proposed, f.Hash, f.Submitters = &now, hash, []string{"somebody"}
			}
			if live != Never {
				f.Current = &now
				if live == Expired {
					f.Current = &before
				}
			}
			all = append(all, f)
		}
	}
	actors := map[string]Actor{
		"office":   {Subject: "o", Offices: []string{"uni_made-up"}},
		"reviewer": {Subject: "r", Reviewer: true},
		"admin":    {Subject: "a", Admin: true},
		"stranger": {Subject: "s", Offices: []string{"uni_other"}},
		"nobody":   {Offices: []string{"uni_made-up"}, Reviewer: true, Admin: true},
	}
	today, tried := on("2026-06-01"), 0
	for _, f := range all {
		if f.Live == "" && f.Stage != Absent || f.Live != "" && f.Stage == Absent {
			continue
		}
		for _, a := range append(slices.Clone(Actions), Activate, Expire, Close) {
			for who, by := range actors {
				d := Details{
					Version: f.Version, Content: &whole, Around: known(), Reason: "because", Survivor: "bas_other", Hash: hash, On: today.String(),
					Overrides: map[string]string{"INTERNS_OF_HEADCOUNT": "agreed"},
				}
				if codes := Reasons[a]; codes != nil {
					d.Code = codes[0]
				}
				after, refusal := Apply(f, a, by, d, today)
				key := fmt.Sprint(place(f), " ", a, " ", who)
				to, possible := want[key]
				tried++
				switch {
				case possible && refusal != nil:
					t.Errorf("%s: %v", key, refusal)
				case !possible && refusal == nil:
					t.Errorf("%s leads to %s", key, place(after))
				case possible && place(after) != to:
					t.Errorf("%s leads to %s, not %s", key, place(after), to)
				case refusal != nil && !slices.Contains([]Code{WrongState, NotAllowed, NotYourBase}, refusal.Problems[0].Code):
					t.Errorf("%s: refused for another reason than its place or who asks: %v", key, refusal)
				}
				if possible {
					delete(want, key)
				}
			}
		}
	}
	for _, key := range sorted(want) {
		t.Errorf("never tried: %s", key)
	}
	t.Logf("%d tries", tried)
}

// TestTableForAPerson writes the table down with what its guards ask for.
func TestTableForAPerson(t *testing.T) {
	var out strings.Builder
	var met []string
	for _, row := range Table {
		var guards []string
		for _, g := range row.Guards {
			guards = append(guards, g.Name)
			if line := fmt.Sprintf("%-20s %s", g.Name, g.Says); !slices.Contains(met, line) {
				met = append(met, line)
			}
		}
		to := func(s string) string {
			if s == "" {
				return "as it was"
			}
			return s
		}
		fmt.Fprintf(&out, "%s by %s\n  live %v → %s\n  proposal %v → %s\n  %s\n", row.Action, row.Who.names().En, row.Live, to(string(row.ToLive)), row.Stage, to(string(row.To)), cmp.Or(strings.Join(guards, ", "), "no guard"))
	}
	fmt.Fprintf(&out, "\n%s\n", strings.Join(met, "\n"))
	golden.Equal(t, "testdata/table.txt", []byte(out.String()))
}
