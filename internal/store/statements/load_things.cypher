// Writes things of one type, none of which is there.
// $rows: properties
// LABELS stands for the labels, which can't be a parameter.
UNWIND $rows AS row
CREATE (n:LABELS)
SET n = row
SET n.createdAt = $now, n.updatedAt = $now, n.version = 1
