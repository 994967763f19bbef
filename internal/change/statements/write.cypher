// Writes what a change makes of things, relationships and records; and then asks whom it concerns.
// $p: see write.go, and those of hear.cypher
CALL () { UNWIND $p.newThings AS row CREATE (n:$(row.labels)) SET n = row.properties }
CALL () { UNWIND $p.changedThings AS row MATCH (n:Node {id: row.id}) SET n += row.properties }
CALL () { UNWIND $p.newTies AS row MATCH (a:Node {id: row.from}) MATCH (b:Node {id: row.to}) CREATE (a)-[r:$(row.type)]->(b) SET r = row.properties }
CALL () { UNWIND $p.changedTies AS row MATCH ()-[r]->() WHERE elementId(r) = row.element SET r += row.properties }
CALL () { UNWIND $p.removedTies AS row MATCH ()-[r]->() WHERE elementId(r) = row.element DELETE r }
CALL () { UNWIND $p.deletedThings AS row MATCH (n:Node {id: row.id}) DETACH DELETE n CREATE (:Tombstone {id: row.id, at: $p.now}) }
CALL () { UNWIND $p.newRecords AS row CREATE (r:$(row.kind)) SET r = row.properties }
CALL () { UNWIND $p.changedRecords AS row MATCH (r) WHERE elementId(r) = row.element SET r += row.properties }
CALL () { UNWIND $p.deletedRecords AS row MATCH (r) WHERE elementId(r) = row.element DETACH DELETE r }
HEAR
