package acceptance

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph"
)

func (r *running) get(path string) (*http.Response, string) {
	r.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, r.url+path, nil)
	if err != nil {
		r.Fatal(err)
	}
	return r.do(request)
}

func (r *running) do(request *http.Request) (*http.Response, string) {
	r.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		r.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		r.Fatal(err)
	}
	return response, string(text)
}

func TestPaths(t *testing.T) {
	r := serve(t)
	for path, want := range map[string]string{"/healthz": "alive\n", "/readyz": "ready\n", "/schema.graphql": partnergraph.Schema} {
		response, text := r.get(path)
		if response.StatusCode != http.StatusOK || text != want {
			t.Errorf("%s answers %d, %.60q", path, response.StatusCode, text)
		}
		if response.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s gives no request id", path)
		}
	}
	if response, text := r.get("/graphql?query=" + url.QueryEscape("{ stats { nodes { count } } }")); response.StatusCode != http.StatusOK || !strings.Contains(text, `"nodes":[]`) {
		t.Errorf("a query by GET answers %d, %s", response.StatusCode, text)
	}
}

func TestCrossOrigin(t *testing.T) {
	r := serve(t)
	for origin, allowed := range map[string]bool{"https://portal.example.edu": true, "https://elsewhere.example": false} {
		request, err := http.NewRequestWithContext(context.Background(), http.MethodOptions, r.url+"/graphql", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Origin", origin)
		request.Header.Set("Access-Control-Request-Method", "POST")
		request.Header.Set("Access-Control-Request-Headers", "content-type")
		response, _ := r.do(request)
		if got := response.Header.Get("Access-Control-Allow-Origin"); (got == origin) != allowed {
			t.Errorf("a preflight from %s is answered with %q", origin, got)
		}
	}
}

// TestRequestsThatAreNone: what is no GraphQL request is refused with the status that says why, as JSON with a code.
func TestRequestsThatAreNone(t *testing.T) {
	r := serve(t)
	const ask = `{"query": "{ __typename }"}`
	large := strings.Repeat(" ", 300<<10)
	for _, c := range []struct {
		name, method, path, kind string
		body                     io.Reader
		status                   int
		code                     string
	}{
		{"whole", "POST", "/graphql", "application/json; charset=utf-8", strings.NewReader(ask), 200, ""},
		{"no type", "POST", "/graphql", "", strings.NewReader(ask), 415, "BAD_USER_INPUT"},
		{"a form", "POST", "/graphql", "text/plain", strings.NewReader(ask), 415, "BAD_USER_INPUT"},
		{"another method", "PUT", "/graphql", "application/json", strings.NewReader(ask), 405, "BAD_USER_INPUT"},
		{"no JSON", "POST", "/graphql", "application/json", strings.NewReader("{"), 400, "BAD_USER_INPUT"},
		{"no object", "POST", "/graphql", "application/json", strings.NewReader("[]"), 400, "BAD_USER_INPUT"},
		{"too large", "POST", "/graphql", "application/json", strings.NewReader(large), 413, "TOO_COMPLEX"},
		{"too large, in chunks", "POST", "/graphql", "application/json", io.MultiReader(strings.NewReader(large)), 413, "TOO_COMPLEX"},
		{"variables that are no JSON", "GET", "/graphql?query=%7B__typename%7D&variables=%7Bn", "", nil, 400, "BAD_USER_INPUT"},
		{"too many words", "POST", "/graphql", "application/json", strings.NewReader(`{"query": "{` + strings.Repeat(" a: __typename", 600) + `}"}`), 200, "TOO_COMPLEX"},
	} {
		request, err := http.NewRequestWithContext(context.Background(), c.method, r.url+c.path, c.body)
		if err != nil {
			t.Fatal(err)
		}
		if c.kind != "" {
			request.Header.Set("Content-Type", c.kind)
		}
		response, text := r.do(request)
		var got struct {
			Errors []struct{ Extensions struct{ Code string } }
		}
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Errorf("%s: answered with %s", c.name, text)
			continue
		}
		code := ""
		if len(got.Errors) > 0 {
			code = got.Errors[0].Extensions.Code
		}
		if response.StatusCode != c.status || code != c.code {
			t.Errorf("%s: %d %s, not %d %s: %s", c.name, response.StatusCode, code, c.status, c.code, text)
		}
	}
}

