package acceptance

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/bookmark"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
)

// written writes something and gives its bookmark.
func written(t *testing.T, s *store.Store) bookmark.Bookmark {
	t.Helper()
	ctx := bookmark.With(t.Context(), bookmark.Bookmark{})
	if err := s.Run(ctx, "MERGE (:Node {id: 'loc_a'})", nil); err != nil {
		t.Fatal(err)
	}
	b, wrote := bookmark.Written(ctx)
	if !wrote || b.None() {
		t.Fatal("a write gives no bookmark")
	}
	return b
}

// forged is the bookmark of a state that the database, or another one, has not come to.
func forged(t *testing.T, like bookmark.Bookmark, elsewhere bool) bookmark.Bookmark {
	t.Helper()
	const database, uuid, transaction = 3, 16, 3 + 16 // where these stand in what the database gives
	data, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(like.Marks()[0], "FB:"))
	if err != nil || len(data) < transaction+2 {
		t.Fatalf("a bookmark has another form: %v, %v", like.Marks(), err)
	}
	data = append(slices.Clone(data[:transaction]), 0xCA, 0x7F, 0xFF, 0xFF, 0xFF, data[len(data)-1])
	if elsewhere {
		copy(data[database:], make([]byte, uuid))
	}
	return bookmark.Of([]string{"FB:" + base64.StdEncoding.EncodeToString(data)})
}

// TestAClientReadsItsOwnWrites: through another instance, in which nobody has written.
func TestAClientReadsItsOwnWrites(t *testing.T) {
	here := dbtest.Open(t)
	there := through(t, toDatabase(t), nil)
	ctx := bookmark.With(t.Context(), written(t, here))
	if holds, err := there.Holds(ctx, "loc_a"); err != nil || !holds {
		t.Errorf("%v, %v", holds, err)
	}
}

// TestBookmarksThatAreNotReached: a read that would wait for them ends in its time.
func TestBookmarksThatAreNotReached(t *testing.T) {
	s := dbtest.Open(t)
	mark := written(t, s)
	for _, c := range []struct {
		name string
		of   bookmark.Bookmark
		want network.Code
	}{
		{"of what is to come", forged(t, mark, false), network.Timeout},
		{"in another form", bookmark.Of([]string{"FB:AAAA"}), network.BadUserInput},
		{"of an older Neo4j", bookmark.Of([]string{"neo4j:bookmark:v1:tx9999999"}), network.BadUserInput},
		{"of another database, which the database leaves aside", forged(t, mark, true), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(bookmark.With(t.Context(), c.of), time.Second)
			defer cancel()
			began := time.Now()
			_, err := s.Read(ctx, "RETURN 1 AS answer", nil)
			if took := time.Since(began); took > time.Second+busy {
				t.Errorf("it takes %v", took)
			}
			if (err == nil) != (c.want == "") || err != nil && network.CodeOf(err) != c.want {
				t.Errorf("%v, not %s", err, c.want)
			}
		})
	}
}
