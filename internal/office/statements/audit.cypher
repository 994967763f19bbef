// What was done, the last first. Which entries these are says what stands for THESE.
// $p.seq and $p.id: only what was done before this one; $p.by: only by this one, null for anybody; $p.since and $p.before: only
// in this time; $p.most; $p.all: for who may know all; $p.keys: of the viewer
// Gives which of the things in an entry the viewer knew when it was done, too.
CALL () { THESE }
RETURN a {.*} AS entry, COLLECT {
  UNWIND a.of AS of
  MATCH (o:AuditOf {of: of, seq: a.seq})
  WHERE o.audit = a.id AND any(k IN o.keys WHERE k IN $p.keys)
  RETURN of
} AS known
ORDER BY a.seq DESC, a.id DESC
