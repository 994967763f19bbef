// Writes a change as a whole: things, relationships and records, who changed what, what followers are told, and the
// answer that is given again for the same key. The counter comes last and stays locked until the commit, so that what
// followers are told is numbered in the order of the commits.
// Concerned that day are the organisations that host, are served, are bound, run, issue, employ or enrol; what they are parts
// of; and the alliances of all these.
// $p: see write.go
CALL () { UNWIND $p.newThings AS row CREATE (n:$(row.labels)) SET n = row.properties }
CALL () { UNWIND $p.changedThings AS row MATCH (n:Node {id: row.id}) SET n += row.properties }
CALL () { UNWIND $p.newTies AS row MATCH (a:Node {id: row.from}) MATCH (b:Node {id: row.to}) CREATE (a)-[r:$(row.type)]->(b) SET r = row.properties }
CALL () { UNWIND $p.changedTies AS row MATCH ()-[r]->() WHERE elementId(r) = row.element SET r += row.properties }
CALL () { UNWIND $p.removedTies AS row MATCH ()-[r]->() WHERE elementId(r) = row.element DELETE r }
CALL () { UNWIND $p.deletedThings AS row MATCH (n:Node {id: row.id}) DETACH DELETE n CREATE (:Tombstone {id: row.id, at: $p.now}) }
CALL () { UNWIND $p.newRecords AS row CREATE (r:$(row.kind)) SET r = row.properties }
CALL () { UNWIND $p.changedRecords AS row MATCH (r) WHERE elementId(r) = row.element SET r += row.properties }
CALL () { UNWIND $p.deletedRecords AS row MATCH (r) WHERE elementId(r) = row.element DETACH DELETE r }
CALL () { MATCH (k:IdempotencyKey {key: $p.claim.key}) SET k += $p.claim }
CALL () {
  UNWIND $p.feed AS row
  CALL (row) {
    UNWIND row.about AS id
    MATCH (n:Node {id: id})
    CALL (n) {
      RETURN n AS o
      UNION MATCH (n)<-[r:HOSTS|PARTY_TO|RUNS|ESTABLISHED|ISSUED]-(o) WHERE r.holdsFrom <= $p.today < r.holdsUntil RETURN o
      UNION MATCH (n)-[r:SERVES|ENROLLED_AT|HOLDS_OFFICE]->(o) WHERE r.holdsFrom <= $p.today < r.holdsUntil RETURN o
      UNION MATCH (n)-[:AT]->(:PracticeBase)<-[r:HOSTS]-(o) WHERE r.holdsFrom <= $p.today < r.holdsUntil RETURN o
      UNION MATCH (n)<-[:HAS_PLACEMENT]-(:Student)-[r:ENROLLED_AT]->(o) WHERE r.holdsFrom <= $p.today < r.holdsUntil RETURN o
    }
    WITH DISTINCT o WHERE o:Organization
    MATCH (o)-[up:PART_OF]->{0,3}(whole:Organization)
    WHERE all(r IN up WHERE r.holdsFrom <= $p.today < r.holdsUntil)
    WITH DISTINCT whole
    CALL (whole) {
      RETURN whole AS concerned
      UNION MATCH (whole)-[m:MEMBER_OF]->(:Alliance)-[up:PART_OF]->{0,5}(concerned:Alliance)
      WHERE all(r IN [m] + up WHERE r.holdsFrom <= $p.today < r.holdsUntil) RETURN concerned
    }
    RETURN collect(DISTINCT concerned.id) AS concerns
  }
  RETURN collect(row {.*, concerns: concerns, about: null}) AS entries
}
MERGE (c:Counter {name: 'feed'})
SET c.locked = true
REMOVE c.locked
WITH c, entries
SET c.seq = coalesce(c.seq, 0) + size(entries)
WITH c.seq AS last, entries
CALL (last, entries) { UNWIND range(1, size(entries)) AS i CREATE (f:FeedEntry) SET f = entries[i - 1], f.seq = last - size(entries) + i }
CALL (last) { UNWIND $p.audits AS row CREATE (a:Audit) SET a = row, a.seq = last }
CALL (last) { UNWIND $p.audits AS row UNWIND row.of AS id CREATE (:AuditOf {of: id, seq: last, audit: row.id}) }
CALL () { MATCH (k:IdempotencyKey) WHERE k.at < $p.forgotten WITH k LIMIT 20 DELETE k }
RETURN last
