package office

import (
	"context"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/compile"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
)

//go:embed statements/audit.cypher
var auditText string

// The entries that are asked for, each found by an index in the order in which it is told.
const (
	auditOfAll = `MATCH (a:Audit) WHERE a.seq <= $p.seq AND DONE
    RETURN a ORDER BY a.seq DESC, a.id DESC LIMIT toInteger($p.most)`
	auditOfThing = `MATCH (o:AuditOf {of: $p.of}) WHERE o.seq <= $p.seq AND ($p.all OR any(k IN o.keys WHERE k IN $p.keys))
    MATCH (a:Audit {id: o.audit}) WHERE DONE
    RETURN a ORDER BY o.seq DESC, o.audit DESC LIMIT toInteger($p.most)`
	auditOfViewer = `UNWIND $p.keys AS key
    CALL (key) {
      MATCH (f:AuditFor {key: key}) WHERE f.seq <= $p.seq
      MATCH (a:Audit {id: f.audit}) WHERE DONE
      RETURN a ORDER BY f.seq DESC, f.audit DESC LIMIT toInteger($p.most)
    }
    WITH DISTINCT a
    RETURN a ORDER BY a.seq DESC, a.id DESC LIMIT toInteger($p.most)`
	auditByID = `MATCH (a:Audit {id: $p.id}) WHERE $p.all OR any(k IN a.keys WHERE k IN $p.keys) RETURN a`

	done = `(a.seq < $p.seq OR a.id < $p.id) AND ($p.by IS NULL OR a.by = $p.by) AND $p.since <= a.at < $p.before`
)

// auditing is what somebody asks of the audit.
type auditing struct {
	viewer access.Viewer
	which  string
	of     string          // "" for everything
	whole  map[string]bool // what the viewer is known to see whole now
	by     string          // "" for anybody
	since  time.Time
	before time.Time
	seq    int64 // of the entry before which those lie that are asked for
	id     string
	most   int
}

// asks begins to ask of the audit: for all of it.
func asks(v access.Viewer) auditing {
	return auditing{
		viewer: v, which: auditOfViewer, whole: map[string]bool{}, most: mostOfPage, seq: math.MaxInt64,
		since: time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), before: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC),
	}
}

// about narrows it to a thing or relationship. Who sees the whole of it now may know all that was ever done with it; anybody
// else what was done while they did.
func (q *auditing) about(ctx context.Context, o *Office, id string) error {
	q.which, q.of = auditOfThing, id
	whole, err := o.knows(ctx, q.viewer, id)
	q.whole[id] = whole
	return err
}

// named tells whether the viewer may know who did what.
func (q *auditing) named(by string) bool {
	return by == q.viewer.Subject || q.viewer.Roles&(access.Admin|access.Reviewer) != 0
}

