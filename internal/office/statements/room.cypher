// What the network knows of a base and a student who is to be there, or is: what the base offers and whom it serves, who
// takes its places, where the student is enrolled and what they study.
// $p.base, $p.student, $p.since: the first day that matters, $p.today
MATCH (b:Node {id: $p.base}), (s:Node {id: $p.student})
RETURN b.name AS name, b.nameZh AS nameZh, b.status AS status, b.places AS places, b.holdsFrom AS from, b.holdsUntil AS until,
  s.erasedOn AS erasedOn,
  head(COLLECT { MATCH (r:Registration {base: b.id}) RETURN r.facts }) AS facts,
  COLLECT { MATCH (b)<-[h:HOSTS]-(o) WHERE h.holdsUntil > $p.today RETURN o.id } AS hosts,
  COLLECT { MATCH (s)-[e:ENROLLED_AT]->(o) RETURN {school: o.id, from: e.holdsFrom, until: e.holdsUntil} } AS enrolled,
  COLLECT { MATCH (s)-[:ENROLLED_AT]->(o)-[:PART_OF]->{0,3}(u:University) RETURN DISTINCT {school: o.id, kind: u.kind} } AS kinds,
  COLLECT { MATCH (s)-[x:STUDIES]->(d) RETURN {discipline: d.id, from: x.holdsFrom, until: x.holdsUntil} } AS studies,
  COLLECT {
    MATCH (b)-[o:OFFERS]->(d) WHERE o.holdsUntil > $p.since
    RETURN {discipline: d.id, places: o.places, from: o.holdsFrom, until: o.holdsUntil}
  } AS offers,
  COLLECT {
    MATCH (s)-[:ENROLLED_AT]->(o), (b)-[v:SERVES]->(t), w = (o)-[:PART_OF]->{0,3}(t) WHERE v.holdsUntil > $p.since
    RETURN {school: o.id, from: reduce(x = v.holdsFrom, r IN relationships(w) | CASE WHEN r.holdsFrom > x THEN r.holdsFrom ELSE x END),
      until: reduce(x = v.holdsUntil, r IN relationships(w) | CASE WHEN r.holdsUntil < x THEN r.holdsUntil ELSE x END)} AS of
    UNION
    MATCH (s)-[:ENROLLED_AT]->(o), (b)-[v:SERVES]->(t:Alliance),
      w = (o)-[:PART_OF]->{0,3}(:Organization)-[:MEMBER_OF]->(:Alliance)-[:PART_OF]->{0,5}(t) WHERE v.holdsUntil > $p.since
    RETURN {school: o.id, from: reduce(x = v.holdsFrom, r IN relationships(w) | CASE WHEN r.holdsFrom > x THEN r.holdsFrom ELSE x END),
      until: reduce(x = v.holdsUntil, r IN relationships(w) | CASE WHEN r.holdsUntil < x THEN r.holdsUntil ELSE x END)} AS of
  } AS serves,
  COLLECT {
    MATCH (b)<-[a:AT]-(p:Placement)
      WHERE a.holdsUntil > $p.since AND p.holdsUntil > $p.since AND coalesce(p.status, '') <> 'CANCELLED'
    RETURN {
      id: p.id,
      from: CASE WHEN a.holdsFrom > p.holdsFrom THEN a.holdsFrom ELSE p.holdsFrom END,
      until: CASE WHEN a.holdsUntil < p.holdsUntil THEN a.holdsUntil ELSE p.holdsUntil END,
      post: head(COLLECT { MATCH (r:PlacementRecord {placement: p.id}) RETURN r.post }),
      ofStudent: EXISTS { MATCH (p)<-[:HAS_PLACEMENT]-(s) },
      studies: COLLECT {
        MATCH (p)<-[h:HAS_PLACEMENT]-(:Student)-[x:STUDIES]->(d)
        RETURN {
          discipline: d.id,
          from: CASE WHEN h.holdsFrom > x.holdsFrom THEN h.holdsFrom ELSE x.holdsFrom END,
          until: CASE WHEN h.holdsUntil < x.holdsUntil THEN h.holdsUntil ELSE x.holdsUntil END
        }
      }
    }
  } AS taken
