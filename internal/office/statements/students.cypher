// The organisations and disciplines that students are tied to.
// $p.ids
UNWIND $p.ids AS id
MATCH (:Node {id: id})-[:ENROLLED_AT|STUDIES]->(o)
RETURN DISTINCT o.id AS id