// read gives the entries, the last first.
func (q *auditing) read(ctx context.Context, o *Office, read rowsOf) ([]auditEntry, error) {
	all := q.viewer.Roles.Has(access.Admin)
	if all && q.which == auditOfViewer {
		q.which = auditOfAll
	}
	p := map[string]any{
		"of": q.of, "seq": q.seq, "id": q.id, "by": nil, "since": q.since, "before": q.before, "most": int64(q.most),
		"all": all || q.whole[q.of], "keys": q.viewer.Keys(),
	}
	if q.by != "" {
		p["by"] = q.by
	}
	text := strings.Replace(auditText, "{ THESE }", "{ "+strings.ReplaceAll(q.which, "DONE", done)+" }", 1)
	rows, err := read(ctx, text, map[string]any{"p": p})
	if err != nil {
		return nil, err
	}
	out := make([]auditEntry, len(rows))
	for i, r := range rows {
		if out[i], err = q.entry(o, r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// auditEntry is an entry, and where it stands.
type auditEntry struct {
	seq  int64
	id   string
	told map[string]any
}

// entry is what the viewer may know of an entry: of what is not for everybody, what they know the whole of.
func (q *auditing) entry(o *Office, r store.Row) (out auditEntry, err error) {
	of := r["entry"].(map[string]any)
	out.seq, _ = of["seq"].(int64)
	out.id, _ = of["id"].(string)
	out.told = map[string]any{}
	for _, name := range []string{"id", "at", "kind", "operation", "reason"} {
		out.told[name] = of[name]
	}
	if by, _ := of["by"].(string); q.named(by) {
		out.told["by"] = by
	}
	known := map[string]bool{}
	for _, id := range texts(r["known"]) {
		known[id] = true
	}
	shown := func(id string) bool {
		return o.shown(q.viewer, id, func(id string) bool { return known[id] || q.whole[id] })
	}
	ids := slices.DeleteFunc(slices.Clone(texts(of["of"])), func(id string) bool { return !shown(id) })
	out.told["of"] = listed(ids)
	for _, name := range []string{"before", "after"} {
		text, _ := of[name].(string)
		parts := map[string]json.RawMessage{}
		if err := json.Unmarshal([]byte(text), &parts); err != nil {
			return out, err
		}
		for id := range parts {
			if !shown(id) {
				delete(parts, id)
			}
		}
		kept, err := json.Marshal(parts)
		if err != nil {
			return out, err
		}
		out.told[name] = string(kept)
	}
	return out, nil
}

// shown tells whether what an entry says of something may be shown to a viewer, who knows the whole of some things.
func (o *Office) shown(v access.Viewer, id string, known func(string) bool) bool {
	if v.Roles.Has(access.Admin) {
		return true
	}
	if _, record, is := strings.Cut(id, ":"); is {
		return o.shown(v, record, known)
	}
	for _, id := range thingsOf(id) {
		t := o.typeOf(id)
		if t == nil || access.Guarded(t.Seen) && !known(id) {
			return false
		}
	}
	return true
}

// thingsOf are the things that an id is about: the two ends of a relationship.
func thingsOf(id string) []string {
	if parts := strings.Split(id, "_"); len(parts) >= 6 && parts[0] == "rel" {
		return []string{parts[2] + "_" + parts[3], parts[4] + "_" + parts[5]}
	}
	return []string{id}
}

func (o *Office) typeOf(id string) *graphmap.Type {
	prefix, _, _ := strings.Cut(id, "_")
	return o.Writer.Map.ByPrefix(prefix)
}

// knows tells whether a viewer sees the whole of a thing now; of a relationship, of one end and what there is of the other.
func (o *Office) knows(ctx context.Context, v access.Viewer, id string) (bool, error) {
	some, all := false, true
	for _, id := range thingsOf(id) {
		t := o.typeOf(id)
		if t == nil {
			return false, nil
		}
		rows, err := o.Database.Rows(ctx, compile.Standing(access.KnownTo(t.Seen, v.Roles)), map[string]any{"p": map[string]any{
			"ids": []string{id}, "offices": listed(v.Offices), "reviews": listed(v.Reviews),
		}})
		if err != nil {
			return false, err
		}
		known := len(rows) == 1 && rows[0]["met"].([]any)[0] == true
		some, all = some || known, all && (known || len(rows) == 1 && !access.Guarded(t.Seen))
	}
	return some && all, nil
}

// audit is a page of what was done.
func (o *Office) audit(ctx context.Context, args map[string]any) (map[string]any, error) {
	q := asks(access.From(ctx))
	empty := map[string]any{"edges": []any{}, "nodes": []any{}, "pageInfo": map[string]any{"hasNextPage": false, "hasPreviousPage": false}}
	most, err := firstIn(args)
	if err != nil {
		return nil, err
	}
	q.most = most + 1
	if after, _ := args["after"].(string); after != "" {
		place, ok := o.Feed.Seal.Open("audit", after)
		if !ok || len(place) < 8 {
			return nil, network.Errorf(network.BadUserInput, "after: this is no cursor of the audit: give back one as it came")
		}
		q.seq, q.id = int64(binary.BigEndian.Uint64(place)), string(place[8:])
		empty["pageInfo"].(map[string]any)["hasPreviousPage"] = true
	}
	if span, ok := args["during"].(map[string]any); ok {
		if q.since, q.before, err = spanIn(span); err != nil {
			return nil, err
		}
	}
	if q.by, _ = args["by"].(string); q.by != "" && !q.named(q.by) {
		return empty, nil
	}
	if of, _ := args["of"].(string); of != "" {
		if err := q.about(ctx, o, of); err != nil {
			return nil, err
		}
	}
	entries, err := q.read(ctx, o, o.Database.Rows)
	if err != nil {
		return nil, err
	}
	info := empty["pageInfo"].(map[string]any)
	if info["hasNextPage"] = len(entries) > most; len(entries) > most {
		entries = entries[:most]
	}
	edges, nodes := []any{}, []any{}
	for _, e := range entries {
		cursor := o.Feed.Seal.Text("audit", append(binary.BigEndian.AppendUint64(nil, uint64(e.seq)), e.id...))
		if len(edges) == 0 {
			info["startCursor"] = cursor
		}
		info["endCursor"] = cursor
		edges, nodes = append(edges, map[string]any{"cursor": cursor, "node": e.told}), append(nodes, e.told)
	}
	return map[string]any{"edges": edges, "nodes": nodes, "pageInfo": info}, nil
}

// auditEntry is one entry; nil for who may not know of it.
func (o *Office) auditEntry(ctx context.Context, id string) (any, error) {
	q := asks(access.From(ctx))
	q.which, q.id = auditByID, id
	entries, err := q.read(ctx, o, o.Database.Rows)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	return entries[0].told, nil
}

// mostHistory is how many entries of a base's history are told: the last ones.
const mostHistory = 500

// history is all that was done with a base, whose whole the viewer sees, first things first.
func (o *Office) history(ctx context.Context, v visit) (any, error) {
	q := asks(v.viewer)
	q.which, q.of, q.whole[v.id], q.most = auditOfThing, v.id, true, mostHistory
	entries, err := q.read(ctx, o, v.read)
	if err != nil {
		return nil, err
	}
	out := make([]any, len(entries))
	for i, e := range entries {
		out[len(entries)-1-i] = e.told
	}
	return out, nil
}

// spanIn reads days, from the first until before `to`.
func spanIn(span map[string]any) (since, before time.Time, err error) {
	text := func(name string) string { s, _ := span[name].(string); return s }
	from, err := network.ParseDay(text("from"))
	if err != nil {
		return since, before, network.Errorf(network.BadUserInput, "during.from: %v", err)
	}
	to, err := network.ParseDay(text("to"))
	if err != nil {
		return since, before, network.Errorf(network.BadUserInput, "during.to: %v", err)
	}
	if !from.Before(to.Time) {
		return since, before, network.Errorf(network.BadUserInput, "during.to: %s is not after from, %s", to, from)
	}
	return from.Time, to.Time, nil
}
