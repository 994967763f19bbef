package byhand

func init() {
	register("shortest", operation{
		text: `MATCH (a:Node {id: $id}) MATCH (b:Node {id: $to})
MATCH p = allShortestPaths((a)-[:MEMBER_OF|PART_OF|SERVES|HOSTS*1..5]-(b))
  WHERE all(r IN relationships(p) WHERE @r) AND all(n IN nodes(p) WHERE @n AND (NOT n:PracticeBase OR #n))
WITH p ORDER BY length(p), reduce(s = '', r IN relationships(p) | s + r.id + ' ') LIMIT 10
RETURN collect([length(p), [n IN nodes(p) | [n.id, n.name]], [r IN relationships(p) | [type(r), r.since]]])`,
		params: func(v Variables) (map[string]any, error) { return map[string]any{"to": v.To}, nil },
		write: func(o *out, rows [][]any) {
			o.text(`{"paths":{"nodes":`)
			o.list(rows[0][0], func(p []any) {
				o.field(`{"length":`, p[0])
				o.text(`,"nodes":`)
				o.idsAndNames(p[1])
				o.text(`,"relationships":`)
				o.list(p[2], func(r []any) {
					o.field(`{"type":`, r[0])
					o.field(`,"since":`, r[1])
					o.text("}")
				})
				o.text("}")
			})
			o.text("}}")
		},
	})
}
