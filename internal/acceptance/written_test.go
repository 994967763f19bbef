package acceptance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// code is the code of the one error that an operation is answered with, or of its first user error; "" if it went well.
func (r *running) code(query string) string {
	r.Helper()
	var out struct {
		Errors []struct{ Extensions struct{ Code string } }
		Data   map[string]struct{ UserErrors []struct{ Code string } }
	}
	text := r.post(query, nil)
	if err := json.Unmarshal(text, &out); err != nil {
		r.Fatalf("%s answered %s", query, text)
	}
	if len(out.Errors) > 0 {
		return out.Errors[0].Extensions.Code
	}
	for _, d := range out.Data {
		if len(d.UserErrors) > 0 {
			return d.UserErrors[0].Code
		}
	}
	return ""
}

// Each mutation of the contract is done by somebody, and nobody does another.
func TestEveryMutationIsDone(t *testing.T) {
	r := serve(t)
	var want []string
	for _, f := range r.m.Schema.Mutation.Fields {
		want = append(want, f.Name)
	}
	slices.Sort(want)
	if got := r.office().Mutations(); !slices.Equal(got, want) {
		t.Errorf("the office does %v, the contract has %v", got, want)
	}
}

// An organisation, its unit, an alliance with members and agreements: written, changed and ended, with what was before on
// record.
func TestOrganisationsAreWritten(t *testing.T) {
	r := serveDocuments(t).as("admin")
	type thing struct {
		ID, Name, Founded string
		Version           int
	}
	var made struct {
		U struct{ University thing }
		A struct{ Alliance thing }
		S struct{ School thing }
		P struct{ Person thing }
	}
	r.ask(`mutation {
		u: universityCreate(input: {name: "North Example University", nameZh: "北方示例大学", founded: "1952", aliases: ["NEU-X"], evidence: [{source: "src_wenzhou-global-innovation", locator: "p. 1"}]}) { university { id name founded version } }
		a: allianceCreate(input: {name: "Example Alliance"}) { alliance { id } }
		s: schoolCreate(input: {name: "School of Examples"}) { school { id } }
		p: personCreate(input: {name: "Chen Example"}) { person { id } }
	}`, &made)
	u, a := made.U.University, made.A.Alliance
	if u.Name != "North Example University" || u.Founded != "1952" || u.Version != 1 {
		t.Fatalf("made %+v", made)
	}
	var tied struct{ M, F, O struct{ ID string } }
	r.ask(fmt.Sprintf(`mutation {
		m: membershipCreate(input: {from: %q, to: %q, since: "2020-01-01", role: CHAIR}) { id }
		f: affiliationCreate(input: {from: %q, to: %q}) { id }
		o: officeHoldingCreate(input: {from: %q, to: %q, title: "Dean", since: "2021-09"}) { id }
	}`, u.ID, a.ID, made.S.School.ID, u.ID, made.P.Person.ID, u.ID), &tied)
	r.is(fmt.Sprintf(`{ alliance(id: %q) { members { nodes { name evidence { locator } ... on University { schools { nodes { name } } } } } } }`, a.ID),
		`{"alliance":{"members":{"nodes":[{"name":"North Example University","evidence":[{"locator":"p. 1"}],"schools":{"nodes":[{"name":"School of Examples"}]}}]}}}`)

	// A change of a dated fact ends the old one.
	r.ask(fmt.Sprintf(`mutation { m: membershipUpdate(input: {id: %q, on: "2024-01-01", role: MEMBER}) { id from { id } to { id } } }`, tied.M.ID), &tied)
	roles := `{ alliance(id: %q, asOf: %q) { members { edges { since until role } } } }`
	r.is(fmt.Sprintf(roles, a.ID, "2023-12-31"), `{"alliance":{"members":{"edges":[{"since":"2020-01-01","until":"2024-01-01","role":"CHAIR"}]}}}`)
	r.is(fmt.Sprintf(roles, a.ID, "2024-01-01"), `{"alliance":{"members":{"edges":[{"since":"2024-01-01","until":null,"role":"MEMBER"}]}}}`)
	r.ask(fmt.Sprintf(`mutation { m: membershipEnd(input: {id: %q, until: "2025-06-01"}) { id } }`, tied.M.ID), &tied)
	r.is(fmt.Sprintf(roles, a.ID, "2025-06-01"), `{"alliance":{"members":{"edges":[]}}}`)

	update := func(version int, what string) string {
		return fmt.Sprintf(`mutation { universityUpdate(input: {id: %q, version: %d, %s}) { university { nameZh website } userErrors { code } conflict { expected actual } } }`, u.ID, version, what)
	}
	r.is(update(1, `nameZh: null, website: "https://example.edu"`), `{"universityUpdate":{"university":{"nameZh":null,"website":"https://example.edu"},"userErrors":[],"conflict":null}}`)
	r.is(update(1, `website: null`), `{"universityUpdate":{"university":null,"userErrors":[{"code":"VERSION_CONFLICT"}],"conflict":{"expected":1,"actual":2}}}`)
	for what, code := range map[string]string{
		`founded: "nineteen"`: "BAD_FORMAT", `name: ""`: "REQUIRED", `summary: "` + strings.Repeat("x", 5001) + `"`: "TOO_LONG",
	} {
		if got := r.code(update(2, what)); got != code && got != "BAD_USER_INPUT" {
			t.Errorf("%.40s is answered with %s, not %s", what, got, code)
		}
	}

	// What ends is no more from that day on, and was before.
	r.is(fmt.Sprintf(`mutation { universityEnd(input: {id: %q, version: 2, on: "2026-03-01"}) { university { dissolved } userErrors { code } } }`, u.ID),
		`{"universityEnd":{"university":{"dissolved":"2026-03-01"},"userErrors":[]}}`)
	for day, n := range map[string]int{"2026-02-28": 1, "2026-03-01": 0} {
		r.is(fmt.Sprintf(`{ universities(where: {id: {eq: %q}}, asOf: %q) { totalCount } }`, u.ID, day), fmt.Sprintf(`{"universities":{"totalCount":%d}}`, n))
	}
}

