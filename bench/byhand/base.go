package byhand

func init() {
	register("base", operation{
		text: `MATCH (b:Node {id: $id}) WHERE b:PracticeBase AND #b
RETURN b.id, b.name, b.status, b.openedOn, b.places,
  COLLECT {
    MATCH (b)<-[r:HOSTS]-(o) WHERE @r AND @o
    WITH r, o ORDER BY o.nameKey, o.id, r.id LIMIT 20
    RETURN [r.since, o.id, o.name]
  },
  COUNT { MATCH (b)-[r:SERVES]->(o) WHERE @r AND @o },
  COLLECT {
    MATCH (b)-[r:SERVES]->(o) WHERE @r AND @o
    WITH r, o ORDER BY o.nameKey, o.id, r.id LIMIT 20
    RETURN [r.since, r.places, o.id, o.name]
  },
  COLLECT {
    MATCH (b)-[r:OFFERS]->(d) WHERE @r
    WITH r, d ORDER BY d.nameKey, d.id, r.id LIMIT 20
    RETURN [r.places, r.minWeeks, r.maxWeeks, d.name]
  },
  COLLECT {
    MATCH (b)-[r:LOCATED_IN]->(l) WHERE @r
    WITH r, l ORDER BY l.nameKey, l.id, r.id LIMIT 20
    RETURN [l.name]
  },
  COLLECT {
    MATCH (b)-[r:GOVERNED_BY]->(g) WHERE @r AND @g
    WITH r, g ORDER BY g.nameKey, g.id, r.id LIMIT 20
    RETURN [g.name, g.kind, g.signedOn, COLLECT {
      MATCH (g)<-[t:PARTY_TO]-(o) WHERE @t AND @o
      WITH t, o ORDER BY o.nameKey, o.id, t.id LIMIT 20
      RETURN [t.role, o.id, o.name]
    }]
  }`,
		write: func(o *out, rows [][]any) {
			if len(rows) == 0 {
				o.text(`{"practiceBase":null}`)
				return
			}
			r := rows[0]
			o.text(`{"practiceBase":`)
			o.idAndName(r[0], r[1])
			o.field(`,"status":`, r[2])
			o.field(`,"openedOn":`, r[3])
			o.field(`,"places":`, r[4])
			o.text(`,"hosts":{"edges":`)
			o.list(r[5], func(e []any) { o.field(`{"since":`, e[0]); o.node(e[1], e[2]) })
			o.field(`},"serves":{"totalCount":`, r[6])
			o.text(`,"edges":`)
			o.list(r[7], func(e []any) {
				o.field(`{"since":`, e[0])
				o.field(`,"places":`, e[1])
				o.node(e[2], e[3])
			})
			o.text(`},"disciplines":{"edges":`)
			o.list(r[8], func(e []any) {
				o.field(`{"places":`, e[0])
				o.field(`,"minWeeks":`, e[1])
				o.field(`,"maxWeeks":`, e[2])
				o.field(`,"node":{"name":`, e[3])
				o.text("}}")
			})
			o.text(`},"locations":{"nodes":`)
			o.list(r[9], func(l []any) { o.field(`{"name":`, l[0]); o.text("}") })
			o.text(`},"governedBy":{"nodes":`)
			o.list(r[10], o.agreement)
			o.text("}}}")
		},
	})
}

func (o *out) agreement(g []any) {
	o.field(`{"name":`, g[0])
	o.field(`,"kind":`, g[1])
	o.field(`,"signedOn":`, g[2])
	o.text(`,"parties":{"edges":`)
	o.list(g[3], func(e []any) { o.field(`{"role":`, e[0]); o.node(e[1], e[2]) })
	o.text("}}")
}

// node ends an edge with its thing.
func (o *out) node(id, name any) {
	o.text(`,"node":`)
	o.idAndName(id, name)
	o.text("}}")
}
