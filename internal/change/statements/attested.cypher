// The relationships that cite some sources. No index knows them; sources seldom change.
// $p.ids: the sources
MATCH (:Node)-[r]->(:Node)
WHERE any(id IN r.sources WHERE id IN $p.ids)
SET r.locked = true
REMOVE r.locked
WITH DISTINCT r
RETURN elementId(r) AS element, type(r) AS type, startNode(r).id AS from, endNode(r).id AS to, properties(r) AS properties,
  startNode(r).holdsFrom AS fromBegins, endNode(r).holdsFrom AS toBegins
