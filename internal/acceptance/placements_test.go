package acceptance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

// placedAs is what mutations of placements answer in these tests.
type placedAs struct {
	Placement *struct {
		ID, Status, From, Until string
		Student, Base           *struct{ ID string }
	}
	Standing *struct {
		Version   int
		Content   struct{ Post string }
		Findings  []struct{ Rule, Override string }
		ViewerCan []struct {
			Action  string
			Allowed bool
		}
	}
	UserErrors mended
}

const placedAnswer = `{
  placement { id status from until student { id } base { id } }
  standing { version content { post } findings { rule override } viewerCan { action allowed } }
  userErrors { code field message state action allowed }
}`

// places sends a mutation of a placement.
func (r *running) places(mutation, input string) placedAs {
	r.Helper()
	var out struct{ Done placedAs }
	r.ask(fmt.Sprintf(`mutation { done: placement%s(input: %s) %s }`, mutation, input, placedAnswer), &out)
	return out.Done
}

// placed is places for what must go well.
func (r *running) placed(mutation, input string) placedAs {
	r.Helper()
	out := r.places(mutation, input)
	if len(out.UserErrors) > 0 || out.Placement == nil || out.Standing == nil {
		r.Fatalf("%s as %v answered %+v", mutation, r.viewer, out)
	}
	return out
}

// agreed is a placement that meets every rule.
func agreed(student, from, until string) string {
	return fmt.Sprintf(`{student: %q, practiceBase: "bas_works", content: {from: %q, until: %q, hoursPerWeek: 40, coverFrom: "2026-01-01", coverUntil: "2028-01-01"}}`, student, from, until)
}

// The whole life of a placement, as each of those who have a part in it.
func TestLifeOfAPlacement(t *testing.T) {
	r := serveNetwork(t, studentNetwork)
	ids := r.chemists(3)
	made := r.placed("Create", agreed(ids[0], "2026-12-01", "2027-03-01"))
	if made.Placement.Status != "PLANNED" || made.Placement.Student == nil || made.Placement.Base == nil || made.Standing.Version != 1 {
		t.Fatalf("it was placed as %+v", made.Placement)
	}
	id := made.Placement.ID
	at := func(version int, more string) string {
		return fmt.Sprintf(`{id: %q, version: %d %s}`, id, version, more)
	}
	if early := r.as(worksOffice).places("Start", at(1, `, on: "2026-12-01"`)); early.UserErrors.codes() != "NOT_IN_TIME" {
		t.Errorf("one that begins in December was started: %+v", early)
	}
	started := r.placed("Start", at(1, `, on: "2026-11-01"`))
	if started.Placement.Status != "ACTIVE" || started.Placement.From != "2026-11-01" || started.Standing.Version != 2 {
		t.Errorf("it was started as %+v", started.Placement)
	}
	if wrong := r.places("Extend", at(2, `, until: "2027-05-01"`)); wrong.UserErrors.codes() != "NOT_ALLOWED" || !slices.Equal(wrong.UserErrors[0].Allowed, []string{"COMPLETE", "CANCEL"}) {
		t.Errorf("the host that extends is told %+v", wrong.UserErrors)
	}
	if late := r.as(eastOffice).places("Extend", at(1, `, until: "2027-05-01"`)); late.UserErrors.codes() != "VERSION_CONFLICT" {
		t.Errorf("an old version was extended: %+v", late)
	}
	extended := r.placed("Extend", at(2, `, until: "2027-05-01"`))
	if extended.Placement.Until != "2027-05-01" {
		t.Errorf("it was extended to %+v", extended.Placement)
	}
	// Two are there until May. Once one has left there is room for another.
	r.placed("Create", agreed(ids[1], "2026-11-21", "2027-05-01"))
	third := agreed(ids[2], "2026-12-01", "2027-06-01")
	full := r.places("Create", third)
	if full.UserErrors.codes() != "NO_CAPACITY NO_CAPACITY" && full.UserErrors.codes() != "NO_CAPACITY" || !strings.Contains(full.UserErrors[0].Message, "0 of 2 places") || !strings.Contains(full.UserErrors[0].Message, "2027-05-01") {
		t.Errorf("a third is told %+v", full.UserErrors)
	}
	done := r.as(worksOffice).placed("Complete", at(3, ""))
	if done.Placement.Status != "COMPLETED" || done.Placement.Until != today.String() {
		t.Errorf("it was completed as %+v", done.Placement)
	}
	if wrong := r.places("Cancel", at(4, `, code: OTHER, reason: "Too late"`)); wrong.UserErrors.codes() != "WRONG_STATE" || wrong.UserErrors[0].State != "COMPLETED" || wrong.UserErrors[0].Action != "CANCEL" {
		t.Errorf("what is completed is cancelled: %+v", wrong.UserErrors)
	}
	next := r.as(eastOffice).placed("Create", third)
	fourth := agreed(ids[0], "2027-01-01", "2027-06-01")
	if full := r.places("Create", fourth); full.UserErrors.codes() != "NO_CAPACITY" {
		t.Errorf("a fourth is told %+v", full.UserErrors)
	}
	gone := r.placed("Cancel", fmt.Sprintf(`{id: %q, version: 1, code: STUDENT, reason: "Fell ill"}`, next.Placement.ID))
	if gone.Placement.Status != "CANCELLED" {
		t.Errorf("it was cancelled as %+v", gone.Placement)
	}
	r.placed("Create", fourth)
}

