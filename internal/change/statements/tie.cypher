// One relationship between two things.
// $p.id: its id; $p.from, $p.to: the ids of its ends
MATCH (a:Node {id: $p.from})-[r]->(b:Node {id: $p.to})
WHERE r.id = $p.id
RETURN elementId(r) AS element, type(r) AS type, a.id AS from, b.id AS to, properties(r) AS properties
