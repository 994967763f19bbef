// The relationships of things, of some types or of all.
// $p.ids: the things; $p.types: the types; all when empty
UNWIND $p.ids AS id
MATCH (n:Node {id: id})-[r]-(:Node)
WHERE size($p.types) = 0 OR type(r) IN $p.types
WITH DISTINCT r
RETURN elementId(r) AS element, type(r) AS type, startNode(r).id AS from, endNode(r).id AS to, properties(r) AS properties
ORDER BY r.id
