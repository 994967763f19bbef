// The placements of a student, with the names of their bases.
// $p.student
MATCH (:Node {id: $p.student})-[:HAS_PLACEMENT]->(p:Placement)
RETURN p.id AS id, head(COLLECT { MATCH (p)-[:AT]->(b) RETURN [b.name, coalesce(b.nameZh, '')] }) AS base
