// Those of some ids that are a thing's, or were.
// $p.ids: the ids
UNWIND $p.ids AS id
WITH id WHERE EXISTS { MATCH (:Node {id: id}) } OR EXISTS { MATCH (:Tombstone {id: id}) }
RETURN id
