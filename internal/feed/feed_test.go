package feed

import (
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
)

func TestCursors(t *testing.T) {
	s, other := NewSeal("secret"), NewSeal("another")
	seen := map[string]bool{}
	for seq := range int64(300) {
		for _, text := range []string{s.entry(seq), s.place(seq), s.place(seq)} {
			got, err := s.parse(text)
			if err != nil || got != seq || seen[text] {
				t.Fatalf("%d came back as %d from %s (%v)", seq, got, text, err)
			}
			seen[text] = true
			if _, err := other.parse(text); network.CodeOf(err) != network.BadUserInput {
				t.Fatalf("a cursor of another secret is read: %v", err)
			}
		}
	}
	if s.entry(7) != s.entry(7) || NewSeal("secret").entry(7) != s.entry(7) {
		t.Error("the cursor of an entry is not the same on each instance")
	}
	for _, text := range []string{"x", "", s.entry(1) + "A", s.entry(1)[1:], s.Text("audit", []byte("12345678"))} {
		if seq, err := s.parse(text); err == nil {
			t.Errorf("%q is read as %d", text, seq)
		}
	}
}

// TestHears: what each of some viewers is told of an entry, and what of it a filter lets through.
func TestHears(t *testing.T) {
	public := access.Viewer{}
	office := access.Viewer{Roles: access.Office, Offices: []string{"ent_a"}}
	admin := access.Viewer{Roles: access.Admin}
	opened := entry{seq: 1, at: time.Now(), of: "PracticeBase", id: "bas_a", kind: State, before: "APPROVED", now: "ACTIVE", seen: []string{"public"}, saw: []string{"office:ent_a"}, hasSaw: true, concerns: []string{"ent_a", "all_x"}}
	closed := opened
	closed.before, closed.now, closed.seen, closed.saw = "ACTIVE", "SUSPENDED", opened.saw, opened.seen
	tie := entry{of: "SERVES", id: "rel_x", kind: Created, from: "bas_a", to: "uni_b", isTie: true, seen: []string{"office:ent_a"}, far: []string{"public"}}
	gone := entry{of: "PracticeBase", id: "bas_a", kind: deleted, before: "DRAFT", seen: []string{"office:ent_a"}}
	for _, c := range []struct {
		name   string
		e      entry
		v      access.Viewer
		f      Filter
		want   string
		states string
	}{
		{"opened", opened, public, Filter{}, Created, "→ACTIVE"},
		{"opened", opened, admin, Filter{}, State, "APPROVED→ACTIVE"},
		{"opened, to its office", opened, office, Filter{}, State, "APPROVED→ACTIVE"},
		{"closed", closed, public, Filter{}, Gone, "ACTIVE→"},
		{"closed", closed, admin, Filter{}, State, "ACTIVE→SUSPENDED"},
		{"a relationship of what is hidden", tie, public, Filter{}, "", ""},
		{"a relationship", tie, office, Filter{}, Created, "→"},
		{"deleted", gone, public, Filter{}, "", ""},
		{"deleted", gone, office, Filter{}, Gone, "DRAFT→"},
		{"deleted", gone, admin, Filter{}, Gone, "DRAFT→"},
		{"by type", opened, public, Filter{Types: []string{"PracticeBase"}}, Created, "→ACTIVE"},
		{"by another type", opened, public, Filter{Types: []string{"Student"}}, "", ""},
		{"relationships alone", opened, public, Filter{Relationships: []string{"SERVES"}}, "", ""},
		{"things alone", tie, office, Filter{Types: []string{"PracticeBase"}}, "", ""},
		{"by what it concerns", opened, public, Filter{Organizations: []string{"ent_a"}, Alliances: []string{"all_x"}}, Created, "→ACTIVE"},
		{"by what it doesn't concern", opened, public, Filter{Organizations: []string{"ent_a"}, Alliances: []string{"all_y"}}, "", ""},
		{"by its state", closed, public, Filter{States: []string{"ACTIVE"}}, Gone, "ACTIVE→"},
		{"by a state that is hidden", closed, public, Filter{States: []string{"SUSPENDED"}}, "", ""},
		{"by a state that was hidden", opened, public, Filter{States: []string{"APPROVED"}}, "", ""},
		{"by kind", closed, public, Filter{Kinds: []string{Gone}}, Gone, "ACTIVE→"},
		{"by a kind that others are told", closed, public, Filter{Kinds: []string{State}}, "", ""},
	} {
		told, ok := listenerOf(c.v, c.f).hears(&c.e)
		states := ""
		if ok {
			states = told.StateBefore + "→" + told.State
		} else {
			told.Kind = ""
		}
		if told.Kind != c.want || states != c.states {
			t.Errorf("%s, to %s: %q %q, not %q %q", c.name, c.v.Kind(), told.Kind, states, c.want, c.states)
		}
	}
}
