// Package feed tells what changes, entry by entry and in order, to each viewer what they may see. Entries are stored with
// the changes that they tell of, numbered in the order of their commits, with the keys of those who are told: so that
// everybody is told the same by every instance, whichever of them made the change. One poller an instance reads them for all
// who follow; it rests when nobody does.
package feed

import (
	"context"
	_ "embed" // the statements
	"sync"
	"time"

	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
)

//go:embed statements/edge.cypher
var edgeText string

//go:embed statements/page.cypher
var pageText string

// Database is read; *store.Store is one.
type Database interface {
	Rows(ctx context.Context, text string, params map[string]any) ([]store.Row, error)
}

// Bounds of a feed.
const (
	// Latest is how many entries are held for those who follow. The database keeps them, too, however old they are.
	Latest = change.LeastFeed
	page   = 200 // entries that are read of the past at a time
	// soonest and latest are how long the poller waits, depending on how much there was to tell.
	soonest, latest = 100 * time.Millisecond, 250 * time.Millisecond
	afterFailure    = time.Second
	// grace is how long somebody who follows may be behind what is held: much may be stored at once.
	grace = 10 * time.Second
)

// Feed is the feed of one instance.
type Feed struct {
	Database Database
	Seal     Seal
	Held     int           // entries; Latest if 0
	Grace    time.Duration // until who is further behind is cut; 10 s if 0

	mu        sync.Mutex
	held      []*entry // the latest ones, each one number after the one before
	last      int64    // number up to which the feed is known
	known     bool     // whether last says something yet
	followers int
	waiting   []chan error  // for what was stored before they asked
	more      chan struct{} // closed when there are more entries
	running   bool
	woken     chan struct{}
}

// New opens the feed of a database.
func New(d Database, s Seal) *Feed {
	return &Feed{Database: d, Seal: s, more: make(chan struct{}), woken: make(chan struct{}, 1)}
}

// Wake has the feed look at once, because something was stored.
func (f *Feed) Wake() {
	select {
	case f.woken <- struct{}{}:
	default:
	}
}

// Followers is how many follow.
func (f *Feed) Followers() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.followers
}

// settle waits until all is known that was stored before it was called, and gives the number of the last entry.
func (f *Feed) settle(ctx context.Context) (int64, error) {
	looked := make(chan error, 1)
	f.mu.Lock()
	f.waiting = append(f.waiting, looked)
	if !f.running {
		f.running = true
		go f.run()
	}
	f.mu.Unlock()
	f.Wake()
	select {
	case <-ctx.Done():
		return 0, &network.Error{Code: network.Timeout, Message: "the feed could not be read in time: ask again", Cause: ctx.Err()}
	case err := <-looked:
		f.mu.Lock()
		defer f.mu.Unlock()
		return f.last, err
	}
}

// run polls as long as somebody follows or waits.
func (f *Feed) run() {
	pause := soonest
	for {
		f.mu.Lock()
		if f.followers == 0 && len(f.waiting) == 0 {
			f.running, f.known, f.held = false, false, nil
			f.mu.Unlock()
			return
		}
		waiting := f.waiting
		f.waiting = nil
		f.mu.Unlock()

		found, full, err := f.look()
		for _, w := range waiting {
			w <- err
		}
		switch {
		case err != nil:
			pause = afterFailure
		case found:
			pause = soonest
		default:
			pause = min(pause+soonest/2, latest)
		}
		if full {
			continue
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-f.woken:
			timer.Stop()
		}
	}
}

// look reads what follows the last entry. There may be more of it if what it reads is full.
func (f *Feed) look() (found, full bool, err error) {
	f.mu.Lock()
	after := f.last
	if !f.known {
		after = -1
	}
	f.mu.Unlock()
	rows, err := f.Database.Rows(context.Background(), edgeText, map[string]any{"p": map[string]any{"after": after, "most": f.most()}})
	if err != nil {
		return false, false, err
	}
	entries, err := entriesIn(rows[0]["entries"])
	if err != nil {
		return false, false, err
	}
	from, _ := rows[0]["after"].(int64)
	f.mu.Lock()
	defer f.mu.Unlock()
	last := from
	for _, e := range entries {
		if e.seq != last+1 { // what lies between is being committed
			break
		}
		last++
		f.held = append(f.held, e)
	}
	if over := len(f.held) - int(f.most()); over > 0 {
		f.held = append([]*entry(nil), f.held[over:]...)
	}
	found = f.known && last != f.last
	f.last, f.known = last, true
	if found {
		close(f.more)
		f.more = make(chan struct{})
	}
	return found, int64(len(entries)) == f.most() && last == from+f.most() && after >= 0, nil
}

func (f *Feed) most() int64 {
	if f.Held == 0 {
		return Latest
	}
	return int64(f.Held)
}

// next gives the entry after a number. Without one, more is closed when there is one; behind says that it is no longer held.
func (f *Feed) next(after int64) (e *entry, more <-chan struct{}, behind bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if after >= f.last {
		return nil, f.more, false
	}
	i := int64(len(f.held)) - (f.last - after)
	if i < 0 {
		return nil, nil, true
	}
	return f.held[i], nil, false
}
