package acceptance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The people in these tests: the offices of a host and of a university, and who reviews for the university.
const (
	hostOffice       = "office:ent_alibaba"
	universityOffice = "office:uni_bohai-university"
	reviewer         = "reviewer:uni_bohai-university"
)

// complete is a registration with all that is needed to hand it in.
const complete = `{
  identity: {name: "Cloud practice base", nameZh: "云计算实践基地", level: UNIVERSITY, place: "loc_china", address: "1 Example Road"}
  host: {organization: "ent_alibaba", creditCode: "91330100716105852F", headcount: 500}
  serves: {organizations: ["uni_bohai-university"], lead: "uni_bohai-university", disciplines: [{discipline: "dis_artificial-intelligence", places: 20, minWeeks: 8, maxWeeks: 24}]}
  people: {
    host: {responsible: {name: "Wang Wei", phone: "+86 571 0000"}, contact: {name: "Li Na", email: "base@example.com"}}
    school: {responsible: {name: "Zhao Min", phone: "+86 416 0000"}, contact: {name: "Sun Yu", email: "office@example.edu.cn"}}
  }
  conditions: {lodging: "On site", meals: "Canteen", hoursPerDay: 8, hoursPerWeek: 40, nightWork: false, hazards: [], minors: false, safetyTraining: "Two days before work begins", emergencyPlan: "Kept at the gate"}
  agreement: {kind: BASE, number: "PB-1", parties: ["ent_alibaba", "uni_bohai-university"], signedOn: "2026-01-10", validFrom: "2026-02-01", validUntil: "2029-02-01", threeParty: true}
  insurance: {payer: HOST, policy: "P-1", coverFrom: "2026-02-01", coverUntil: "2029-02-01"}
  evidence: {inspection: {date: "2026-01-05", inspector: "Zhao Min", findings: "Safe and fit"}}
}`

// registered is what mutations answer in these tests.
type registered struct {
	PracticeBase *struct {
		ID     string
		Status string
		Host   *struct{ ID string }
	}
	Registration *struct {
		Status      string
		Stage       string
		Version     int
		ContentHash string
		Problems    []struct{ Field []string }
		ViewerCan   []struct {
			Action  string
			Allowed bool
		}
		Differences []struct{ Field []string }
	}
	UserErrors []struct {
		Code    string
		Field   []string
		Message string
		State   string
		Action  string
		Allowed []string
	}
	Conflict *struct {
		Expected, Actual int
		Differences      []struct{ Field []string }
	}
}

const answered = `{
  practiceBase { id status host { id } }
  registration { status stage version contentHash problems { field } viewerCan { action allowed } differences { field } }
  userErrors { code field message state action allowed }
  conflict { expected actual differences { field } }
}`

// does sends a mutation of a base.
func (r *running) does(mutation, input string) registered {
	r.Helper()
	var out struct{ Done registered }
	r.ask(fmt.Sprintf(`mutation { done: practiceBase%s(input: %s) %s }`, mutation, input, answered), &out)
	return out.Done
}

// did is does for what must go well.
func (r *running) did(mutation, input string) registered {
	r.Helper()
	out := r.does(mutation, input)
	if len(out.UserErrors) > 0 || out.PracticeBase == nil || out.Registration == nil {
		r.Fatalf("%s as %v answered %+v", mutation, r.viewer, out)
	}
	return out
}

// can holds what a viewer is told that they can do with a base, on the base and on its registration.
func (r *running) can(id, viewer, want string) {
	r.Helper()
	type permission struct {
		Action  string
		Allowed bool
		Why     *struct{ Code string }
	}
	var out struct {
		PracticeBase *struct{ ViewerCan []permission }
		Registration *struct{ ViewerCan []permission }
	}
	before := r.viewer
	r.statements.Store(0)
	r.as(viewer).ask(fmt.Sprintf(`{ practiceBase(id: %[1]q) { viewerCan { action allowed why { code } } } }`, id), &out)
	if n := r.statements.Load(); n != 1 {
		r.Errorf("%d statements tell what somebody can do", n)
	}
	r.ask(fmt.Sprintf(`{ registration(practiceBase: %[1]q) { viewerCan { action allowed why { code } } } }`, id), &out)
	r.viewer = before
	list := func(all []permission) string {
		var can []string
		for _, p := range all {
			if p.Allowed == (p.Why != nil) {
				r.Errorf("%s is told %+v", viewer, p)
			}
			if p.Allowed {
				can = append(can, p.Action)
			}
		}
		return strings.Join(can, ", ")
	}
	if out.PracticeBase != nil && list(out.PracticeBase.ViewerCan) != want {
		r.Errorf("%s can %s, not %s", viewer, list(out.PracticeBase.ViewerCan), want)
	}
	if out.Registration != nil && list(out.Registration.ViewerCan) != want {
		r.Errorf("by the registration %s can %s, not %s", viewer, list(out.Registration.ViewerCan), want)
	}
}

