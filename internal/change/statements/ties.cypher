// The relationships of a thing, of some types or of all.
// $p.id: the thing; $p.types: the types; all when empty
MATCH (n:Node {id: $p.id})-[r]-(:Node)
WHERE size($p.types) = 0 OR type(r) IN $p.types
WITH DISTINCT r
RETURN elementId(r) AS element, type(r) AS type, startNode(r).id AS from, endNode(r).id AS to, properties(r) AS properties
ORDER BY r.id
