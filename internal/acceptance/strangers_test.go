package acceptance

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// TestStrangersLearnNothingOfARegistration: who sees a base and is nobody to it is told the same of every action, wherever a
// change of it stands, and nothing of what it says.
func TestStrangersLearnNothingOfARegistration(t *testing.T) {
	r := serveDocuments(t)
	var id string
	var version int
	did := func(viewer, mutation, input string, args ...any) registered {
		t.Helper()
		out := r.as(viewer).did(mutation, fmt.Sprintf(input, args...))
		id, version = out.PracticeBase.ID, out.Registration.Version
		return out
	}
	at := func() string { return fmt.Sprintf("id: %q, version: %d", id, version) }
	did(hostOffice, "Create", "{content: %s}", complete)
	did(hostOffice, "Submit", "{%s}", at())
	did(reviewer, "StartReview", "{%s}", at())
	hash := did(reviewer, "Approve", "{%s}", at()).Registration.ContentHash
	did(hostOffice, "PartyApprove", "{id: %q, hash: %q}", id, hash)
	did(universityOffice, "PartyApprove", "{id: %q, hash: %q}", id, hash)
	tries := func() string {
		var answers []string
		for mutation, more := range map[string]string{
			"Update": `version: 9999, content: {people: {host: {contact: {name: "Somebody else"}}}, insurance: {policy: "none"}}`,
			"Submit": "version: 9999", "StartReview": "version: 9999", "Approve": "version: 9999", "Amend": "version: 9999", "Resume": "version: 9999",
			"Reject": `version: 9999, code: "FALSE", reason: "No"`, "RequestChanges": `version: 9999, code: "OTHER", reason: "No"`,
			"Suspend": `version: 9999, code: "OTHER", reason: "No"`, "Terminate": `version: 9999, code: "CLOSED", reason: "No", on: "2027-01-01"`,
			"Merge":        `version: 9999, survivor: "stu_nobody"`,
			"PartyApprove": `hash: "none"`, "Renew": `version: 9999, agreement: {number: "none"}`,
		} {
			var out map[string]any
			r.ask(fmt.Sprintf(`mutation { done: practiceBase%s(input: {id: %q, %s}) {
				practiceBase { id } userErrors { code field message messageZh state allowed } conflict { expected actual differences { field before } }
			} }`, mutation, id, more), &out)
			answer, err := json.Marshal(out)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(answer), `"NOT_ALLOWED"`) {
				t.Errorf("%s of a stranger answers %s", mutation, answer)
			}
			answers = append(answers, string(answer))
		}
		for _, answer := range answers {
			if answer != answers[0] {
				t.Errorf("one action answers %s, another %s", answers[0], answer)
			}
		}
		return answers[0]
	}
	strangers := []string{"analyst", "office:ent_yalong-intelligent", "reviewer:uni_anhui-university-of-technology"}
	told := map[string]string{}
	for _, stranger := range strangers {
		r.as(stranger)
		told[stranger] = tries()
	}
	for _, step := range []func(){
		func() { did(universityOffice, "Amend", "{%s}", at()) },
		func() {
			did(universityOffice, "Update", `{%s, content: {conditions: {lodging: "Two to a room"}}}`, at())
		},
		func() { did(universityOffice, "Submit", "{%s}", at()) },
	} {
		step()
		for _, stranger := range strangers {
			r.as(stranger)
			if now := tries(); now != told[stranger] {
				t.Errorf("%s was told %s, and after a change began %s", stranger, told[stranger], now)
			}
		}
	}
}
