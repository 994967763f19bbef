package workload

import (
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/partnergraph/partnergraph/internal/plan"
)

// now is the day that stands for today, so that a run next year asks the same.
const now = "2026-06-01"

// draws are how the values of each operation are drawn.
var draws = []struct {
	name string
	draw func(*source, *rand.Rand) (Variables, error)
}{
	{"thing", thing("University")},
	{"base", thing("PracticeBase")},
	{"levels", alliance},
	{"behind", alliance},
	{"filtered", thing("Discipline")},
	{"deep", deep},
	{"search", search},
	{"shortest", pair},
	{"around", thing("University", "Enterprise", "PracticeBase")},
	{"counts", thing("Discipline")},
	{"travel", alliance},
	{"ordered", alliance},
	{"grouped", thing("University")},
	{"shares", alliance},
	{"coverage", alliance},
}

// source reads what values are drawn from, each list once.
type source struct {
	ctx     context.Context
	network Reader
	lists   map[string][]any
}

func (s *source) list(text string) ([]any, error) {
	if s.lists[text] == nil {
		v, err := s.network.Read(s.ctx, text, nil)
		if err != nil {
			return nil, err
		}
		s.lists[text] = v.([]any)
		if len(s.lists[text]) == 0 {
			return nil, fmt.Errorf("the network holds nothing to draw from: %s", text)
		}
	}
	return s.lists[text], nil
}

func (s *source) one(r *rand.Rand, text string) (string, error) {
	list, err := s.list(text)
	if err != nil {
		return "", err
	}
	return list[r.IntN(len(list))].(string), nil
}

// day is one of the last eight years, each tenth one today.
func day(r *rand.Rand) string {
	if r.IntN(10) == 0 {
		return now
	}
	t, _ := time.Parse(time.DateOnly, now)
	return t.AddDate(0, 0, -r.IntN(8*365)).Format(time.DateOnly)
}

// thing is any thing of one of the types, on any day.
func thing(labels ...string) func(*source, *rand.Rand) (Variables, error) {
	return func(s *source, r *rand.Rand) (Variables, error) {
		id, err := s.one(r, idsOf(labels[r.IntN(len(labels))]))
		return Variables{"id": id, "day": day(r)}, err
	}
}

func idsOf(label string) string {
	return "RETURN COLLECT { MATCH (n:" + label + ") RETURN n.id ORDER BY n.id }"
}

func alliance(s *source, r *rand.Rand) (Variables, error) {
	id, err := s.one(r, "RETURN COLLECT { MATCH (n:Alliance) WHERE EXISTS { (n)<-[:MEMBER_OF]-() } RETURN n.id ORDER BY n.id }")
	return Variables{"id": id, "day": day(r)}, err
}

func pair(s *source, r *rand.Rand) (Variables, error) {
	from, err := s.one(r, idsOf("University"))
	if err != nil {
		return nil, err
	}
	to, err := s.one(r, idsOf("Enterprise"))
	return Variables{"id": from, "to": to, "day": day(r)}, err
}

// deep is a place in the second half of the list of bases. The peer counts its places from the front.
func deep(s *source, r *rand.Rand) (Variables, error) {
	list, err := s.list("RETURN COLLECT { MATCH (n:PracticeBase) WHERE n.holdsFrom <= date('" + now + "') AND date('" + now + "') < n.holdsUntil WITH n ORDER BY n.nameKey, n.id RETURN [n.nameKey, n.id] }")
	if err != nil {
		return nil, err
	}
	at := len(list)/2 + r.IntN((len(list)+1)/2)
	order := []plan.Key{{Name: "name"}, {Name: "id"}}
	return Variables{
		"day":       now,
		"after":     plan.WriteCursor(order, list[at].([]any)),
		"peerAfter": base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "arrayconnection:%d", at)),
	}, nil
}

// search is what people type: a name, its beginning, or some Chinese characters of it.
func search(s *source, r *rand.Rand) (Variables, error) {
	property := []string{"name", "name", "nameZh"}[r.IntN(3)]
	label := []string{"University", "Enterprise", "Alliance"}[r.IntN(3)]
	name, err := s.one(r, "RETURN COLLECT { MATCH (n:"+label+") WITH coalesce(n."+property+", n.name) AS name, n.id AS id RETURN name ORDER BY id }")
	if err != nil {
		return nil, err
	}
	runes := []rune(name)
	if most := 3 + r.IntN(12); len(runes) > most {
		runes = runes[:most]
	}
	return Variables{"text": string(runes), "day": day(r)}, nil
}
