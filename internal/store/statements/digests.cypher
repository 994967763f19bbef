// The digest of every thing and relationship, by id.
// Gives a list of [id, digest].
RETURN COLLECT {
  MATCH (n:Node) RETURN [n.id, n.digest]
} + COLLECT {
  MATCH (:Node)-[r]->() RETURN [r.id, r.digest]
} AS answer
