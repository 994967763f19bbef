package oracle

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/partnergraph/partnergraph/internal/ingest"
	"github.com/partnergraph/partnergraph/internal/network"
)

// moving is a network in which some universities stay as they are while others come, change and go. Both are members of
// one alliance, and bases serve them.
const (
	staying = 24
	passing = 10
	stages  = 4 // that each passing university has been through
)

// stage writes the network with the passing universities at one stage.
func stage(t *testing.T, p *product, random *rand.Rand, stays string) *network.Network {
	t.Helper()
	files := fstest.MapFS{
		"dataset.yaml":        {Data: []byte("name: Moving\nrecordedBy: somebody\nrecordedAt: 2026-11-21T00:00:00Z\n")},
		"nodes/Source.yaml":   {Data: []byte("- {id: src_a, name: A}\n- {id: src_b, name: B}\n")},
		"nodes/Alliance.yaml": {Data: []byte("- {id: all_hub, name: Hub}\n")},
	}
	passes := moving(random, "v", passing)
	for i, name := range []string{"nodes/University.yaml", "nodes/PracticeBase.yaml", "relationships/MEMBER_OF.yaml", "relationships/SERVES.yaml"} {
		files[name] = &fstest.MapFile{Data: []byte(strings.Split(stays, "---\n")[i] + strings.Split(passes, "---\n")[i])}
	}
	n, err := ingest.Read(p.m, files)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// moving draws universities, their bases, their memberships and whom the bases serve: four files.
func moving(random *rand.Rand, kind string, many int) string {
	var universities, bases, members, serves strings.Builder
	some := func(format string, values ...any) string {
		if random.IntN(4) == 0 {
			return ""
		}
		return fmt.Sprintf(", "+format, values[random.IntN(len(values))])
	}
	names := []any{"Alpha", "alpha", "Beta", "大学", "gamma", "Ａ wide"}
	for i := range many {
		id := fmt.Sprintf("%s%02d", kind, i)
		fmt.Fprintf(&universities, "- {id: uni_%s, name: %s%s%s}\n", id, names[random.IntN(len(names))],
			some("founded: %v", "1950", "1950-03", "2001", "2010-10-10"), some("evidence: [%v]", "{source: src_a}", "{source: src_a}, {source: src_b}"))
		fmt.Fprintf(&members, "- {from: uni_%s, to: all_hub%s%s}\n", id, some("since: %v", "2011", "2015", "2015-01", "2020-06-06"), some("role: %v", "FOUNDER", "MEMBER"))
		for b := range random.IntN(3) {
			fmt.Fprintf(&bases, "- {id: bas_%s%d, name: Base%s}\n", id, b, some("places: %v", 5, 10, 30))
			fmt.Fprintf(&serves, "- {from: bas_%s%d, to: uni_%s%s}\n", id, b, id, some("places: %v", 1, 2))
		}
	}
	return universities.String() + "---\n" + bases.String() + "---\n" + members.String() + "---\n" + serves.String()
}

// write takes passing universities away and puts them in again, at one stage or another, until it is stopped; it gives
// how often.
func (p *product) move(ctx context.Context, t *testing.T, random *rand.Rand, at []*network.Network) int {
	for times := 0; ; times++ {
		if ctx.Err() != nil {
			return times
		}
		v := fmt.Sprintf("v%02d", random.IntN(passing))
		ids := []string{"uni_" + v, "bas_" + v + "0", "bas_" + v + "1"}
		var err error
		if random.IntN(3) == 0 {
			err = p.store.Run(context.Background(), "MATCH (n:Node) WHERE n.id IN $ids DETACH DELETE n", map[string]any{"ids": ids})
		} else {
			var things []network.Thing
			var ties []network.Tie
			n := at[random.IntN(len(at))]
			for _, thing := range n.Things {
				if slices.Contains(ids, thing.ID) {
					things = append(things, thing)
				}
			}
			for _, tie := range n.Ties {
				if slices.Contains(ids, tie.From) {
					ties = append(ties, tie)
				}
			}
			err = p.store.Write(context.Background(), things, ties)
		}
		if err != nil {
			t.Errorf("writing: %v", err)
			return times
		}
	}
}

// TestPagesUnderWrites walks lists in several orders, forward and backward, while other rows come, change and go: what
// stays is met once, in its order.
func TestPagesUnderWrites(t *testing.T) {
	p := open(t)
	random := rand.New(rand.NewPCG(4, seed))
	stays := moving(random, "s", staying)
	var at []*network.Network
	for range stages {
		at = append(at, stage(t, p, random, stays))
	}
	o := p.fill(t, at[0])
	var orders = []string{
		"[]", "[{name: DESC}]", "[{founded: ASC}]", "[{founded: DESC}, {name: DESC}]", "[{sourceCount: DESC}]",
		"[{bases: {measure: COUNT, direction: DESC}}]", "[{bases: {measure: SUM, of: EDGE_PLACES}}]", "[{bases: {measure: AVG, of: PLACES, direction: DESC}}]",
	}
	var lists []string
	for _, by := range orders {
		lists = append(lists, "l: universities(PAGE, orderBy: "+by+") { ROWS }")
	}
	for _, by := range []string{"since: DESC", "since: ASC", "role: ASC"} {
		lists = append(lists, `n: alliance(id: "all_hub") { l: members(PAGE, orderBy: [{edge: {`+by+`}}]) { ROWS } }`)
	}
	want := map[string][]string{}
	for _, l := range lists {
		got := movingPageOf(t, o.expect(t, &query{viewer: admin, roots: []*node{{head: movingQuery(l, "first: 200")}}}).want.Data)
		want[l] = got.staying()
	}
	ctx, stop := context.WithCancel(context.Background())
	moved := make(chan int)
	go func() { moved <- p.move(ctx, t, rand.New(rand.NewPCG(5, seed)), at) }()
	walks := 0
	for begin := time.Now(); walks < 2*len(lists) || time.Since(begin) < 15*time.Second; walks++ {
		l := lists[walks/2%len(lists)]
		size, forward := 1+random.IntN(7), walks%2 == 0
		if got := p.walkMoving(t, l, size, forward); !slices.Equal(got, want[l]) {
			t.Errorf("%s\nby %d, forward: %v\nwalked %q\nwant   %q", l, size, forward, got, want[l])
			break
		}
	}
	stop()
	writes := <-moved
	t.Logf("%d walks while there were %d writes", walks, writes)
	if writes < walks {
		t.Errorf("%d writes are too few for %d walks", writes, walks)
	}
}

func movingQuery(list, page string) string {
	return strings.NewReplacer("PAGE", page, "ROWS", "edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }").Replace(list)
}

type movingPage struct {
	Edges    []struct{ Node struct{ ID string } }
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
}

// staying lists what stays of a page.
func (p movingPage) staying() []string {
	var out []string
	for _, e := range p.Edges {
		if strings.HasPrefix(e.Node.ID, "uni_s") {
			out = append(out, e.Node.ID)
		}
	}
	return out
}

func movingPageOf(t *testing.T, data []byte) movingPage {
	t.Helper()
	var answer struct {
		L *movingPage
		N struct{ L *movingPage }
	}
	if err := json.Unmarshal(data, &answer); err != nil || answer.L == nil && answer.N.L == nil {
		t.Fatalf("no page in %s: %v", data, err)
	}
	if answer.L == nil {
		return *answer.N.L
	}
	return *answer.L
}

// walkMoving gathers what stays of a list, page by page.
func (p *product) walkMoving(t *testing.T, list string, size int, forward bool) []string {
	t.Helper()
	var out []string
	which, from := "first", "after"
	if !forward {
		which, from = "last", "before"
	}
	q := fmt.Sprintf("query ($size: Int, $from: String) { %s }", movingQuery(list, which+": $size, "+from+": $from"))
	variables := map[string]any{"size": size}
	for range staying * 10 { // passing rows may come behind the cursor for ever
		got := movingPageOf(t, p.ask(admin, q, variables).Data)
		more, next := got.PageInfo.HasNextPage, got.PageInfo.EndCursor
		if forward {
			out = append(out, got.staying()...)
		} else {
			more, next = got.PageInfo.HasPreviousPage, got.PageInfo.StartCursor
			out = append(got.staying(), out...)
		}
		if !more || next == nil {
			return out
		}
		variables["from"] = *next
	}
	t.Fatalf("%s: the walk does not end", list)
	return nil
}
