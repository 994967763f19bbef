// Works out again from when on the relationships of some things hold that state no beginning: files may know another
// beginning of one end than the network does.
// $ids: the things
UNWIND $ids AS id
MATCH (:Node {id: id})-[r]-(:Node)
WHERE r.since IS NULL
WITH DISTINCT r, startNode(r).holdsFrom AS from, endNode(r).holdsFrom AS to
SET r.holdsFrom = CASE WHEN from > to THEN from ELSE to END
