package byhand

// Many edges rest on few sources: each source is read once, and put beside the edges here.
func init() {
	register("travel", operation{
		text: `MATCH (a:Node {id: $id}) WHERE a:Alliance
CALL (a) {
  MATCH (a)<-[m:MEMBER_OF]-(o) WHERE @m AND @o
  WITH m, o ORDER BY o.nameKey, o.id, m.id LIMIT 50
  RETURN collect([m.since, m.until,
    CASE WHEN m.since IS NULL AND (m.attestedOn IS NULL OR $day < m.attestedOn) THEN 'ASSUMED' ELSE 'STATED' END,
    head([l IN labels(o) WHERE l <> 'Node' AND l <> 'Organization']), o.id, o.name, m.locators, m.sources]) AS edges
}
RETURN a.name, COUNT { MATCH (a)<-[m:MEMBER_OF]-(o) WHERE @m AND @o }, edges, COLLECT {
  UNWIND edges AS e
  UNWIND e[7] AS id
  WITH DISTINCT id
  MATCH (s:Node {id: id}) WHERE s:Source
  RETURN [s.id, s.name, s.publishedOn]
}`,
		write: func(o *out, rows [][]any) {
			if len(rows) == 0 {
				o.text(`{"alliance":null}`)
				return
			}
			r := rows[0]
			sources := map[any][]any{}
			for _, s := range r[3].([]any) {
				sources[s.([]any)[0]] = s.([]any)
			}
			o.field(`{"alliance":{"name":`, r[0])
			o.field(`,"members":{"totalCount":`, r[1])
			o.text(`,"edges":`)
			o.list(r[2], func(e []any) {
				o.field(`{"since":`, e[0])
				o.field(`,"until":`, e[1])
				o.field(`,"certainty":`, e[2])
				o.field(`,"node":{"__typename":`, e[3])
				o.field(`,"id":`, e[4])
				o.field(`,"name":`, e[5])
				o.text(`},"evidence":`)
				o.evidence(e[6], e[7], sources)
				o.text("}")
			})
			o.text("}}}")
		},
	})
}

// evidence writes parallel lists of locators and sources; an empty locator stands for none.
func (o *out) evidence(locators, ids any, sources map[any][]any) {
	o.text("[")
	list, _ := ids.([]any)
	for i, id := range list {
		if i > 0 {
			o.text(",")
		}
		locator := locators.([]any)[i]
		if locator == "" {
			locator = nil
		}
		o.field(`{"locator":`, locator)
		o.text(`,"source":`)
		if s := sources[id]; s == nil {
			o.text("null}")
		} else {
			o.field(`{"name":`, s[1])
			o.field(`,"publishedOn":`, s[2])
			o.text("}}")
		}
	}
	o.text("]")
}
