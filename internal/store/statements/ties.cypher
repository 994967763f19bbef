// All relationships as they are stored.
// Gives a list of [type, id at the start, id at the end, properties].
RETURN COLLECT {
  MATCH (a:Node)-[r]->(b:Node) WITH a, r, b ORDER BY r.id
  RETURN [type(r), a.id, b.id, properties(r)]
} AS answer
