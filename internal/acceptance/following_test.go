package acceptance

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// entry is what a follower is told.
type entry struct {
	Cursor, Kind, Type, ID, StateBefore, State string
	Node, From, To                             *struct{ ID string }
	Audit                                      *struct{ Operation, By string }
	Days                                       int
}

// same is an entry without what is not the same each time it is told.
func (e entry) same() string {
	return fmt.Sprintf("%s %s %s %s→%s", e.Kind, e.Type, e.ID, e.StateBefore, e.State)
}

func same(entries []entry) []string {
	out := []string{}
	for _, e := range entries {
		out = append(out, e.same())
	}
	return out
}

const toldFields = `{ cursor kind type id stateBefore state }`

// following is a subscription over events.
type following struct {
	*testing.T
	entries chan entry
	failed  chan string // code of the error that it ended with; closed when it has ended
	stop    context.CancelFunc
}

// follow follows the feed of a server as a viewer, by the arguments and fields of `feed`.
func follow(t *testing.T, url, viewer, feed string) *following {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	body, err := json.Marshal(map[string]any{"query": "subscription { feed" + feed + " }"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {"text/event-stream"}, "As": {viewer}}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	f := &following{T: t, entries: make(chan entry, 10_000), failed: make(chan string, 1), stop: stop}
	go func() {
		defer func() { _ = response.Body.Close() }()
		defer close(f.failed)
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			var told struct {
				Data   *struct{ Feed entry }
				Errors []struct {
					Message    string
					Extensions struct{ Code string }
				}
			}
			text, ok := strings.CutPrefix(lines.Text(), "data: ")
			if !ok || json.Unmarshal([]byte(text), &told) != nil {
				continue
			}
			if len(told.Errors) > 0 {
				f.failed <- told.Errors[0].Extensions.Code
				return
			}
			f.entries <- told.Data.Feed
		}
	}()
	return f
}

// next waits for the next entry.
func (f *following) next(within time.Duration) entry {
	f.Helper()
	select {
	case e := <-f.entries:
		return e
	case code := <-f.failed:
		f.Fatalf("it ended: %q", code)
	case <-time.After(within):
		f.Fatalf("nothing came within %v", within)
	}
	return entry{}
}

// quiet makes sure that nothing comes for a while.
func (f *following) quiet(within time.Duration) {
	f.Helper()
	select {
	case e := <-f.entries:
		f.Errorf("it was told %s", e.same())
	case <-time.After(within):
	}
}

// place is the cursor of the feed at this moment.
func (r *running) place() string {
	r.Helper()
	var out struct {
		FeedEntries struct{ PageInfo struct{ EndCursor string } }
	}
	r.ask(`{ feedEntries { pageInfo { endCursor } } }`, &out)
	return out.FeedEntries.PageInfo.EndCursor
}

// read reads all that a viewer is told after a cursor, page by page.
func (r *running) read(viewer, after, more string) (out []entry) {
	r.Helper()
	for {
		var page struct {
			FeedEntries struct {
				Nodes    []entry
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
		r.as(viewer).ask(fmt.Sprintf(`{ feedEntries(after: %q, first: 7 %s) { nodes %s pageInfo { hasNextPage endCursor } } }`, after, more, toldFields), &page)
		out = append(out, page.FeedEntries.Nodes...)
		if after = page.FeedEntries.PageInfo.EndCursor; !page.FeedEntries.PageInfo.HasNextPage {
			return out
		}
	}
}

func postAs(url, viewer, query string) (string, error) {
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		return "", err
	}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header = http.Header{"Content-Type": {"application/json"}, "As": {viewer}}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	return string(text), err
}
