package acceptance

import (
	"fmt"
	"testing"
)

// What comes with an amendment or a renewal is proposed at once; what is wrong with it keeps either from being begun.
func TestAnAmendmentComesWithItsContent(t *testing.T) {
	r := serveDocuments(t)
	id := r.approved(complete)
	proposed := func(mutation, input string) (name, until string) {
		t.Helper()
		var out struct {
			Done struct {
				Registration struct {
					Proposed struct {
						Identity  struct{ Name string }
						Agreement struct{ ValidUntil string }
					}
				}
				UserErrors []any
			}
		}
		r.as(hostOffice).ask(fmt.Sprintf(`mutation { done: practiceBase%s(input: %s) { registration { proposed { identity { name } agreement { validUntil } } } userErrors { code } } }`, mutation, input), &out)
		if len(out.Done.UserErrors) > 0 {
			t.Fatalf("%s is answered %v", mutation, out.Done.UserErrors)
		}
		return out.Done.Registration.Proposed.Identity.Name, out.Done.Registration.Proposed.Agreement.ValidUntil
	}
	version := func() string {
		var out struct{ Registration struct{ Version int } }
		r.as("admin").ask(fmt.Sprintf(`{ registration(practiceBase: %q) { version } }`, id), &out)
		return fmt.Sprintf(`id: %q, version: %d`, id, out.Registration.Version)
	}
	at := version()
	if wrong := r.as(hostOffice).does("Amend", `{`+at+`, content: {host: {creditCode: "1"}}}`); len(wrong.UserErrors) != 1 || wrong.UserErrors[0].Code != "BAD_FORMAT" || wrong.PracticeBase != nil {
		t.Errorf("a wrong amendment is answered %+v", wrong)
	}
	if name, _ := proposed("Amend", `{`+version()+`, content: {identity: {name: "Another name"}}}`); name != "Another name" {
		t.Errorf("the amendment proposes the name %q", name)
	}
	at = version()
	if code := r.as(hostOffice).code(`mutation { practiceBaseDelete(input: {` + at + `}) { userErrors { code } } }`); code != "" {
		t.Fatalf("giving the amendment up is answered %s", code)
	}
	if _, until := proposed("Renew", `{`+version()+`, agreement: {signedOn: "2028-12-01", validFrom: "2029-02-01", validUntil: "2032-02-01"}}`); until != "2032-02-01" {
		t.Errorf("the renewal proposes an agreement until %q", until)
	}
}
