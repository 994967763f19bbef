package acceptance

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/ingest"
)

// serveNetwork runs a server on a network that the test writes out: files with their names in the first lines, an empty
// line between them.
func serveNetwork(t *testing.T, files string) *running {
	t.Helper()
	dir := fstest.MapFS{"dataset.yaml": {Data: []byte("name: Written out\nrecordedBy: somebody\nrecordedAt: 2026-11-21T00:00:00Z\n")}}
	for _, file := range strings.Split(strings.TrimSpace(files), "\n\n") {
		name, text, _ := strings.Cut(file, "\n")
		dir[name] = &fstest.MapFile{Data: []byte(text + "\n")}
	}
	r := serve(t)
	r.viewer = access.Viewer{Roles: access.Admin}
	n, err := ingest.Read(r.m, dir)
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Fill(t, r.store, n)
	return r
}

// asked is a query with its answer, which is written in lines for people.
type asked struct{ name, query, want string }

// is asks a query, which must have an answer.
func (r *running) is(query, answer string) {
	r.Helper()
	got := r.post(query, nil)
	var want bytes.Buffer
	if err := json.Compact(&want, []byte(`{"data":`+answer+`}`)); err != nil {
		r.Fatal(err)
	}
	if !bytes.Equal(bytes.TrimSpace(got), want.Bytes()) {
		r.Errorf("want %s\ngot  %s", &want, got)
	}
}

// answers asks each query, which must take one statement.
func (r *running) answers(all []asked) {
	r.Helper()
	for _, a := range all {
		r.Run(a.name, func(t *testing.T) {
			r.statements.Store(0)
			(&running{T: t, url: r.url}).is(a.query, a.want)
			if n := r.statements.Load(); n != 1 {
				t.Errorf("%d statements, not 1", n)
			}
		})
	}
}
