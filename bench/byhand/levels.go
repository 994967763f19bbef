package byhand

func init() {
	register("levels", operation{
		text: `MATCH (a:Node {id: $id}) WHERE a:Alliance
RETURN a.id, a.name,
  COUNT { MATCH (a)<-[m:MEMBER_OF]-(o) WHERE @m AND @o },
  COLLECT {
    MATCH (a)<-[m:MEMBER_OF]-(o) WHERE @m AND @o
    WITH m, o ORDER BY o.nameKey, o.id, m.id LIMIT 20
    RETURN [m.since, m.role, o.id, o.name, CASE WHEN o:University THEN [
      COUNT { MATCH (o)<-[s:SERVES]-(b) WHERE @s AND @b AND #b },
      COLLECT {
        MATCH (o)<-[s:SERVES]-(b) WHERE @s AND @b AND #b
        WITH s, b ORDER BY b.nameKey, b.id, s.id LIMIT 5
        RETURN [s.since, s.places, b.id, b.name, b.status,
          COUNT { MATCH (b)-[f:OFFERS]->() WHERE @f },
          COLLECT {
            MATCH (b)-[f:OFFERS]->(d) WHERE @f
            WITH f, d ORDER BY d.nameKey, d.id, f.id LIMIT 5
            RETURN [d.id, d.name]
          }]
      }] END]
  }`,
		write: func(o *out, rows [][]any) {
			if len(rows) == 0 {
				o.text(`{"alliance":null}`)
				return
			}
			r := rows[0]
			o.text(`{"alliance":`)
			o.idAndName(r[0], r[1])
			o.field(`,"members":{"totalCount":`, r[2])
			o.text(`,"edges":`)
			o.list(r[3], o.levelsMember)
			o.text("}}}")
		},
	})
}

func (o *out) levelsMember(e []any) {
	o.field(`{"since":`, e[0])
	o.field(`,"role":`, e[1])
	o.text(`,"node":`)
	o.idAndName(e[2], e[3])
	if e[4] != nil {
		bases := e[4].([]any)
		o.field(`,"bases":{"totalCount":`, bases[0])
		o.text(`,"edges":`)
		o.list(bases[1], func(b []any) {
			o.field(`{"since":`, b[0])
			o.field(`,"places":`, b[1])
			o.text(`,"node":`)
			o.idAndName(b[2], b[3])
			o.field(`,"status":`, b[4])
			o.field(`,"disciplines":{"totalCount":`, b[5])
			o.text(`,"nodes":`)
			o.idsAndNames(b[6])
			o.text("}}}")
		})
		o.text("}")
	}
	o.text("}}")
}
