// The bases that may be the one that is registered: those of the same host, and those with names alike.
// $p.id of the base itself, $p.host, $p.lucene and $p.lucene2 the words of its names
CALL () {
  MATCH (:Node {id: $p.host})-[:HOSTS]->(b:PracticeBase)
  RETURN b
  UNION
  UNWIND [x IN [$p.lucene, $p.lucene2] WHERE x <> ''] AS words
  CALL db.index.fulltext.queryNodes('names', words, {limit: 50}) YIELD node AS b
  WITH b WHERE b:PracticeBase
  RETURN b
}
WITH b WHERE b.id <> $p.id AND NOT coalesce(b.status, 'ACTIVE') IN ['REJECTED', 'MERGED', 'TERMINATED']
OPTIONAL MATCH (r:Registration {base: b.id})
RETURN b.id AS id, [x IN [b.name, b.nameZh] + coalesce(b.aliases, []) WHERE x IS NOT NULL] AS names, r.address AS address,
  head(COLLECT { MATCH (b)<-[h:HOSTS]-(o) RETURN o.id ORDER BY h.holdsFrom DESC LIMIT 1 }) AS host