// TestErrors asks what can't be answered: the code, the path, and a text that says what would be right.
func TestErrors(t *testing.T) {
	r := serveAlliance(t)
	cases := []struct {
		query, code, path string
		says              []string
	}{
		{`{ universities(first: -1) { totalCount } }`, "BAD_USER_INPUT", "universities", []string{"first", "from 0 to 200", "-1"}},
		{`{ u: universities(first: 201) { totalCount } }`, "BAD_USER_INPUT", "u", []string{"from 0 to 200"}},
		{`{ universities(first: 1, last: 1) { totalCount } }`, "BAD_USER_INPUT", "universities", []string{"not both"}},
		{`{ universities(after: "x") { totalCount } }`, "BAD_USER_INPUT", "universities", []string{"after", "not a cursor"}},
		{`{ alliance(id: "all_delta") { members(after: "eyJvIjoibmFtZSxpZCIsImsiOlsiYSIsImIiXX0") { totalCount } } }`, "BAD_USER_INPUT", "alliance", []string{"cursor"}},
		{`{ alliance(id: "all_delta", asOf: "2023-02-30") { name } }`, "BAD_USER_INPUT", "alliance", []string{"2023-02-30", "2023-06-26"}},
		{`{ changes(from: "2023-01-01", until: "2023-01-01") { totalCount } }`, "BAD_USER_INPUT", "changes", []string{"not after"}},
		{`{ paths(from: "uni_east", to: "uni_east") { totalCount } }`, "BAD_USER_INPUT", "paths", []string{"two different ends"}},
		{`{ paths(from: "uni_east", to: "uni_north", maxLength: 6, mode: ALL) { totalCount } }`, "BAD_USER_INPUT", "paths", []string{"from 1 to 5"}},
		{`{ neighborhood(of: "uni_east", depth: 4) { totalCount } }`, "BAD_USER_INPUT", "neighborhood", []string{"from 1 to 3"}},
		{`{ search(query: "east", types: []) { totalCount } }`, "BAD_USER_INPUT", "search", []string{"types", "at least one"}},
		{`{ paths(from: "uni_east", to: "uni_north", over: []) { totalCount } }`, "BAD_USER_INPUT", "paths", []string{"over", "at least one"}},
		{`{ search(query: " + ") { totalCount } }`, "BAD_USER_INPUT", "search", []string{"at least one letter"}},
		{`{ universities { nodes { nam } } }`, "BAD_USER_INPUT", "", []string{`"nam"`, "name"}},
		{`{ universities `, "BAD_USER_INPUT", "", []string{"Expected"}},
		{`query ($id: ID!) { node(id: $id) { id } }`, "BAD_USER_INPUT", "", []string{"id"}},
	}
	for _, c := range cases {
		text := r.post(c.query, nil)
		var got struct {
			Errors []struct {
				Message    string
				Path       []any
				Extensions map[string]any
			}
		}
		if err := json.Unmarshal(text, &got); err != nil || len(got.Errors) != 1 {
			t.Errorf("%s\nanswers %s", c.query, text)
			continue
		}
		e := got.Errors[0]
		if e.Extensions["code"] != c.code {
			t.Errorf("%s\nhas the code %v, not %s", c.query, e.Extensions["code"], c.code)
		}
		if c.path != "" && (len(e.Path) == 0 || e.Path[0] != c.path) {
			t.Errorf("%s\nhas the path %v, not %s", c.query, e.Path, c.path)
		}
		for _, part := range c.says {
			if !strings.Contains(e.Message, part) {
				t.Errorf("%s\nsays %q, without %q", c.query, e.Message, part)
			}
		}
	}
}

// TestVariablesAreHeldToTheirTypes: what a literal may not be, a variable may not be either.
func TestVariablesAreHeldToTheirTypes(t *testing.T) {
	r := serveAlliance(t)
	for _, c := range []struct{ query, variables, says string }{
		{`query ($n: Int) { universities(first: $n) { totalCount } }`, `{"n": "2"}`, `first`},
		{`query ($n: Int) { universities(first: $n) { totalCount } }`, `{"n": 2.5}`, `Int`},
		{`query ($n: Int) { metrics(where: {sourceCount: {eq: $n}}) { totalCount } }`, `{"n": "1"}`, `where.sourceCount.eq: "1" is not a Int`},
		{`query ($w: UniversityWhere) { universities(where: $w) { totalCount } }`, `{"w": {"name": {"contains": 5}}}`, `where.name.contains: 5 is not a String`},
		{`query ($w: UniversityWhere) { universities(where: $w) { totalCount } }`, `{"w": {"kind": {"eq": "university"}}}`, `"university" is not a UniversityKind`},
		{`query ($d: Date) { stats(asOf: $d) { nodes { count } } }`, `{"d": 20230101}`, `asOf: 20230101 is not a Date`},
		{`{ stats(asOf: 20230101) { nodes { count } } }`, `{}`, `asOf: 20230101 is not a Date`},
	} {
		got := string(r.post(c.query, json.RawMessage(c.variables)))
		var answer struct {
			Errors []struct {
				Message    string
				Extensions struct{ Code string }
			}
		}
		if err := json.Unmarshal([]byte(got), &answer); err != nil || len(answer.Errors) != 1 {
			t.Errorf("%s with %s answers %s", c.query, c.variables, got)
			continue
		}
		if e := answer.Errors[0]; e.Extensions.Code != "BAD_USER_INPUT" || !strings.Contains(e.Message, c.says) {
			t.Errorf("%s with %s says %s %q, without %q", c.query, c.variables, e.Extensions.Code, e.Message, c.says)
		}
	}
	// An id may be a number, as the specification says.
	if got := string(r.post(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, json.RawMessage(`{"ids": [12, "uni_east"]}`))); got != `{"data":{"nodes":[null,{"id":"uni_east"}]}}` {
		t.Errorf("a number for an id answers %s", got)
	}
}

// TestTextIsNeverSyntax sends what would be Cypher or Lucene if it were spliced.
func TestTextIsNeverSyntax(t *testing.T) {
	r := serveAlliance(t)
	for _, text := range []string{`east" OR n.id <> "`, `east) RETURN 1 //`, `name:east~ AND *`, `east\`, "`", `[east TO west]`, `$day`, `东"方`} {
		variables, err := json.Marshal(map[string]string{"t": text})
		if err != nil {
			t.Fatal(err)
		}
		got := r.post(`query ($t: String!, $i: ID = "x") {
			search(query: $t) { totalCount nodes { id } }
			universities(where: { name: { contains: $t } }) { totalCount }
			node(id: $i) { id }
		}`, variables)
		if strings.Contains(string(got), "errors") && !strings.Contains(string(got), "at least one letter") {
			t.Errorf("%q answers %s", text, got)
		}
	}
}
