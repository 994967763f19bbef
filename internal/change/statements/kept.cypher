// What the audit keeps of some elements.
// $p.of: their ids
UNWIND $p.of AS of
MATCH (o:AuditOf {of: of})
WITH DISTINCT o.audit AS id
MATCH (a:Audit {id: id})
RETURN a.id AS id, a.reason AS reason, a.before AS before, a.after AS after
