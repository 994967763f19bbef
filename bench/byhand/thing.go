package byhand

func init() {
	register("thing", operation{
		text: `MATCH (u:Node {id: $id}) WHERE u:University
RETURN u.id, u.name, u.nameZh, u.kind, u.founded,
  COUNT { MATCH (u)-[m:MEMBER_OF]->(a) WHERE @m AND @a },
  COLLECT {
    MATCH (u)-[m:MEMBER_OF]->(a) WHERE @m AND @a
    WITH m, a ORDER BY a.nameKey, a.id, m.id LIMIT 10
    RETURN [m.since, m.role, a.id, a.name]
  },
  COUNT { MATCH (u)<-[p:PART_OF]-(s:School) WHERE @p AND @s },
  COLLECT {
    MATCH (u)<-[p:PART_OF]-(s:School) WHERE @p AND @s
    WITH p, s ORDER BY s.nameKey, s.id, p.id LIMIT 20
    RETURN [s.id, s.name, s.kind]
  }`,
		write: func(o *out, rows [][]any) {
			if len(rows) == 0 {
				o.text(`{"university":null}`)
				return
			}
			r := rows[0]
			o.text(`{"university":`)
			o.idAndName(r[0], r[1])
			o.field(`,"nameZh":`, r[2])
			o.field(`,"kind":`, r[3])
			o.field(`,"founded":`, r[4])
			o.field(`,"alliances":{"totalCount":`, r[5])
			o.text(`,"edges":`)
			o.list(r[6], func(e []any) {
				o.field(`{"since":`, e[0])
				o.field(`,"role":`, e[1])
				o.text(`,"node":`)
				o.idAndName(e[2], e[3])
				o.text(`}}`)
			})
			o.field(`},"schools":{"totalCount":`, r[7])
			o.text(`,"nodes":`)
			o.list(r[8], func(s []any) {
				o.idAndName(s[0], s[1])
				o.field(`,"kind":`, s[2])
				o.text("}")
			})
			o.text("}}}")
		},
	})
}