// The whole life of a base, from its draft to its end, as each of those who have a part in it.
func TestLifeOfABase(t *testing.T) {
	r := serveDocuments(t)
	made := r.as(hostOffice).did("Create", `{content: {identity: {name: "Cloud practice base"}, host: {organization: "ent_alibaba"}}}`)
	id := made.PracticeBase.ID
	stands := func(answer registered, status string) string {
		t.Helper()
		if answer.PracticeBase.Status != status || answer.Registration.Status != status {
			t.Fatalf("it is %s, registered as %s, and should be %s", answer.PracticeBase.Status, answer.Registration.Status, status)
		}
		return fmt.Sprintf(`id: %q, version: %d`, id, answer.Registration.Version)
	}
	at := stands(made, "DRAFT")
	sees := func(viewer string, want bool) {
		t.Helper()
		var out struct{ PracticeBase, Registration any }
		r.as(viewer).ask(fmt.Sprintf(`{ practiceBase(id: %[1]q) { id } registration(practiceBase: %[1]q) { version } }`, id), &out)
		if (out.PracticeBase != nil) != want || (out.Registration != nil) != want {
			t.Errorf("%s sees %v", viewer, out)
		}
	}
	sees("public", false)
	sees(reviewer, false)
	sees("office:ent_yalong-intelligent", false)
	sees("admin", true)

	if half := r.as(hostOffice).does("Submit", `{`+at+`}`); len(half.UserErrors) == 0 || half.PracticeBase != nil {
		t.Fatalf("half a registration was handed in: %+v", half)
	}
	at = stands(r.did("Update", `{`+at+`, content: `+complete+`}`), "DRAFT")
	old := at
	at = stands(r.did("Submit", `{`+at+`}`), "SUBMITTED")
	if late := r.does("Update", `{`+old+`, content: {identity: {name: "Another name"}}}`); late.Conflict == nil {
		t.Errorf("an update of what was handed in answered %+v", late)
	}
	if wrong := r.does("Approve", `{`+at+`}`); wrong.UserErrors[0].Code != "WRONG_STATE" || wrong.UserErrors[0].State != "SUBMITTED" || wrong.UserErrors[0].Action != "APPROVE" {
		t.Errorf("an office that approves is told %+v", wrong.UserErrors)
	}
	sees(reviewer, true)
	for viewer, waits := range map[string]int{reviewer: 1, hostOffice: 1, "admin": 1, "reviewer:uni_anhui-university-of-technology": 0, "public": 0} {
		r.as(viewer).is(`{ reviewQueue { totalCount } }`, fmt.Sprintf(`{"reviewQueue":{"totalCount":%d}}`, waits))
	}
	r.can(id, "public", "")
	r.can(id, hostOffice, "")
	r.can(id, reviewer, "START_REVIEW, MERGE")
	r.can(id, "admin", "")
	at = stands(r.as(reviewer).did("StartReview", `{`+at+`}`), "IN_REVIEW")
	r.as("public").is(`{ reviewQueue { totalCount } }`, `{"reviewQueue":{"totalCount":0}}`)
	at = stands(r.as(reviewer).did("RequestChanges", `{`+at+`, code: "INCOMPLETE", reason: "Say where students live"}`), "CHANGES_REQUESTED")
	at = stands(r.as(hostOffice).did("Update", `{`+at+`, content: {conditions: {lodging: "Two to a room, on site"}}}`), "CHANGES_REQUESTED")
	at = stands(r.did("Submit", `{`+at+`}`), "SUBMITTED")
	at = stands(r.as(reviewer).did("StartReview", `{`+at+`}`), "IN_REVIEW")
	approved := r.did("Approve", `{`+at+`}`)
	stands(approved, "APPROVED")
	sees("public", false)
	hash := approved.Registration.ContentHash
	if wrong := r.as(hostOffice).does("PartyApprove", fmt.Sprintf(`{id: %q, hash: "0"}`, id)); len(wrong.UserErrors) == 0 {
		t.Error("a party approved what it hasn't read")
	}
	byHash := fmt.Sprintf(`{id: %q, hash: %q}`, id, hash)
	stands(r.did("PartyApprove", byHash), "APPROVED")
	at = stands(r.as(universityOffice).did("PartyApprove", byHash), "ACTIVE")

	var public struct {
		PracticeBase struct {
			Places                    int
			OpenedOn                  string
			Universities, Disciplines struct{ Nodes []struct{ ID string } }
			GovernedBy                struct {
				Nodes []struct {
					ValidUntil string
					Parties    struct{ TotalCount int }
				}
			}
		}
		Registration any
	}
	seen := fmt.Sprintf(`{ practiceBase(id: %[1]q) { places openedOn universities { nodes { id } } disciplines { nodes { id } }
		governedBy { nodes { validUntil parties { totalCount } } } } registration(practiceBase: %[1]q) { version } }`, id)
	r.as("public").ask(seen, &public)
	b := public.PracticeBase
	if b.Places != 20 || b.OpenedOn != today.String() || len(b.Universities.Nodes) != 1 || len(b.Disciplines.Nodes) != 1 ||
		len(b.GovernedBy.Nodes) != 1 || b.GovernedBy.Nodes[0].ValidUntil != "2029-02-01" || b.GovernedBy.Nodes[0].Parties.TotalCount != 2 || public.Registration != nil {
		t.Errorf("the public sees %+v", public)
	}

	// A change, while what was approved stays as it is.
	amended := r.as(universityOffice).did("Amend", `{`+at+`}`)
	at = stands(amended, "AMENDING")
	change := r.did("Update", `{`+at+`, content: {serves: {disciplines: [{discipline: "dis_artificial-intelligence", places: 30, maxWeeks: 24}, {discipline: "dis_biomedicine", places: 5, maxWeeks: 12}]}}}`)
	at = stands(change, "AMENDING")
	if len(change.Registration.Differences) == 0 {
		t.Error("nothing differs between what holds and what is proposed")
	}
	if r.as("public").ask(seen, &public); public.PracticeBase.Places != 20 {
		t.Errorf("what is proposed shows already: %d places", public.PracticeBase.Places)
	}
	at = stands(r.as(universityOffice).did("Submit", `{`+at+`}`), "AMENDING")
	at = stands(r.as(reviewer).did("StartReview", `{`+at+`}`), "AMENDING")
	second := r.did("Approve", `{`+at+`}`)
	byHash = fmt.Sprintf(`{id: %q, hash: %q}`, id, second.Registration.ContentHash)
	r.as(hostOffice).did("PartyApprove", byHash)
	at = stands(r.as(universityOffice).did("PartyApprove", byHash), "ACTIVE")
	if r.as("public").ask(seen, &public); public.PracticeBase.Places != 35 || len(public.PracticeBase.Disciplines.Nodes) != 2 {
		t.Errorf("after the change the public sees %+v", public)
	}

	at = stands(r.as(reviewer).did("Suspend", `{`+at+`, code: "INCIDENT", reason: "A fire on 3 May"}`), "SUSPENDED")
	sees("public", false)
	at = stands(r.as(reviewer).did("Resume", `{`+at+`}`), "ACTIVE")
	at = stands(r.did("Terminate", fmt.Sprintf(`{%s, on: %q, code: "AGREED", reason: "Both sides agreed"}`, at, today)), "TERMINATED")
	over := r.as(hostOffice).does("Amend", `{`+at+`}`)
	if len(over.UserErrors) == 0 || over.UserErrors[0].Code != "WRONG_STATE" {
		t.Errorf("what is terminated was amended: %+v", over)
	}

	var told struct {
		Registration struct {
			History []struct{ Operation, By string }
		}
	}
	r.as("admin").ask(fmt.Sprintf(`{ registration(practiceBase: %q) { history { operation by } } }`, id), &told)
	var done []string
	for _, h := range told.Registration.History {
		done = append(done, strings.TrimPrefix(h.Operation, "practiceBase"))
	}
	want := []string{
		"Create", "Update", "Submit", "StartReview", "RequestChanges", "Update", "Submit", "StartReview", "Approve", "PartyApprove", "PartyApprove",
		"Amend", "Update", "Submit", "StartReview", "Approve", "PartyApprove", "PartyApprove", "Suspend", "Resume", "Terminate",
	}
	if !slices.Equal(done, want) {
		t.Errorf("the history tells of %v", done)
	}
}

