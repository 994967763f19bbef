// Who is placed by a placement, and where.
// $p.id
MATCH (s:Student)-[:HAS_PLACEMENT]->(p:Node {id: $p.id})-[:AT]->(b:PracticeBase)
OPTIONAL MATCH (r:PlacementRecord {placement: p.id})
RETURN s.id AS student, b.id AS base, properties(p) AS placement, properties(r) AS record
