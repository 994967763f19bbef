// Forgets who changed what before a time, some at a time.
// $p.before; $p.most
// Gives how many entries are forgotten.
MATCH (a:Audit) WHERE a.at < $p.before
WITH a LIMIT toInteger($p.most)
CALL (a) { UNWIND a.of AS of MATCH (o:AuditOf {of: of, seq: a.seq}) WHERE o.audit = a.id DELETE o }
CALL (a) { UNWIND a.keys AS key MATCH (f:AuditFor {key: key, seq: a.seq, audit: a.id}) DELETE f }
DELETE a
RETURN count(*) AS forgotten
