package server_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/graph"
	"github.com/partnergraph/partnergraph/internal/bookmark"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/plan"
	"github.com/partnergraph/partnergraph/server"
)

// writes is a database that writes at each statement when it is told what that gives.
type writes struct {
	gives string
	saw   bookmark.Bookmark
}

func (w *writes) Read(ctx context.Context, _ string, _ map[string]any) (any, error) {
	w.saw = bookmark.Last(ctx)
	if w.gives != "" {
		bookmark.Wrote(ctx, bookmark.Of([]string{w.gives}))
	}
	return nil, nil
}

// TestBookmarks: what a client gives reaches the database; what its request wrote comes back to it; what is none is
// refused.
func TestBookmarks(t *testing.T) {
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	database, seal := &writes{}, bookmark.NewSeal("secret")
	s := httptest.NewServer(server.Handler(server.Config{
		Reads:   &graph.Reads{Planner: &plan.Planner{Map: m, Today: network.Today}, Store: database},
		Timeout: time.Minute, Seal: seal, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}))
	defer s.Close()
	ask := func(given string) (status int, header, extension, code string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/graphql", strings.NewReader(`{"query": "{ node(id: \"uni_a\") { id } }"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("PartnerGraph-Bookmark", given)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		var got struct {
			Errors     []struct{ Extensions struct{ Code string } }
			Extensions struct{ Bookmark string }
		}
		if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
			t.Fatal(err)
		}
		for _, e := range got.Errors {
			code = e.Extensions.Code
		}
		return response.StatusCode, response.Header.Get("PartnerGraph-Bookmark"), got.Extensions.Bookmark, code
	}
	a, b := seal.Text(bookmark.Of([]string{"FB:a"})), seal.Text(bookmark.Of([]string{"FB:b"}))
	if status, header, extension, _ := ask(a); status != 200 || header != "" || extension != "" || seal.Text(database.saw) != a {
		t.Errorf("a read: %d, %q, %q, and the database sees %v", status, header, extension, database.saw)
	}
	database.gives = "FB:b"
	if status, header, extension, _ := ask(""); status != 200 || header != b || extension != b || !database.saw.None() {
		t.Errorf("a write: %d, %q, %q", status, header, extension)
	}
	for _, garbled := range []string{"x", "AUZCOmE=", bookmark.NewSeal("another").Text(bookmark.Of([]string{"FB:a"})), strings.Repeat("A", 3000)} {
		if status, _, _, code := ask(garbled); status != 400 || code != "BAD_USER_INPUT" {
			t.Errorf("%.10s…: %d %s", garbled, status, code)
		}
	}
}