// What stands against a placement is told, each thing in its way, and nothing is placed.
func TestPlacementsRefused(t *testing.T) {
	r := serveNetwork(t, studentNetwork)
	id := r.chemists(1)[0]
	lawyers, _ := r.enrols("Enrol", student{"enrolledAt": "uni_east", "students": []student{{"name": "A Lawyer", "disciplines": []string{"dis_law"}}}})
	at := func(base, content, more string) string {
		return fmt.Sprintf(`{student: %q, practiceBase: %q, content: {%s} %s}`, id, base, content, more)
	}
	const days, covered = `from: "2026-12-01", until: "2027-02-01" `, `hoursPerWeek: 40, coverFrom: "2026-01-01", coverUntil: "2028-01-01"`
	for _, c := range []struct{ viewer, input, want string }{
		{eastOffice, at("bas_works", `from: "2026-12", until: "2027-02-01"`, ""), "BAD_FORMAT"},
		{eastOffice, at("bas_works", `from: "2026-12-01", until: "2026-12-01"`, ""), "OUT_OF_ORDER"},
		{eastOffice, at("bas_works", `hoursPerWeek: 40`, ""), "REQUIRED REQUIRED"},
		{eastOffice, at("bas_shut", days+covered, ""), "TAKES_NO_PLACEMENTS"},
		{eastOffice, strings.Replace(at("bas_works", days+covered, ""), id, lawyers[0], 1), "NOT_OFFERED"},
		{"admin", strings.Replace(at("bas_works", days+covered, ""), id, "stu_other", 1), "NOT_OFFERED NOT_SERVED POLICY_BROKEN"},
		{"analyst", at("bas_works", days+covered, ""), "NOT_ALLOWED"},
		{eastOffice, at("bas_works", days, ""), "POLICY_BROKEN POLICY_BROKEN"},
		{eastOffice, at("bas_works", days+`hoursPerWeek: 48, coverFrom: "2026-01-01", coverUntil: "2028-01-01"`, ""), "POLICY_BROKEN"},
	} {
		if out := r.as(c.viewer).places("Create", c.input); out.UserErrors.codes() != c.want || out.Placement != nil {
			t.Errorf("%s creates %s: %+v", c.viewer, c.input, out)
		}
	}
	made := r.as(eastOffice).placed("Create", at("bas_works", days, `overrides: [{rule: "WORKING_HOURS", reason: "Not settled yet"}, {rule: "INSURANCE_COVERS", reason: "The host insures"}]`))
	if f := made.Standing.Findings; len(f) != 2 || f[0].Override == "" || f[1].Override == "" {
		t.Errorf("it was let pass as %+v", f)
	}
	if twice := r.places("Create", at("bas_works", days+covered, "")); twice.UserErrors.codes() != "ALREADY_PLACED" {
		t.Errorf("it was placed twice: %+v", twice)
	}
	updated := r.placed("Update", fmt.Sprintf(`{id: %q, version: 1, content: {from: "2026-11-20", post: "Analyst", threeParty: true, %s}, overrides: [{rule: "INTERNS_OF_POST", reason: "Many work there"}]}`, made.Placement.ID, covered))
	if updated.Standing.Content.Post != "Analyst" || updated.Placement.From != "2026-11-20" {
		t.Errorf("it was updated as %+v", updated)
	}
	// Whoever doesn't see it is told what is told of what isn't there.
	code := func(viewer, mutation string) string {
		var out struct {
			Errors []struct {
				Message    string
				Extensions struct{ Code string }
			}
		}
		text := r.as(viewer).post(mutation, nil)
		if err := json.Unmarshal(text, &out); err != nil || len(out.Errors) != 1 {
			t.Fatalf("%s is answered %s", viewer, text)
		}
		return out.Errors[0].Extensions.Code + " " + out.Errors[0].Message
	}
	for _, c := range []struct{ viewer, mutation, id, absent string }{
		{westOffice, `mutation { placementCancel(input: {id: %q, version: 2, code: OTHER, reason: "-"}) { placement { id } } }`, made.Placement.ID, "plc_nowhere"},
		{westOffice, `mutation { studentErase(input: {id: %q, reason: REQUESTED}) { student { id } } }`, id, "stu_nowhere"},
		{westOffice, `mutation { placementCreate(input: {student: %q, practiceBase: "bas_works", content: {}}) { placement { id } } }`, id, "stu_nowhere"},
		{eastOffice, `mutation { placementCreate(input: {student: "` + id + `", practiceBase: %q, content: {}}) { placement { id } } }`, "uni_east", "bas_nowhere"},
		{"public", `mutation { studentErase(input: {id: %q, reason: REQUESTED}) { student { id } } }`, id, "stu_nowhere"},
	} {
		hidden, absent := code(c.viewer, fmt.Sprintf(c.mutation, c.id)), code(c.viewer, fmt.Sprintf(c.mutation, c.absent))
		if strings.ReplaceAll(hidden, c.id, "") != strings.ReplaceAll(absent, c.absent, "") {
			t.Errorf("%s is told %s and %s", c.viewer, hidden, absent)
		}
	}
}

