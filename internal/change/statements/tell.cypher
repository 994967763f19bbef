// Writes what a change leaves beside the network: who changed what, what followers are told, and the answer that is given
// again for the same key. The counter stays locked until the commit, so that what followers are told is numbered in the
// order of the commits.
// $p: see tell.go
MATCH (k:IdempotencyKey {key: $p.claim.key})
SET k += $p.claim
MERGE (c:Counter {name: 'feed'})
SET c.locked = true
REMOVE c.locked
WITH c
SET c.seq = coalesce(c.seq, 0) + size($p.feed)
WITH c.seq AS last
CALL (last) { UNWIND range(1, size($p.feed)) AS i CREATE (f:FeedEntry) SET f = $p.feed[i - 1], f.seq = last - size($p.feed) + i }
CALL (last) { UNWIND $p.audits AS row CREATE (a:Audit) SET a = row, a.seq = last }
CALL (last) { UNWIND $p.audits AS row UNWIND $p.of AS of CREATE (o:AuditOf) SET o = of, o.seq = last, o.audit = row.id }
CALL (last) { UNWIND $p.audits AS row UNWIND row.keys AS key CREATE (:AuditFor {key: key, seq: last, audit: row.id}) }
CALL () { MATCH (k:IdempotencyKey) WHERE k.at < $p.forgotten WITH k LIMIT 20 DELETE k }
RETURN last
