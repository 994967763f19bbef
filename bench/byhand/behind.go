package byhand

import (
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"
)

// The walk is taken once, for the page and for its total; which path decides on an edge's since is worked out here.
func init() {
	register("behind", operation{
		text: `MATCH (a:Node {id: $id}) WHERE a:Alliance
CALL (a) {
  MATCH p = (a)(()<-[x:PART_OF]-(y:Alliance) WHERE @x AND @y){0,5}()<-[m:MEMBER_OF]-(o)
    (()<-[q:PART_OF]-(z) WHERE @q AND @z){0,3}()<-[s:SERVES]-(b)
    WHERE @m AND @o AND @s AND @b AND #b
  WITH b, collect(p) AS ps ORDER BY b.nameKey, b.id
  WITH collect([b, ps]) AS found
  RETURN size(found) AS total, found[..30] AS shown
}
RETURN a.name, total, [f IN shown | [f[0].id, f[0].name, COLLECT {
  UNWIND f[1] AS p
  WITH p ORDER BY length(p), [r IN relationships(p) | r.id]
  RETURN [[n IN nodes(p) | n.id], [r IN relationships(p) | [type(r), r.since, r.holdsFrom, r.id]]]
}]]`,
		write: func(o *out, rows [][]any) {
			if len(rows) == 0 {
				o.text(`{"alliance":null}`)
				return
			}
			r := rows[0]
			o.field(`{"alliance":{"name":`, r[0])
			o.field(`,"bases":{"totalCount":`, r[1])
			o.text(`,"edges":`)
			o.list(r[2], o.behindEdge)
			o.text("}}}")
		},
	})
}

func (o *out) behindEdge(e []any) {
	paths := e[2].([]any)
	o.field(`{"since":`, sinceOf(paths))
	o.text(`,"node":`)
	o.idAndName(e[0], e[1])
	o.text(`},"paths":`)
	o.list(paths[:min(len(paths), 3)], func(p []any) {
		rels := p[1].([]any)
		o.field(`{"length":`, int64(len(rels)))
		o.text(`,"nodes":[`)
		for i, id := range p[0].([]any) {
			if i > 0 {
				o.text(",")
			}
			o.field(`{"id":`, id)
			o.text("}")
		}
		o.text(`],"relationships":`)
		o.list(rels, func(r []any) {
			o.field(`{"type":`, r[0])
			o.field(`,"since":`, r[1])
			o.text("}")
		})
		o.text("}")
	})
	o.text("}")
}

// sinceOf is the stated date of the relationship that decides: on each path the one that begins last, and of these the
// one that begins first.
func sinceOf(paths []any) any {
	var decides []any
	for _, p := range paths {
		var last []any
		for _, r := range p.([]any)[1].([]any) {
			if r := r.([]any); last == nil || day(r).After(day(last)) || day(r).Equal(day(last)) && id(r) < id(last) {
				last = r
			}
		}
		if decides == nil || day(last).Before(day(decides)) || day(last).Equal(day(decides)) && id(last) < id(decides) {
			decides = last
		}
	}
	return decides[1]
}

func day(rel []any) time.Time { return rel[2].(dbtype.Date).Time() }
func id(rel []any) string     { return rel[3].(string) }
