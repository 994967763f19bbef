// Writes relationships of one type, new ones and changed ones.
// $rows: [{id, from, to, properties}]
// TYPE stands for the type, which can't be a parameter.
UNWIND $rows AS row
MATCH (a:Node {id: row.from})
MATCH (b:Node {id: row.to})
MERGE (a)-[r:TYPE {id: row.id}]->(b)
SET r = row.properties
