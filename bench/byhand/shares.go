package byhand

func init() {
	register("shares", operation{
		text: `MATCH (a:Node {id: $id}) WHERE a:Alliance
CALL (a) {
  MATCH (a)<-[m:MEMBER_OF]-(o)<-[s:SERVES]-(b) WHERE @m AND @o AND @s AND @b AND #b
  WITH DISTINCT b
  RETURN collect(b) AS bases, sum(b.places) AS places
}
RETURN a.name, size(bases), places, COLLECT {
  UNWIND bases AS b
  MATCH (b)-[s:SERVES]->(o) WHERE @s AND @o
  WITH o, count(DISTINCT b) AS n, sum(s.places) AS kept
  ORDER BY n DESC, o.nameKey, o.id LIMIT 20
  RETURN [o.id, o.name, n, kept]
}`,
		write: func(o *out, rows [][]any) {
			if len(rows) == 0 {
				o.text(`{"alliance":null}`)
				return
			}
			r := rows[0]
			o.field(`{"alliance":{"name":`, r[0])
			o.field(`,"bases":{"aggregate":{"count":`, r[1])
			o.field(`,"sum":`, r[2])
			o.text(`,"groupBy":`)
			o.list(r[3], func(g []any) {
				o.field(`{"keys":[{"sum":`, g[3])
				o.text(`,"node":`)
				o.idAndName(g[0], g[1])
				o.field(`}}],"count":`, g[2])
				o.text("}")
			})
			o.text("}}}}")
		},
	})
}
