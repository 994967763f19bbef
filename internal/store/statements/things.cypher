// All things as they are stored.
// Gives a list of [labels, properties].
RETURN COLLECT {
  MATCH (n:Node) WITH n ORDER BY n.id
  RETURN [labels(n), properties(n)]
} AS answer
