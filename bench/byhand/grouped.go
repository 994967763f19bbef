package byhand

func init() {
	register("grouped", operation{
		text: `CALL () {
  MATCH (u:Node {id: $id})<-[s:SERVES]-(b) WHERE @u AND @s AND @b AND #b
  RETURN collect(DISTINCT b) AS bases
}
RETURN size(bases), COLLECT {
  UNWIND bases AS b
  OPTIONAL MATCH (b)-[f:OFFERS]->(d) WHERE @f
  WITH DISTINCT b, d
  WITH d, count(*) AS n, sum(b.places) AS places
  ORDER BY n DESC, d IS NULL, d.nameKey, d.id LIMIT 20
  RETURN [d.id, d.name, n, places]
}`,
		write: func(o *out, rows [][]any) {
			r := rows[0]
			o.field(`{"practiceBases":{"aggregate":{"count":`, r[0])
			o.text(`,"groupBy":`)
			o.list(r[1], func(g []any) {
				o.text(`{"keys":[{"node":`)
				if g[0] == nil {
					o.text("null")
				} else {
					o.idAndName(g[0], g[1])
					o.text("}")
				}
				o.field(`}],"count":`, g[2])
				o.field(`,"sum":`, g[3])
				o.text("}")
			})
			o.text("}}}")
		},
	})
}
