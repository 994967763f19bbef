// A record that is no thing of the network, locked.
// $p.key: its key
// KIND stands for its label, KEY for the property that holds its key; neither can be a parameter.
MATCH (r:KIND {KEY: $p.key})
SET r.locked = true
REMOVE r.locked
RETURN elementId(r) AS element, properties(r) AS properties
