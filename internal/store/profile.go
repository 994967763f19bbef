package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Profile is how the database ran a statement.
type Profile struct {
	Root *Operator
	// First is how long it took when the statement was perhaps not planned yet; Took how long it took when it was.
	First, Took time.Duration
}

// Operator is one step of the database's plan, and what it cost.
type Operator struct {
	Name    string
	Details string // what it does, in the database's words
	Rows    int64
	Hits    int64 // how often the store was asked for something
	// Pages that were read from memory and from disk; 0 where the database doesn't count them.
	PageHits, PageMisses int64
	// Where its rows come from; those after the first are branches that it runs for the rows of the first.
	Of []*Operator
}

// Profile runs a statement that reads, and tells what the database did for it. It runs twice, so that what is
// measured is not the planning.
func (s *Store) Profile(ctx context.Context, text string, params map[string]any) (*Profile, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*s.config.Timeout)
	defer cancel()
	out := &Profile{}
	for _, took := range []*time.Duration{&out.First, &out.Took} {
		began := time.Now()
		summary, err := s.consume(ctx, "PROFILE "+text, parameters(params))
		if err != nil {
			return nil, s.explain(ctx, err)
		}
		*took = time.Since(began)
		out.Root = operator(summary.Profile())
	}
	return out, nil
}

func (s *Store) consume(ctx context.Context, text string, params map[string]any) (neo4j.ResultSummary, error) {
	session := s.session(ctx, neo4j.AccessModeRead)
	defer closeSession(ctx, session)
	result, err := session.Run(ctx, text, params, neo4j.WithTxTimeout(s.config.Timeout))
	if err != nil {
		return nil, err
	}
	return result.Consume(ctx)
}

func operator(p neo4j.ProfiledPlan) *Operator {
	name, _, _ := strings.Cut(p.Operator(), "@")
	out := &Operator{Name: name, Rows: p.Records(), Hits: p.DbHits(), PageHits: p.PageCacheHits(), PageMisses: p.PageCacheMisses()}
	out.Details, _ = p.Arguments()["Details"].(string)
	for _, c := range p.Children() {
		out.Of = append(out.Of, operator(c))
	}
	return out
}

// total adds up what an operator and all below it cost.
func (o *Operator) total() (hits, pageHits, pageMisses int64) {
	hits, pageHits, pageMisses = o.Hits, o.PageHits, o.PageMisses
	for _, c := range o.Of {
		h, p, m := c.total()
		hits, pageHits, pageMisses = hits+h, pageHits+p, pageMisses+m
	}
	return hits, pageHits, pageMisses
}

// String draws the profile for people: each operator above the one that its rows come from, and between them, set in,
// the branch that it runs for those rows, if it has one.
func (p *Profile) String() string {
	hits, pageHits, pageMisses := p.Root.total()
	w := &profileWriter{pages: pageHits+pageMisses > 0}
	w.row("rows", "db hits", "pages", "operator")
	w.operator(p.Root, "")
	w.row("", fmt.Sprint(hits), pages(pageHits, pageMisses), "in all")
	fmt.Fprintf(&w.b, "%s; %s the first time\n", milliseconds(p.Took), milliseconds(p.First))
	return w.b.String()
}

type profileWriter struct {
	b     strings.Builder
	pages bool
}

func (w *profileWriter) row(rows, hits, pages, rest string) {
	fmt.Fprintf(&w.b, "%9s %9s  ", rows, hits)
	if w.pages {
		fmt.Fprintf(&w.b, "%9s  ", pages)
	}
	w.b.WriteString(rest + "\n")
}

// widest is how much of an operator's details is shown: a whole answer stands in those of some.
const widest = 120

func (w *profileWriter) operator(o *Operator, in string) {
	details := []rune(strings.Join(strings.Fields(o.Details), " "))
	if len(details) > widest {
		details = append(details[:widest], '…')
	}
	w.row(fmt.Sprint(o.Rows), fmt.Sprint(o.Hits), pages(o.PageHits, o.PageMisses), strings.TrimRight(in+o.Name+"  "+string(details), " "))
	for i, c := range slices.Backward(o.Of) {
		if i > 0 {
			w.operator(c, in+"  ")
		} else {
			w.operator(c, in)
		}
	}
}

// pages writes how many pages were read, and how many of them from disk.
func pages(hits, misses int64) string { return fmt.Sprintf("%d/%d", hits+misses, misses) }

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}
