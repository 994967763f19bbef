package office

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/registration"
)

//go:embed statements/due.cypher
var dueText string

//go:embed statements/ending.cypher
var endingText string

// notices are how many days before an agreement or an insurance ends followers are told.
var notices = []int{7, 30, 90}

// noticed are records of what was told already, so that it is told once.
var noticed = change.Kind{Label: "Notice", Key: "key"}

// calendar is who does what is due by the day alone. Its changes stand in the audit under this name.
var calendar = access.Viewer{Subject: "calendar"}

// Calendar does what the day asks for: bases open, expire and close, and followers are told of what ends soon. It comes to
// the same on however many instances it runs, and however often. It gives how much there was to do.
func (o *Office) Calendar(ctx context.Context) (int, error) {
	today := network.NewDay(o.Writer.Now().UTC().Date())
	done := 0
	rows, err := o.Database.Rows(ctx, dueText, map[string]any{"p": map[string]any{"today": today.String()}})
	if err != nil {
		return done, err
	}
	for _, r := range rows {
		if err := o.settle(ctx, r["base"].(string), today); err != nil {
			return done, err
		}
		done++
	}
	for _, days := range notices {
		rows, err := o.Database.Rows(ctx, endingText, map[string]any{
			"today": today, "last": network.Day{Time: today.AddDate(0, 0, days)}, "p": map[string]any{"days": int64(days), "earlier": listed(before(days))},
		})
		if err != nil {
			return done, err
		}
		for _, r := range rows {
			if err := o.tell(ctx, r, days); err != nil {
				return done, err
			}
			done++
		}
	}
	return done, nil
}

// before are the notices that come after one of so many days, nearer to the end: who was told those needs no other.
func before(days int) []string {
	var out []string
	for _, n := range notices {
		if n < days {
			out = append(out, fmt.Sprint(n))
		}
	}
	return out
}

// settle does with a base what is due by a day.
func (o *Office) settle(ctx context.Context, base string, today network.Day) error {
	r := change.Request{
		Operation: "calendar", Key: fmt.Sprintf("settle %s %s", base, today), Input: []byte("{}"), Viewer: calendar, RecordedBy: "calendar",
	}
	_, err := o.Writer.Do(ctx, r, func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
		if _, err := tx.Lock(ctx, base); err != nil {
			return change.Answer{}, err
		}
		record, err := tx.Record(ctx, registrations, base)
		if err != nil {
			return change.Answer{}, err
		}
		before, err := factsIn(record.Properties)
		if err != nil {
			return change.Answer{}, err
		}
		after, steps := registration.Settle(before, today)
		if len(steps) == 0 { // another instance was quicker
			return change.Answer{Values: map[string]any{}}, nil
		}
		p := projection{tx: tx, id: base, before: before, after: after}
		if err := p.lay(ctx); err != nil {
			return change.Answer{}, err
		}
		return change.Answer{Values: map[string]any{}}, note(tx, record, after)
	})
	return err
}

// tell tells followers that something ends.
func (o *Office) tell(ctx context.Context, row map[string]any, days int) error {
	id, what, until := row["id"].(string), row["what"].(string), row["until"].(string)
	key := fmt.Sprintf("%s|%s|%s|%d", id, what, until, days)
	r := change.Request{Operation: "calendar", Key: "tell " + key, Input: []byte("{}"), Viewer: calendar, RecordedBy: "calendar"}
	_, err := o.Writer.Do(ctx, r, func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
		if _, err := tx.Lock(ctx, id); err != nil {
			return change.Answer{}, err
		}
		already, err := tx.Record(ctx, noticed, key)
		if err != nil || already.Properties != nil {
			return change.Answer{Values: map[string]any{}}, err
		}
		tx.Note(already, map[string]any{"at": tx.Now()})
		return change.Answer{Values: map[string]any{}}, tx.Tell(id, "ENDING", map[string]any{"days": int64(days), "until": until, "what": what})
	})
	return err
}