// A repetition with the same key is answered as the first time, and makes no second base.
func TestABaseIsMadeOnce(t *testing.T) {
	r := serveDocuments(t)
	r.as(hostOffice)
	input := `{idempotencyKey: "once", content: {identity: {name: "Cloud practice base"}, host: {organization: "ent_alibaba"}}}`
	first, second := r.did("Create", input), r.did("Create", input)
	if first.PracticeBase.ID != second.PracticeBase.ID {
		t.Error("a repetition made another base")
	}
	var out map[string]any
	text := r.post(`mutation { practiceBaseCreate(input: {idempotencyKey: "once", content: {host: {organization: "ent_alibaba"}}}) { practiceBase { id } } }`, nil)
	if err := json.Unmarshal(text, &out); err != nil || !strings.Contains(string(text), `"CONFLICT"`) {
		t.Errorf("the key with something else is answered %s", text)
	}
	gone := r.as(hostOffice)
	var deleted struct {
		PracticeBaseDelete struct {
			DeletedID  string
			UserErrors []any
		}
	}
	gone.ask(fmt.Sprintf(`mutation { practiceBaseDelete(input: {id: %q, version: 1}) { deletedId userErrors { message } } }`, first.PracticeBase.ID), &deleted)
	if deleted.PracticeBaseDelete.DeletedID != first.PracticeBase.ID {
		t.Errorf("the draft was not deleted: %+v", deleted)
	}
}

