// Writes things of one type, new ones and changed ones.
// $rows: [{id, properties}]
// LABELS stands for the labels, which can't be a parameter.
UNWIND $rows AS row
MERGE (n:Node {id: row.id})
ON CREATE SET n.createdAt = $now, n.version = 0
WITH n, row, n.createdAt AS createdAt, n.version + 1 AS version
SET n:LABELS, n = row.properties
SET n.createdAt = createdAt, n.updatedAt = $now, n.version = version
