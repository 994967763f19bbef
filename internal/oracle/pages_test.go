package oracle

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// walked is a query of one list; PAGE stands for the arguments of its page and ROWS for what is asked of it.
type walked string

func (l walked) ask(page string) *query {
	text := strings.NewReplacer("PAGE", page, "ROWS", "totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }").Replace(string(l))
	return &query{viewer: admin, roots: []*node{{head: text}}}
}

// TestPages walks random lists page by page, by the cursors that the product gives, from the front and from the back:
// either way must give the whole list, each row once and in its order.
func TestPages(t *testing.T) {
	p := open(t)
	checks(t, 3)
	many, long := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		n := networkOf(p.m).Draw(rt, "network").Network
		o := p.fill(rt, n)
		for _, l := range rapid.Custom(func(rt *rapid.T) []walked { return lists(rt, o) }).Draw(rt, "lists") {
			whole := pageOf(rt, o.expect(rt, l.ask("first: 200")).want.Data).cursors()
			size := 1 + len(whole)/3
			for _, forward := range []bool{true, false} {
				if walk := p.walk(rt, l, size, forward, len(whole)); !slices.Equal(walk, whole) {
					rt.Fatalf("%s\nby %d, forward: %v\nwalked %q\nwant   %q\n%s", l, size, forward, walk, whole, p.files(rt, n))
				}
			}
			many++
			if len(whole) > 2 {
				long++
			}
		}
	})
	t.Logf("%d lists, of which %d had more than two rows", many, long)
	if !t.Failed() && long < many/4 {
		t.Error("too many of the lists are short")
	}
}

// lists draws lists of all kinds, those below a thing only where it has something in them.
func lists(t *rapid.T, o *Oracle) []walked {
	out := []walked{
		`l: organizations(PAGE) { ROWS }`,
		walked(`l: organizations(PAGE, orderBy: [{` + pick(t, []string{
			"nameZh: ASC", "nameZh: DESC", "summary: DESC", "synthetic: ASC}, {website: ASC", "updatedAt: DESC", "version: DESC}, {name: DESC",
		}) + `}]) { ROWS }`),
		walked(`l: organizations(PAGE, orderBy: [{` + pick(t, []string{
			"parts: {direction: DESC}", "locations: {measure: AVG, of: SOURCE_COUNT}", "hostedBases: {measure: SUM, of: PLACES, direction: DESC}",
			"metrics: {measure: MAX, of: VALUE, direction: DESC}", "partOf: {where: {synthetic: {eq: true}}}",
		}) + `}]) { ROWS }`),
		walked(`l: universities(PAGE, orderBy: [{founded: ` + pick(t, []string{"ASC", "DESC"}) + `}]) { ROWS }`),
		walked(fmt.Sprintf(`l: search(query: %q, PAGE) { ROWS }`, pick(t, []string{"a", "al", "大学"}))),
		`l: changes(from: "1990-01-01", until: "2030-01-01", PAGE) { ROWS }`,
	}
	x := &execution{Oracle: o, days: on(today)}
	if ties := slices.DeleteFunc(slices.Clone(o.Network.ties), func(t *tie) bool { return t.from == t.to || !x.tieHolds(t) }); len(ties) > 0 {
		between := pick(t, ties)
		out = append(out, walked(fmt.Sprintf(`l: paths(from: %q, to: %q, mode: ALL, maxLength: 4, PAGE) { ROWS }`, between.from.id, between.to.id)))
	}
	var single, several []walked
	for _, n := range o.Network.things {
		for _, f := range n.of.Fields {
			if len(f.Hops) == 0 || f.Target.Kind != graphmap.Connection || len(x.reach(n, f.Hops, f.Target.Node)) < 3 {
				continue
			}
			arguments := "PAGE"
			for _, h := range f.Hops {
				if h.When != "" {
					arguments += ", " + h.When + ": true"
				}
			}
			l := walked(fmt.Sprintf(`n: node(id: %q) { ... on %s { l: %s(%s) { ROWS } } }`, n.id, n.of.Name, f.Name, arguments))
			if isSingle(f.Hops) {
				by := pick(t, []string{"since: ASC", "since: DESC", "until: ASC", "until: DESC", "sourceCount: DESC"})
				single = append(single, l, walked(strings.Replace(string(l), "PAGE", "PAGE, orderBy: [{edge: {"+by+"}}]", 1)))
			} else {
				several = append(several, l)
			}
		}
	}
	for _, of := range [][]walked{single, several} {
		for range min(3, len(of)) {
			out = append(out, pick(t, of))
		}
	}
	return out
}

// asPage is a page as a client reads it.
type asPage struct {
	TotalCount int
	Edges      []struct{ Cursor string }
	PageInfo   struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       string
	}
}

func (p asPage) cursors() []string {
	var out []string
	for _, e := range p.Edges {
		out = append(out, e.Cursor)
	}
	return out
}

// pageOf finds the one page of an answer.
func pageOf(t *rapid.T, data []byte) asPage {
	var answer struct {
		L *asPage
		N struct{ L *asPage }
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	if answer.L == nil {
		answer.L = answer.N.L
	}
	if answer.L == nil {
		t.Fatalf("no page in %s", data)
	}
	return *answer.L
}

// walk gathers the cursors of a list page by page; one that goes on for more pages than there are rows is cut off.
func (p *product) walk(t *rapid.T, l walked, size int, forward bool, rows int) []string {
	var out []string
	page := fmt.Sprintf("first: %d", size)
	if !forward {
		page = fmt.Sprintf("last: %d", size)
	}
	for range rows + 1 {
		got := pageOf(t, p.ask(admin, l.ask(page).String(), nil).Data)
		if got.TotalCount != rows {
			t.Fatalf("%s\n%d rows, want %d", l, got.TotalCount, rows)
		}
		more := got.PageInfo.HasNextPage
		if forward {
			out = append(out, got.cursors()...)
			page = fmt.Sprintf("first: %d, after: %q", size, got.PageInfo.EndCursor)
		} else {
			out, more = append(got.cursors(), out...), got.PageInfo.HasPreviousPage
			page = fmt.Sprintf("last: %d, before: %q", size, got.PageInfo.StartCursor)
		}
		if !more {
			break
		}
	}
	return out
}
