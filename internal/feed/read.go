package feed

import (
	"context"

	"github.com/partnergraph/partnergraph/internal/access"
)

// mostPages is how many pages of entries are looked at for one page of an answer.
const mostPages = 20

// Page is a page of the past.
type Page struct {
	Told []Told
	End  string // cursor of where it was read to
	More bool
}

// Read gives what follows a cursor, at most so many entries. Without a cursor it tells nothing but the place that the feed
// is at.
func (f *Feed) Read(ctx context.Context, v access.Viewer, filter Filter, after string, most int) (Page, error) {
	at := int64(0)
	if after != "" {
		var err error
		if at, err = f.Seal.parse(after); err != nil {
			return Page{}, err
		}
	}
	last, err := f.settle(ctx)
	if err != nil {
		return Page{}, err
	}
	out := Page{Told: []Told{}, End: f.Seal.place(last)}
	if after == "" {
		return out, nil
	}
	if at > last {
		return Page{}, errAhead
	}
	l := listenerOf(v, filter)
	for range mostPages {
		if at == last {
			return out, nil
		}
		var entries []*entry
		if entries, at, err = f.past(ctx, l, at, last); err != nil {
			return Page{}, err
		}
		for _, e := range entries {
			t, ok := l.hears(e)
			if !ok {
				continue
			}
			if len(out.Told) == most {
				out.More, out.End = true, f.Seal.place(out.Told[most-1].seq)
				return out, nil
			}
			t.Cursor = f.Seal.entry(e.seq)
			out.Told = append(out.Told, t)
		}
	}
	out.More, out.End = at < last, f.Seal.place(at)
	return out, nil
}