// Who may write what.
func TestWhoWrites(t *testing.T) {
	r := serveDocuments(t)
	update := func(kind, id string) string {
		return fmt.Sprintf(`mutation { %sUpdate(input: {id: %q, version: 1, summary: "x"}) { userErrors { code } } }`, kind, id)
	}
	member := `mutation { membershipCreate(input: {from: "uni_bohai-university", to: "all_yrd-higher-engineering-education"}) { userErrors { code } } }`
	draft := r.as(hostOffice).did("Create", `{content: {host: {organization: "ent_alibaba"}}}`).PracticeBase.ID
	for _, c := range []struct{ viewer, does, code string }{
		{"public", update("university", "uni_bohai-university"), "UNAUTHENTICATED"},
		{"public", `mutation { universityCreate(input: {name: "X"}) { userErrors { code } } }`, "UNAUTHENTICATED"},
		{"analyst", `mutation { universityCreate(input: {name: "X"}) { userErrors { code } } }`, "FORBIDDEN"},
		{"analyst", update("university", "uni_bohai-university"), "FORBIDDEN"},
		{"office:ent_alibaba", update("university", "uni_bohai-university"), "FORBIDDEN"},
		{"office:uni_bohai-university", update("university", "uni_bohai-university"), ""},
		{"office:uni_bohai-university", update("enterprise", "uni_bohai-university"), "NOT_FOUND"},
		{"office:uni_bohai-university", member, "FORBIDDEN"},
		{"reviewer:all_yrd-higher-engineering-education", member, ""},
		{"office:uni_bohai-university", `mutation { enterpriseCreate(input: {name: "X", creditCode: "91330100716105852F"}) { userErrors { code } } }`, ""},
		{"office:uni_bohai-university", `mutation { enterpriseCreate(input: {name: "X", creditCode: "1"}) { userErrors { code } } }`, "BAD_FORMAT"},
		{"admin", `mutation { enterpriseCreate(input: {name: "Y", creditCode: "91330100716105852F"}) { userErrors { code } } }`, "TWICE"},
		{"reviewer:all_yrd-higher-engineering-education", update("university", "uni_anhui-university-of-technology"), "FORBIDDEN"},
		{"reviewer:all_yrd-higher-engineering-education", update("alliance", "all_yrd-higher-engineering-education"), ""},
		{"admin", fmt.Sprintf(`mutation { locationCreate(input: {from: %q, to: "loc_china"}) { userErrors { code } } }`, draft), "NOT_FOUND"},
		{"office:uni_bohai-university", fmt.Sprintf(`mutation { locationCreate(input: {from: %q, to: "loc_china"}) { userErrors { code } } }`, draft), "NOT_FOUND"},
		{"admin", `mutation { locationCreate(input: {from: "bas_nowhere", to: "loc_china"}) { userErrors { code } } }`, "NOT_FOUND"},
	} {
		if got := r.as(c.viewer).code(c.does); got != c.code {
			t.Errorf("%s: %s is answered with %q, not %q", c.viewer, c.does, got, c.code)
		}
	}
}
