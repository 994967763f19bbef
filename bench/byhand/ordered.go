package byhand

// What the list is ordered by is the count that is shown as well.
func init() {
	register("ordered", operation{
		text: `MATCH (a:Node {id: $id})<-[m:MEMBER_OF]-(u:University) WHERE @a AND @m AND @u
WITH DISTINCT u
WITH u, COUNT { MATCH (u)<-[s:SERVES]-(b) WHERE @s AND @b AND #b } AS bases
ORDER BY bases DESC, u.nameKey, u.id LIMIT 20
RETURN collect([u.id, u.name, bases])`,
		write: func(o *out, rows [][]any) {
			o.text(`{"universities":{"nodes":`)
			o.list(rows[0][0], func(u []any) {
				o.idAndName(u[0], u[1])
				o.field(`,"bases":{"totalCount":`, u[2])
				o.text("}}")
			})
			o.text("}}")
		},
	})
}