// Nobody but who is signed in changes anything, and what somebody doesn't see isn't there for them.
func TestStrangersChangeNothing(t *testing.T) {
	r := serveDocuments(t)
	id := r.as(hostOffice).did("Create", `{content: {identity: {name: "Cloud practice base"}, host: {organization: "ent_alibaba"}}}`).PracticeBase.ID
	code := func(viewer, id string) string {
		var out struct {
			Errors []struct {
				Message    string
				Extensions struct{ Code string }
			}
		}
		text := r.as(viewer).post(fmt.Sprintf(`mutation { practiceBaseDelete(input: {id: %q, version: 1}) { deletedId } }`, id), nil)
		if err := json.Unmarshal(text, &out); err != nil || len(out.Errors) != 1 {
			t.Fatalf("%s is answered %s", viewer, text)
		}
		return out.Errors[0].Extensions.Code + strings.ReplaceAll(out.Errors[0].Message, id, "")
	}
	if got := code("public", id); !strings.HasPrefix(got, "UNAUTHENTICATED") {
		t.Errorf("the public is told %s", got)
	}
	for _, stranger := range []string{"office:ent_yalong-intelligent", reviewer, "analyst"} {
		if hidden, absent := code(stranger, id), code(stranger, "bas_nowhere"); hidden != absent || !strings.HasPrefix(hidden, "NOT_FOUND") {
			t.Errorf("%s is told %q of a draft, and %q of what isn't there", stranger, hidden, absent)
		}
	}
}

