package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/network"
)

// half is a database that answers statements about universities only.
type half struct{}

func (half) Read(_ context.Context, text string, _ map[string]any) (any, error) {
	if strings.Contains(text, "University") {
		return []any{"uni_a", "A"}, nil
	}
	return nil, &network.Error{Code: network.Unavailable, Message: "the database can't be reached"}
}

// TestTheDatabaseIsAway: what couldn't be begun is told as what wasn't run, and by the status where that is ours to
// choose. What has an answer in part has it as ever.
func TestTheDatabaseIsAway(t *testing.T) {
	const (
		plain, response = "application/json", "application/graphql-response+json"
		none            = `{"errors":[{"message":"the database can't be reached","extensions":{"code":"UNAVAILABLE"}}],"extensions":`
		stats           = `{ a: stats { nodes { count } } b: stats { nodes { count } } }`
	)
	for _, c := range []struct {
		query, accept string
		status        int
		begins        string
	}{
		{stats, response, 503, none},
		{stats, plain, 200, none}, // who knows no other status takes it for something that is no GraphQL
		{`{ stats { nodes { count } } __typename }`, response, 200, `{"errors":[{"message":"the database can't be reached","path":["stats"],`},
		{`{ stats { nodes { count } } viewer { kind } }`, response, 200, `{"errors":[{"message":"the database can't be reached","path":["stats"],`},
		{`{ stats { nodes { count } } university(id: "uni_a") { id name } }`, response, 200, `{"errors":[{"message":"the database can't be reached","path":["stats"],`},
		{`{ a: stats { nodes { count } } b: nodes(ids: []) { id } }`, response, 503, none},
		{`{ stats { nodes { count } } nodes(ids: "", asOf: "never") { id } }`, response, 200, `{"errors":[{"message":`},
	} {
		s := see(t, half{}, nil)
		byPost := s.ask(c.query, nil, "Accept", c.accept)
		r := httptest.NewRequest(http.MethodGet, "/graphql?query="+url.QueryEscape(c.query), nil)
		r.Header.Set("Accept", c.accept)
		byGet := httptest.NewRecorder()
		s.ServeHTTP(byGet, r)
		for _, w := range []*httptest.ResponseRecorder{byPost, byGet} {
			if w.Code != c.status || (w.Header().Get("Retry-After") == "1") != (c.status == 503) || !strings.HasPrefix(w.Body.String(), c.begins) {
				t.Errorf("%s as %s: %d %v %s", c.query, c.accept, w.Code, w.Header(), w.Body)
			}
		}
		if line := s.line("request"); line["status"] != float64(c.status) {
			t.Errorf("the log tells %v", line)
		}
	}
}
