package change_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/network"
)

// TestKeys: the first answer is given again, for the same input of the same viewer, for a day.
func TestKeys(t *testing.T) {
	d := openDesk(t)
	now := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)
	d.writer.Now = func() time.Time { return now }
	make := func(r change.Request) (change.Answer, error) {
		return d.writer.Do(d.ctx, r, func(_ context.Context, tx *change.Tx) (change.Answer, error) {
			id, err := tx.Create("Place", map[string]any{"name": string(r.Input)})
			return change.Answer{Values: map[string]any{"id": id, "count": 1}}, err
		})
	}
	must := func(r change.Request) change.Answer {
		t.Helper()
		a, err := make(r)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	r := request("placeCreate", "key-1", "a")
	first := must(r)
	again := must(r)
	if first.Repeated || !again.Repeated || first.Values["id"] != again.Values["id"] || first.Values["count"] != 1.0 || again.Values["count"] != 1.0 {
		t.Errorf("first %v, then %v", first, again)
	}
	for name, r := range map[string]change.Request{
		"another input":     request("placeCreate", "key-1", "b"),
		"another operation": request("placeUpdate", "key-1", "a"),
	} {
		if _, err := make(r); network.CodeOf(err) != network.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := r
	other.Viewer = access.Viewer{Subject: "issuer|other"}
	if a := must(other); a.Repeated || a.Values["id"] == first.Values["id"] {
		t.Errorf("another viewer gets %v", a)
	}
	for name, r := range map[string]change.Request{
		"nobody":     {Operation: "placeCreate"},
		"a long key": request("placeCreate", strings.Repeat("k", 201), "a"),
	} {
		if _, err := make(r); network.CodeOf(err) != network.Unauthenticated && network.CodeOf(err) != network.BadUserInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	if a := must(request("placeCreate", "", "a")); a.Repeated {
		t.Error("without a key, each request is its own")
	}
	for range 2 { // also where there is nothing to answer
		d.asks(request("placeName", "key-2", "a"), func(_ context.Context, tx *change.Tx) error {
			_, err := tx.Create("Place", map[string]any{"name": "once"})
			return err
		}, nil)
	}
	d.is("MATCH (n:Place {name: 'once'}) RETURN count(n)", `[1]`)
	now = now.Add(25 * time.Hour)
	if a := must(r); a.Repeated {
		t.Errorf("after a day: %v", a)
	}
	d.is("MATCH (n:Place) WITH count(*) AS n RETURN n", `[5]`)
	d.is("MATCH (k:IdempotencyKey) WITH count(*) AS n RETURN n", `[1]`) // the old ones are gone
}

// TestNothingIsWritten where the work fails, or its answer has errors of the user's; the key stays free.
func TestNothingIsWritten(t *testing.T) {
	d := openDesk(t)
	failed := errors.New("no")
	r := request("placeCreate", "key", "{}")
	for _, want := range []struct {
		answer change.Answer
		err    error
	}{
		{change.Answer{UserErrors: []change.UserError{{Code: "REQUIRED"}}}, nil},
		{change.Answer{}, failed},
		{change.Answer{}, &network.Error{Code: network.Forbidden}},
	} {
		a, err := d.writer.Do(d.ctx, r, func(_ context.Context, tx *change.Tx) (change.Answer, error) {
			_, err := tx.Create("Place", map[string]any{"name": "x"})
			return want.answer, errors.Join(err, want.err)
		})
		if !errors.Is(err, want.err) || len(a.UserErrors) != len(want.answer.UserErrors) {
			t.Errorf("%v, %v", a, err)
		}
	}
	d.is("MATCH (n) WHERE NOT n:Migration RETURN labels(n)", `[]`)
}

// TestOneKeyTwiceAtOnce: one of two requests does it, the other gets the answer.
func TestOneKeyTwiceAtOnce(t *testing.T) {
	d := openDesk(t)
	var all sync.WaitGroup
	answers := make(chan change.Answer, 10)
	for range cap(answers) {
		all.Go(func() {
			a, err := d.writer.Do(d.ctx, request("placeCreate", "key", "{}"), func(_ context.Context, tx *change.Tx) (change.Answer, error) {
				id, err := tx.Create("Place", map[string]any{"name": "x"})
				return change.Answer{Values: map[string]any{"id": id}}, err
			})
			if err != nil {
				t.Error(err)
			}
			answers <- a
		})
	}
	all.Wait()
	d.is("MATCH (n:Place) RETURN count(n)", `[1]`)
	first, fresh := <-answers, 0
	for range cap(answers) - 1 {
		if a := <-answers; a.Values["id"] != first.Values["id"] {
			t.Errorf("%v and %v", first, a)
		} else if !a.Repeated {
			fresh++
		}
	}
	if !first.Repeated {
		fresh++
	}
	if fresh != 1 {
		t.Errorf("%d did it", fresh)
	}
}
