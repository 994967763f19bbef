package byhand

// about is what the public is told of a number of people.
func about(n int64) any {
	if n < 5 {
		return nil
	}
	return (n + 2) / 5 * 5
}

func init() {
	register("counts", operation{
		text: `MATCH (d:Node {id: $id}) WHERE d:Discipline
RETURN d.id, d.name,
  COUNT { MATCH (d)<-[r:OFFERS]-(n) WHERE @r AND @n AND #n },
  COUNT { MATCH (d)<-[r:SPECIALIZES_IN]-(n:Organization) WHERE @r AND @n },
  COUNT { MATCH (d)<-[r:STUDIES]-() WHERE @r }`,
		write: func(o *out, rows [][]any) {
			if len(rows) == 0 {
				o.text(`{"discipline":null}`)
				return
			}
			r := rows[0]
			o.text(`{"discipline":`)
			o.idAndName(r[0], r[1])
			o.field(`,"bases":{"totalCount":`, r[2])
			o.field(`},"organizations":{"totalCount":`, r[3])
			o.field(`},"students":{"totalCount":`, about(r[4].(int64)))
			o.text("}}}")
		},
	})
}
