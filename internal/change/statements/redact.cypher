// Puts in place what entries of the audit keep from now on.
// $p.rows: id, reason, before, after
UNWIND $p.rows AS row
MATCH (a:Audit {id: row.id})
SET a += row
