// All things and relationships as they are stored, as of one moment.
// Gives two lists: of [labels, properties], and of [type, id at the start, id at the end, properties].
RETURN [COLLECT {
  MATCH (n:Node) WITH n ORDER BY n.id
  RETURN [labels(n), properties(n)]
}, COLLECT {
  MATCH (a:Node)-[r]->(b:Node) WITH a, r, b ORDER BY r.id
  RETURN [type(r), a.id, b.id, properties(r)]
}] AS answer
