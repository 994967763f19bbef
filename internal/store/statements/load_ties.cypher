// Writes relationships of one type, none of which is there.
// $rows: [from, to, properties]
// TYPE stands for the type, which can't be a parameter.
UNWIND $rows AS row
MATCH (a:Node {id: row[0]})
MATCH (b:Node {id: row[1]})
CREATE (a)-[r:TYPE]->(b)
SET r = row[2]