// A duplicate is shown to the office that hands it in, and to the reviewer, who merges it: from then on its id answers
// with the base that remains, for who sees both.
func TestADuplicateIsMerged(t *testing.T) {
	r := serveDocuments(t)
	first := r.approved(complete)
	made := r.as(hostOffice).did("Create", `{content: `+complete+`}`)
	id := made.PracticeBase.ID
	at := fmt.Sprintf(`id: %q, version: %d`, id, made.Registration.Version)
	if again := r.does("Submit", `{`+at+`}`); len(again.UserErrors) != 1 || again.UserErrors[0].Code != "DUPLICATES_OPEN" || !strings.Contains(again.UserErrors[0].Message, first) {
		t.Fatalf("a second base like the first is answered %+v", again)
	}
	done := r.did("Submit", fmt.Sprintf(`{%s, distinct: [%q]}`, at, first))
	var seen struct {
		Registration struct {
			Duplicates []struct {
				PracticeBase struct{ ID string }
				Score        float64
				Fields       []string
				Answered     bool
			}
		}
	}
	r.as(reviewer).ask(fmt.Sprintf(`{ registration(practiceBase: %q) { duplicates { practiceBase { id } score fields answered } } }`, id), &seen)
	if d := seen.Registration.Duplicates; len(d) != 1 || d[0].PracticeBase.ID != first || d[0].Score != 1 || !d[0].Answered {
		t.Errorf("the reviewer is shown %+v", d)
	}
	at = fmt.Sprintf(`id: %q, version: %d`, id, done.Registration.Version)
	if self := r.does("StartReview", `{`+at+`}`); len(self.UserErrors) > 0 {
		t.Fatalf("%+v", self)
	}
	at = fmt.Sprintf(`id: %q, version: %d`, id, done.Registration.Version+1)
	if code := r.code(fmt.Sprintf(`mutation { practiceBaseMerge(input: {%s, survivor: "bas_nowhere"}) { userErrors { code } } }`, at)); code != "NOT_FOUND" {
		t.Errorf("a survivor that isn't there is answered with %s", code)
	}
	merged := r.did("Merge", fmt.Sprintf(`{%s, survivor: %q}`, at, first))
	if merged.PracticeBase.Status != "MERGED" {
		t.Errorf("it is %s", merged.PracticeBase.Status)
	}
	r.is(`{ practiceBases(where: {status: {eq: MERGED}}) { nodes { id mergedInto } } }`, fmt.Sprintf(`{"practiceBases":{"nodes":[{"id":%q,"mergedInto":%q}]}}`, id, first))
	r.is(fmt.Sprintf(`{ practiceBase(id: %[1]q) { id } node(id: %[1]q) { id } nodes(ids: [%[1]q, "bas_none", %[2]q]) { id } }`, id, first),
		fmt.Sprintf(`{"practiceBase":{"id":%[1]q},"node":{"id":%[1]q},"nodes":[{"id":%[1]q},null,{"id":%[1]q}]}`, first))
	r.as("public").is(fmt.Sprintf(`{ practiceBase(id: %q) { id } }`, id), `{"practiceBase":null}`)
}

// What remains may be merged in its turn, and is found by all ids that led to it.
func TestMergedOneAfterTheOther(t *testing.T) {
	r := serveDocuments(t)
	last := r.approved(complete)
	others := []string{last}
	var ids, versions []string
	for range 3 {
		made := r.as(hostOffice).did("Create", `{content: `+complete+`}`)
		distinct, _ := json.Marshal(others)
		done := r.did("Submit", fmt.Sprintf(`{id: %q, version: %d, distinct: %s}`, made.PracticeBase.ID, made.Registration.Version, distinct))
		ids, versions = append(ids, made.PracticeBase.ID), append(versions, fmt.Sprint(done.Registration.Version))
		others = append(others, made.PracticeBase.ID)
	}
	r.as(reviewer)
	into := func(i int, survivor string) string {
		return fmt.Sprintf(`{id: %q, version: %s, survivor: %q}`, ids[i], versions[i], survivor)
	}
	r.did("Merge", into(0, ids[1]))
	r.did("Merge", into(1, last))
	r.is(fmt.Sprintf(`{ nodes(ids: [%q, %q]) { id } }`, ids[0], ids[1]), fmt.Sprintf(`{"nodes":[{"id":%[1]q},{"id":%[1]q}]}`, last))
	r.is(fmt.Sprintf(`{ practiceBases(where: {mergedInto: {eq: %q}}) { totalCount } }`, last), `{"practiceBases":{"totalCount":2}}`)
	refused := r.post(fmt.Sprintf(`mutation { practiceBaseMerge(input: %s) { userErrors { code } } }`, into(2, ids[0])), nil)
	if !strings.Contains(string(refused), "name that one") || !strings.Contains(string(refused), last) {
		t.Errorf("a base is merged into one that is no more: %s", refused)
	}
}
