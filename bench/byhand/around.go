package byhand

func init() {
	register("around", operation{
		text: `MATCH (c:Node {id: $id}) WHERE NOT c:Student|Placement AND (NOT c:PracticeBase OR #c)
CALL (c) {
  MATCH (c)-[r]-(f) WHERE @r AND @f AND NOT f:Student|Placement AND (NOT f:PracticeBase OR #f) AND f <> c
  WITH DISTINCT f ORDER BY f.nameKey, f.id
  RETURN collect(f) AS found
}
WITH c, size(found) AS total, found[..40] AS shown
WITH c, total, shown, shown + [c] AS seen
RETURN c.id, c.name, total, [n IN shown | [n.id, n.name]], COLLECT {
  UNWIND seen AS a
  MATCH (a)-[r]->(b) WHERE @r AND b IN seen
  RETURN [type(r), r.since, a.id, b.id] ORDER BY r.id
}`,
		write: func(o *out, rows [][]any) {
			if len(rows) == 0 {
				o.text(`{"neighborhood":null}`)
				return
			}
			r := rows[0]
			o.field(`{"neighborhood":{"totalCount":`, r[2])
			o.field(`,"truncated":`, r[2].(int64) > 40)
			o.text(`,"center":`)
			o.idAndName(r[0], r[1])
			o.text(`},"nodes":`)
			o.idsAndNames(r[3])
			o.text(`,"relationships":`)
			o.list(r[4], func(e []any) {
				o.field(`{"type":`, e[0])
				o.field(`,"since":`, e[1])
				o.field(`,"from":{"id":`, e[2])
				o.field(`},"to":{"id":`, e[3])
				o.text("}}")
			})
			o.text("}}")
		},
	})
}
