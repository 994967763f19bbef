// Writes relationships of one type, none of which is there.
// $rows: lists of values, first the ids at the start and at the end
// TYPE stands for the type, PROPERTIES for the properties that a row holds, which can't be parameters.
UNWIND $rows AS row
MATCH (a:Node {id: row[0]})
MATCH (b:Node {id: row[1]})
CREATE (a)-[:TYPE {PROPERTIES}]->(b)
