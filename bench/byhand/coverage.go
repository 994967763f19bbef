package byhand

// The database says who has which bases and what these offer; the matrix is put together here.
func init() {
	register("coverage", operation{
		text: `MATCH (a:Node {id: $id}) WHERE a:Alliance
CALL (a) {
  MATCH (a)<-[m:MEMBER_OF]-(o) WHERE @m AND @o
  WITH DISTINCT o ORDER BY o.nameKey, o.id
  RETURN collect([o, COLLECT { MATCH (o)<-[s:SERVES]-(b) WHERE @s AND @b AND #b RETURN DISTINCT b }]) AS members
}
RETURN [x IN members | [x[0].id, [b IN x[1] | b.id]]], COLLECT {
  UNWIND members AS x
  UNWIND x[1] AS b
  WITH DISTINCT b
  MATCH (b)-[f:OFFERS]->(d) WHERE @f
  WITH d, collect([b.id, f.places]) AS offers ORDER BY d.nameKey, d.id
  RETURN [d.id, d.name, offers]
}`,
		write: func(o *out, rows [][]any) {
			if len(rows) == 0 {
				o.text(`{"alliance":null}`)
				return
			}
			m := newMatrix(rows[0][0].([]any), rows[0][1].([]any))
			o.text(`{"alliance":{"coverage":{"columns":[`)
			for i, c := range m.columns {
				if i > 0 {
					o.text(",")
				}
				o.text(`{"column":`)
				o.idAndName(c.id, c.name)
				o.field(`},"memberCount":`, c.members)
				o.field(`,"baseCount":`, c.bases)
				o.field(`,"places":`, c.places)
				o.text("}")
			}
			o.text(`],"cells":[`)
			first := true
			for i, member := range m.members {
				for j, c := range m.cells[i*len(m.columns) : (i+1)*len(m.columns)] {
					if c.bases == 0 {
						continue
					}
					if !first {
						o.text(",")
					}
					first = false
					o.field(`{"member":{"id":`, member)
					o.field(`},"column":{"id":`, m.columns[j].id)
					o.field(`},"baseCount":`, c.bases)
					o.field(`,"places":`, c.places)
					o.text("}")
				}
			}
			o.text("]}}}")
		},
	})
}

type matrix struct {
	members []any // ids
	columns []column
	cells   []cell // row by row
}

type column struct {
	id, name any
	members  int64
	cell
}

type cell struct {
	bases, places int64
	last          any // the base that was counted last: what one base offers stands together
}

func (c *cell) add(base, places any) {
	if c.last != base {
		c.last = base
		c.bases++
	}
	if n, known := places.(int64); known {
		c.places += n
	}
}

func newMatrix(members, offered []any) *matrix {
	m := &matrix{cells: make([]cell, len(members)*len(offered)), columns: make([]column, len(offered))}
	has := map[any][]int{} // a base's members
	for i, x := range members {
		x := x.([]any)
		m.members = append(m.members, x[0])
		for _, b := range x[1].([]any) {
			has[b] = append(has[b], i)
		}
	}
	for j, d := range offered {
		d, c := d.([]any), &m.columns[j]
		c.id, c.name = d[0], d[1]
		for _, offer := range d[2].([]any) {
			offer := offer.([]any)
			c.add(offer[0], offer[1])
			for _, i := range has[offer[0]] {
				at := &m.cells[i*len(offered)+j]
				if at.bases == 0 {
					c.members++
				}
				at.add(offer[0], offer[1])
			}
		}
	}
	return m
}
