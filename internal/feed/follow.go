package feed

import (
	"context"
	"time"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
)

// Follower is told one entry after the other. It is for one goroutine.
type Follower struct {
	feed *Feed
	*listener
	at   int64     // number of the last entry that it has looked at
	past []*entry  // read by itself
	upto int64     // number that it has read the past up to
	live bool      // it has caught up, and must keep up from now on
	late time.Time // since when it doesn't; zero if it does
}

// Follow begins to follow: after a cursor, or now if there is none. Whoever follows leaves in the end.
func (f *Feed) Follow(ctx context.Context, v access.Viewer, filter Filter, after string) (_ *Follower, err error) {
	w := &Follower{feed: f, listener: listenerOf(v, filter)}
	if after != "" {
		if w.at, err = f.Seal.parse(after); err != nil {
			return nil, err
		}
	}
	f.mu.Lock()
	f.followers++
	f.mu.Unlock()
	defer func() {
		if err != nil {
			w.Leave()
		}
	}()
	last, err := f.settle(ctx)
	switch {
	case err != nil:
		return nil, err
	case after == "":
		w.at = last
	case w.at > last:
		return nil, errAhead
	}
	if _, _, behind := f.next(w.at); behind {
		err = w.read(ctx)
	}
	return w, err
}

// errAhead is for a cursor of what was stored once and is not there any more.
var errAhead = network.Errorf(network.CursorExpired, "after: the feed hasn't come to this cursor, so its database was put back to an earlier state: read what you follow anew, and begin now")

// Leave ends it.
func (w *Follower) Leave() {
	w.feed.mu.Lock()
	defer w.feed.mu.Unlock()
	w.feed.followers--
}

// Next waits for the next entry that the viewer may see. A follower that has fallen too far behind is cut: TOO_SLOW.
func (w *Follower) Next(ctx context.Context) (Told, error) {
	for {
		e, err := w.step(ctx)
		if err != nil {
			return Told{}, err
		}
		w.at = e.seq
		if t, ok := w.hears(e); ok {
			t.Cursor = w.feed.Seal.entry(e.seq)
			return t, nil
		}
	}
}

// step waits for the next entry, whoever may see it.
func (w *Follower) step(ctx context.Context) (*entry, error) {
	for {
		if len(w.past) > 0 {
			if _, _, behind := w.feed.next(w.at); behind && w.isLate() {
				return nil, w.tooSlow()
			}
			e := w.past[0]
			w.past = w.past[1:]
			return e, nil
		}
		w.at = max(w.at, w.upto)
		e, more, behind := w.feed.next(w.at)
		switch {
		case e != nil:
			w.live = true
			return e, nil
		case behind && w.isLate():
			return nil, w.tooSlow()
		case behind:
			if err := w.read(ctx); err != nil {
				return nil, err
			}
			continue
		}
		w.live, w.late = true, time.Time{}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-more:
		}
	}
}

func (w *Follower) tooSlow() error {
	return network.Errorf(network.TooSlow, "you are more than %d entries behind: take them quicker, and follow again after the cursor of the last one that you took", w.feed.most())
}

// isLate tells whether it has been behind for too long since it had caught up.
func (w *Follower) isLate() bool {
	patience := w.feed.Grace
	if patience == 0 {
		patience = grace
	}
	if w.late.IsZero() && w.live {
		w.late = time.Now()
	}
	return w.live && time.Since(w.late) > patience
}

// read reads a page of the past.
func (w *Follower) read(ctx context.Context) error {
	w.feed.mu.Lock()
	last := w.feed.last
	w.feed.mu.Unlock()
	var err error
	w.past, w.upto, err = w.feed.past(ctx, w.listener, w.at, last)
	return err
}

// past reads what a listener may hear after one number and up to another, at most a page, and how far it has read.
func (f *Feed) past(ctx context.Context, l *listener, after, upto int64) ([]*entry, int64, error) {
	list := func(of []string) []string { return append([]string{}, of...) }
	rows, err := f.Database.Rows(ctx, pageText, map[string]any{"p": map[string]any{
		"after": after, "upto": upto, "most": int64(page), "all": l.all, "keys": l.keys,
		"things": len(l.Types) > 0 || len(l.Relationships) == 0, "types": list(l.Types),
		"ties": len(l.Relationships) > 0 || len(l.Types) == 0, "relationships": list(l.Relationships),
		"organizations": list(l.Organizations), "alliances": list(l.Alliances),
	}})
	if err != nil {
		return nil, 0, err
	}
	if oldest, ok := rows[0]["oldest"].(int64); ok && after+1 < oldest {
		return nil, 0, network.Errorf(network.CursorExpired, "after: the entries that follow this cursor are no longer kept: read what you follow anew, and begin now")
	}
	entries, err := entriesIn(rows[0]["entries"])
	if len(entries) == page {
		upto = entries[page-1].seq
	}
	return entries, upto, err
}
