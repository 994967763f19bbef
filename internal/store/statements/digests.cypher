// The digest of every thing and relationship, by id.
// $apart: leaves out synthetic things whose ids have this in them, and the relationships that lead from them; no thing
//   when empty
// Gives a list of [id, digest].
RETURN COLLECT {
  MATCH (n:Node) WHERE $apart = '' OR NOT (n.synthetic AND n.id CONTAINS $apart)
  RETURN [n.id, n.digest]
} + COLLECT {
  MATCH (n:Node) WHERE $apart = '' OR NOT (n.synthetic AND n.id CONTAINS $apart)
  MATCH (n)-[r]->() RETURN [r.id, r.digest]
} AS answer
