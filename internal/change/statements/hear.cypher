// Whom things concern, and who may know of them, as the keys by which viewers are let in. SHOWN and KNOWN stand for the rules
// of package access. Concerned that day are the organisations that host, are served, are bound, run, issue, employ or enrol;
// what they are parts of; and the alliances of all these.
// $p.ids of things; $p.today
UNWIND $p.ids AS id
MATCH (n:Node {id: id})
CALL (n) {
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
CALL (n) { SHOWN }
WITH id, n, concerns, keys AS shown
CALL (n) { KNOWN }
RETURN id, concerns, shown, keys AS known
