// Locks things in the order in which they are given, and reads them; a write takes the lock, and what is read after it
// stays so.
// $p.lock: ids of things to lock; $p.read: ids of things to read only
// Gives a row for each that is there.
CALL () {
  UNWIND $p.lock AS id
  MATCH (n:Node {id: id})
  SET n.locked = true
  REMOVE n.locked
  RETURN n
  UNION ALL
  UNWIND $p.read AS id
  MATCH (n:Node {id: id})
  RETURN n
}
RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties
