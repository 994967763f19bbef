package feed

import (
	"fmt"
	"time"
)

// entry is what is stored of a change: what it is about, and by which keys viewers are told of it.
type entry struct {
	seq            int64
	at             time.Time
	audit          string
	of, id, kind   string
	before, now    string // states
	from, to       string // of a relationship
	concerns       []string
	seen, far, saw []string // keys of who sees it; of a relationship its start, and then its end; of who saw it before
	days           int64
	until, what    string // of an end to come
	isTie, hasSaw  bool
}

func entryIn(row map[string]any) (*entry, error) {
	e := &entry{}
	var numbered, dated bool
	e.seq, numbered = row["seq"].(int64)
	e.at, dated = row["at"].(time.Time)
	if !numbered || !dated {
		return nil, fmt.Errorf("an entry of the feed has the number %v and the time %v", row["seq"], row["at"])
	}
	for name, into := range map[string]*string{
		"audit": &e.audit, "type": &e.of, "id": &e.id, "kind": &e.kind, "stateBefore": &e.before, "state": &e.now,
		"from": &e.from, "to": &e.to, "until": &e.until, "what": &e.what,
	} {
		*into, _ = row[name].(string)
	}
	for name, into := range map[string]*[]string{"concerns": &e.concerns, "seen": &e.seen, "far": &e.far, "saw": &e.saw} {
		*into, _ = row[name].([]string)
	}
	e.days, _ = row["days"].(int64)
	e.isTie, e.hasSaw = e.from != "", row["saw"] != nil
	return e, nil
}

// entriesIn reads a list of stored entries.
func entriesIn(v any) ([]*entry, error) {
	rows, _ := v.([]any)
	out := make([]*entry, len(rows))
	for i, row := range rows {
		of, _ := row.(map[string]any)
		e, err := entryIn(of)
		if err != nil {
			return nil, err
		}
		out[i] = e
	}
	return out, nil
}