// Of fifty who want the last place at once one gets it.
func TestTheLastPlace(t *testing.T) {
	r := serveNetwork(t, studentNetwork)
	ids := r.chemists(51)
	r.placed("Create", agreed(ids[50], "2026-12-01", "2027-03-01"))
	var wins, full int
	var all sync.WaitGroup
	var count sync.Mutex
	for _, id := range ids[:50] {
		all.Go(func() {
			out := r.places("Create", agreed(id, "2027-01-01", "2027-02-01"))
			count.Lock()
			defer count.Unlock()
			switch {
			case out.Placement != nil:
				wins++
			case out.UserErrors.codes() == "NO_CAPACITY":
				full++
			default:
				t.Errorf("it was answered %+v", out)
			}
		})
	}
	all.Wait()
	if wins != 1 || full != 49 {
		t.Errorf("%d got the last place, %d were told that there is none", wins, full)
	}
	// What was written is counted as what was imported: exactly by who sees it, and about by who doesn't.
	const counts = `{ practiceBase(id: "bas_works") { capacity(from: "2027-01-01", until: "2027-02-01") { placementCount disciplines { places taken free } } } university(id: "uni_east") { students { totalCount } } }`
	r.is(counts, `{"practiceBase":{"capacity":{"placementCount":2,"disciplines":[{"places":2,"taken":2,"free":0},{"places":null,"taken":null,"free":null}]}},"university":{"students":{"totalCount":51}}}`)
	r.as("public").is(counts, `{"practiceBase":{"capacity":{"placementCount":null,"disciplines":[{"places":2,"taken":null,"free":null},{"places":null,"taken":null,"free":null}]}},"university":{"students":{"totalCount":50}}}`)
}

// At a base that is registered a student is placed under its agreement, by its rules, and not while it is suspended.
func TestPlacedAtARegisteredBase(t *testing.T) {
	r := serveDocuments(t)
	made := r.as(hostOffice).did("Create", `{content: `+strings.Replace(complete, "places: 20", `places: 20, posts: [{name: "Operator", headcount: 10}]`, 1)+`}`)
	id := made.PracticeBase.ID
	at := func(of registered) string { return fmt.Sprintf(`id: %q, version: %d`, id, of.Registration.Version) }
	of := r.did("Submit", `{`+at(made)+`}`)
	of = r.as(reviewer).did("StartReview", `{`+at(of)+`}`)
	of = r.did("Approve", `{`+at(of)+`, overrides: [{rule: "INTERNS_OF_POST", reason: "In shifts"}]}`)
	byHash := fmt.Sprintf(`{id: %q, hash: %q}`, id, of.Registration.ContentHash)
	r.as(hostOffice).did("PartyApprove", byHash)
	of = r.as(universityOffice).did("PartyApprove", byHash)

	ids, wrong := r.enrols("Enrol", student{"enrolledAt": "uni_bohai-university", "students": []student{{"name": "A", "disciplines": []string{"dis_artificial-intelligence"}}}})
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	place := func(from, until, more string) placedAs {
		return r.places("Create", fmt.Sprintf(`{student: %q, practiceBase: %q, content: {from: %q, until: %q %s}}`, ids[0], id, from, until, more))
	}
	if late := place("2028-12-01", "2029-03-01", ""); late.UserErrors.codes() != "TAKES_NO_PLACEMENTS POLICY_BROKEN" {
		t.Errorf("past the agreement and the insurance it is told %+v", late.UserErrors)
	}
	if early := place("2026-11-20", "2027-03-01", ""); early.UserErrors.codes() != "NOT_OFFERED NOT_SERVED" {
		t.Errorf("on the day before the base opened it is told %+v", early.UserErrors)
	}
	if post := place("2026-11-21", "2027-03-01", `post: "Operator", hoursPerWeek: 41`); post.UserErrors.codes() != "POLICY_BROKEN POLICY_BROKEN" {
		t.Errorf("on the post it is told %+v", post.UserErrors)
	}
	out := place("2026-11-21", "2027-03-01", "")
	if out.Placement == nil || len(out.Standing.Findings) != 0 {
		t.Fatalf("it was placed as %+v", out)
	}
	of = r.as(reviewer).did("Suspend", `{`+at(of)+`, code: "INCIDENT", reason: "A fire on 3 May"}`)
	start := fmt.Sprintf(`{id: %q, version: 1}`, out.Placement.ID)
	if shut := r.as(universityOffice).places("Start", start); shut.UserErrors.codes() != "TAKES_NO_PLACEMENTS" {
		t.Errorf("while it is suspended it is told %+v", shut.UserErrors)
	}
	r.as(reviewer).did("Resume", `{`+at(of)+`}`)
	if begun := r.as(hostOffice).placed("Start", start); begun.Placement.Status != "ACTIVE" {
		t.Errorf("it was started as %+v", begun.Placement)
	}
}
