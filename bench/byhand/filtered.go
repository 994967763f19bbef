package byhand

// The walk begins at the discipline, which has fewer bases than there are.
func init() {
	register("filtered", operation{
		text: `CALL () {
  MATCH (:Node {id: $id})<-[f:OFFERS]-(b)
    WHERE @f AND @b AND #b AND b.status = 'ACTIVE' AND NOT EXISTS {
      MATCH (b)<-[h:HOSTS]-(o)-[m:MEMBER_OF]->(a) WHERE @h AND @o AND @m AND @a
    }
  WITH DISTINCT b ORDER BY b.nameKey, b.id
  WITH collect(b) AS found
  RETURN size(found) AS total, found[..20] AS shown
}
RETURN total, COLLECT {
  UNWIND shown AS b
  RETURN [b.id, b.name, b.openedOn, b.places, head(COLLECT {
    MATCH (b)<-[h:HOSTS]-(o) WHERE @h AND @o
    RETURN [o.id, o.name] ORDER BY h.holdsFrom DESC, o.id LIMIT 1
  })]
}`,
		write: func(o *out, rows [][]any) {
			r := rows[0]
			o.field(`{"practiceBases":{"totalCount":`, r[0])
			o.text(`,"nodes":`)
			o.list(r[1], func(b []any) {
				o.idAndName(b[0], b[1])
				o.field(`,"openedOn":`, b[2])
				o.field(`,"places":`, b[3])
				o.text(`,"host":`)
				if host, has := b[4].([]any); has {
					o.idAndName(host[0], host[1])
					o.text("}}")
				} else {
					o.text("null}")
				}
			})
			o.text("}}")
		},
	})
}
