// What the network knows of things that a registration names: the country where each is, and the kinds of the
// universities behind it.
// $p.ids
UNWIND $p.ids AS id
MATCH (n:Node {id: id})
RETURN n.id AS id,
  head(COLLECT {
    MATCH (n)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..5]->(c:Place {kind: 'COUNTRY'})
    RETURN c.isoCode LIMIT 1
  }) AS country,
  COLLECT {
    MATCH (n)-[:PART_OF*0..3]->(u:University)
    RETURN DISTINCT u.kind AS kind
    UNION
    MATCH (n:Alliance)<-[:PART_OF*0..5]-(:Alliance)<-[:MEMBER_OF]-(u:University)
    RETURN DISTINCT u.kind AS kind
  } AS kinds
