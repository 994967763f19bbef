// The relationships of things that state no beginning, so that they count from their ends. The lock comes first: of two
// changes of both ends, the later one then sees the other's.
// $p.ids: the things
MATCH (n:Node)-[r]-(:Node)
WHERE n.id IN $p.ids AND r.since IS NULL
SET r.locked = true
REMOVE r.locked
WITH DISTINCT r
RETURN elementId(r) AS element, type(r) AS type, startNode(r).id AS from, endNode(r).id AS to, properties(r) AS properties,
  startNode(r).holdsFrom AS fromBegins, endNode(r).holdsFrom AS toBegins
