package acceptance

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// auditPage is a page of the audit.
type auditPage struct {
	Audit struct {
		Nodes []struct {
			ID, Operation, By, Before, After string
			Of                               []string
		}
		PageInfo struct {
			HasNextPage bool
			EndCursor   string
		}
	}
}

func (p auditPage) operations() (out []string) {
	for _, e := range p.Audit.Nodes {
		out = append(out, e.Operation)
	}
	return out
}

func (r *running) audit(viewer, args string) (out auditPage) {
	r.Helper()
	if args != "" {
		args = "(" + args + ")"
	}
	r.as(viewer).ask(`{ audit`+args+` { nodes { id operation by of before after } pageInfo { hasNextPage endCursor } } }`, &out)
	return out
}

// Who may know what was done, and of what by whom.
func TestAudit(t *testing.T) {
	r := serveDocuments(t)
	university := r.made("North University")
	draft := r.as(hostOffice).did("Create", `{content: {identity: {name: "Cloud practice base"}, host: {organization: "ent_alibaba"}}}`).PracticeBase.ID
	r.as(hostOffice).did("Update", fmt.Sprintf(`{id: %q, version: 1, content: %s}`, draft, complete))
	other := r.as(universityOffice).did("Create", `{content: {identity: {name: "Own base"}, host: {organization: "uni_bohai-university"}}}`).PracticeBase.ID

	for _, c := range []struct {
		viewer, args string
		want         []string
	}{
		{"admin", "", []string{"practiceBaseCreate", "practiceBaseUpdate", "practiceBaseCreate", "universityCreate"}},
		{"admin", `by: "test|` + hostOffice + `"`, []string{"practiceBaseUpdate", "practiceBaseCreate"}},
		{"admin", `during: {from: "2026-11-21", to: "2026-11-22"}, first: 1`, []string{"practiceBaseCreate"}},
		{"admin", `during: {from: "2026-11-20", to: "2026-11-21"}`, nil},
		{"admin", fmt.Sprintf("of: %q", university), []string{"universityCreate"}},
		{"public", "", nil},
		{"analyst", "", nil},
		{"public", fmt.Sprintf("of: %q", university), nil},
		{hostOffice, "", []string{"practiceBaseUpdate", "practiceBaseCreate"}},
		{hostOffice, fmt.Sprintf("of: %q", draft), []string{"practiceBaseUpdate", "practiceBaseCreate"}},
		{hostOffice, fmt.Sprintf("of: %q", other), nil},
		{hostOffice, `of: "bas_nowhere"`, nil},
		{hostOffice, `by: "test|` + hostOffice + `"`, []string{"practiceBaseUpdate", "practiceBaseCreate"}},
		{hostOffice, `by: "test|` + universityOffice + `"`, nil},
		// The base serves the university from the second change on, and who sees the whole of it now knows its past.
		{universityOffice, "", []string{"practiceBaseCreate", "practiceBaseUpdate"}},
		{universityOffice, fmt.Sprintf("of: %q", draft), []string{"practiceBaseUpdate", "practiceBaseCreate"}},
		{reviewer, fmt.Sprintf("of: %q", draft), nil},
		{"office:ent_yalong-intelligent", "", nil},
		{"office:ent_yalong-intelligent", fmt.Sprintf("of: %q", draft), nil},
	} {
		if got := r.audit(c.viewer, c.args).operations(); !slices.Equal(got, c.want) {
			t.Errorf("%s, audit(%s): %v, not %v", c.viewer, c.args, got, c.want)
		}
	}
	for _, e := range r.audit(universityOffice, fmt.Sprintf("of: %q", draft)).Audit.Nodes {
		if e.By != "" {
			t.Errorf("an office is told that %s did it", e.By)
		}
	}
	for _, e := range r.audit(hostOffice, "").Audit.Nodes {
		if e.By != "test|"+hostOffice || !strings.Contains(e.After, draft) || !slices.Contains(e.Of, draft) {
			t.Errorf("an office is told of its own change %+v", e)
		}
	}

	// Page by page it is the same.
	var paged []string
	for after := ""; ; {
		page := r.audit("admin", "first: 1"+after)
		paged = append(paged, page.operations()...)
		if after = fmt.Sprintf(", after: %q", page.Audit.PageInfo.EndCursor); !page.Audit.PageInfo.HasNextPage {
			break
		}
	}
	if want := r.audit("admin", "").operations(); !slices.Equal(paged, want) {
		t.Errorf("page by page: %v, not %v", paged, want)
	}
	text := string(r.as("admin").post(`{ audit(after: "x") { nodes { id } } }`, nil))
	if !strings.Contains(text, "BAD_USER_INPUT") {
		t.Errorf("a cursor of nobody's is answered %s", text)
	}
}
